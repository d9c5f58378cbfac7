"""The event of the contracts that carries calendar files to the people they are for.

One file serves all who read it alike: those whose zone is a site's. Who is elsewhere has a line of their own in it, and
so a file of their own; so has everybody whom the file names alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from contracts.envelope import LARGEST_EVENT
from contracts.exchange.invitations import ConsultationInvited
from services.exchange.adapters.consultation_facts import facts_of
from services.exchange.adapters.directory_facts import site_fact
from services.exchange.application.ports.calendar_files import Directory, Invitations
from services.exchange.application.ports.directory import People
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import every_site_of, everybody_in, sites_at, took_place_with
from services.exchange.domain.consultations.inviting import (
    CANCEL_SESSION,
    DECLINE_COUNTER,
    KEEP,
    REMOVE,
    REQUEST,
    Invitation,
    invitations,
)
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site

METHODS = {REQUEST: "REQUEST", KEEP: "REQUEST", DECLINE_COUNTER: "DECLINECOUNTER"}
"""Of the other kinds it is CANCEL."""
OFTEN = "en"
"""The language that is always there."""
MOST_BYTES = LARGEST_EVENT // 2
"""Of all the files of an event. In JSON each line's end is four signs instead of two, and the event has a head."""


@dataclass(frozen=True)
class _Sending:
    """One invitation as it is to be written. `at`: when."""

    invitation: Invitation
    among: Directory
    at: datetime

    @property
    def of(self) -> Consultation:
        return self.invitation.consultation


class Inviting:
    """Makes of what was decided what is to be sent; it asks for people only where something is."""

    def __init__(
        self, files: Callable[[], Invitations], people: People, reply_address: str, now: Callable[[], datetime]
    ) -> None:
        self._open_files, self._people, self._reply_address, self._now = files, people, reply_address, now

    @cached_property
    def _files(self) -> Invitations:
        # Not before one is sent: what writes them takes a sixth of a second to be there.
        return self._open_files()

    def invited(
        self, decided: Iterable[object], sites: Callable[[Sequence[str]], Mapping[str, Site]]
    ) -> list[ConsultationInvited]:
        """The events that a decision's own events bring with them. `sites`: those of these ids, known or read."""
        return [event for invitation in invitations(decided) for event in self._events(invitation, sites)]

    def _events(
        self, invitation: Invitation, sites: Callable[[Sequence[str]], Mapping[str, Site]]
    ) -> Iterator[ConsultationInvited]:
        places = every_site_of(invitation.consultation)
        known = sites(places)
        among = Directory(self._people.named(_named(invitation)), {each: known[each] for each in places})
        sending = _Sending(invitation, among, self._now())
        for readers in _alike(sending):
            yield self._event(sending, readers)

    def _event(self, sending: _Sending, readers: Sequence[Person]) -> ConsultationInvited:
        of, sent = sending.of, sending.invitation
        session = _spoken_of(sent)
        return ConsultationInvited.model_validate(
            facts_of(of)
            | {
                "sites": [site_fact(sending.among.sites[each]) for each in of.sites],
                "method": METHODS.get(sent.kind, "CANCEL"),
                "audience": sent.audience,
                "slot": sent.slot,
                "called_off": sent.called_off,
                "begins": session.begins,
                "reason": sent.reason,
                "reply_to": self._reply_address,
                "recipients": [reader.id for reader in readers],
                "calendars": self._calendars(sending, readers),
            }
        )

    def _calendars(self, sending: _Sending, readers: Sequence[Person]) -> dict[str, str]:
        """By language; briefly where it would be too much otherwise: what was decided has to be told."""
        languages = sorted({OFTEN, *(reader.language for reader in readers)})
        of_each = [replace(readers[0], language=language) for language in languages]
        files = [self._file(sending, to) for to in of_each]
        if sum(map(len, files)) > MOST_BYTES:
            files = [self._file(sending, to, briefly=True) for to in of_each]
        return {language: file.decode() for language, file in zip(languages, files, strict=True)}

    def _file(self, sending: _Sending, to: Person, *, briefly: bool = False) -> bytes:
        of, asked, among, at = sending.of, sending.invitation, sending.among, sending.at
        if asked.kind == REQUEST:
            return self._files.request(of, to, among, at, briefly=briefly)
        if asked.kind == KEEP:
            return self._files.request(took_place_with(of, to.id) or of, to, among, at, briefly=briefly)
        if asked.kind == CANCEL_SESSION and asked.slot:
            return self._files.cancel_session(of, asked.slot, to, among, at, asked.reason)
        if asked.kind == REMOVE:
            return self._files.remove(of, to, among, at, asked.reason)
        if asked.kind == DECLINE_COUNTER:
            return self._files.decline_counter(of, asked.slot, to, among, at, asked.reason)
        return self._files.cancel(of, to, among, at, asked.reason)


def _spoken_of(invitation: Invitation) -> Session:
    """The session that it is about, the first that is called off, else the first that is still to come."""
    of = invitation.consultation
    slots = (*((invitation.slot,) if invitation.slot else ()), *invitation.called_off)
    return of.session(slots[0]) if slots else (of.planned or of.sessions)[0]


def _named(invitation: Invitation) -> list[str]:
    """Everybody whom a file may have to name, and whom it is for."""
    return list(dict.fromkeys((*everybody_in(invitation.consultation), *invitation.people)))


def _alike(sending: _Sending) -> list[list[Person]]:
    """Who is served by the same files."""
    kind, among = sending.invitation.kind, sending.among
    readers = [among.people[person] for person in sending.invitation.people if person in among.people]
    zones = _zones_of_all(sending)
    # Only an invitation tells the time at each end, and only these three are about their reader.
    apart = [
        reader for reader in readers
        if kind in (REMOVE, KEEP, DECLINE_COUNTER) or (kind == REQUEST and reader.zone not in zones)
    ]  # fmt: skip
    together = [reader for reader in readers if reader not in apart]
    return [*([together] if together else []), *([reader] for reader in apart)]


def _zones_of_all(sending: _Sending) -> set[str]:
    """In which a site is whose people meet in every session: elsewhere somebody has a line of their own in one."""
    of = sending.of
    met = (sites_at(session, of.sites) for session in of.sessions)
    return set.intersection(*({sending.among.sites[site].zone for site in sites} for sites in (of.sites, *met)))
