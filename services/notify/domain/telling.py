"""Who is told what: one table, from the kind of event to the people in its data.

A person is told of an event once: the first line of the table that names them says for which purpose. Nobody is told
what they did themselves (the event's `by`), but visitors of what changes their own days: the mail brings the entry for
their calendar. The purpose names the template.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from services.notify.domain.lines import Facts, Line, Whom
from services.notify.domain.roles import COORDINATOR, HOST_COORDINATOR, PROPOSER, SENDING_COORDINATOR, VISITOR
from services.notify.domain.telling_consultations import CONSULTATIONS, people_of_consultation
from services.notify.domain.telling_research import RESEARCH
from services.notify.domain.telling_tracks import TRACKS, people_of_steps
from services.notify.domain.telling_webhooks import WEBHOOKS


@dataclass(frozen=True)
class Telling:
    """One person to be told, for which purpose, and because they are what."""

    recipient: str
    purpose: str
    because: str


def _visitors(facts: Facts) -> Iterable[str]:
    return facts["visitors"]  # type: ignore[no-any-return] # JSON


def _who_withdrew(facts: Facts) -> Iterable[str]:
    return (facts["person"],)


def _proposer(facts: Facts) -> Iterable[str]:
    return (facts["proposer"],)


def _proposer_while_open(facts: Facts) -> Iterable[str]:
    # A reply that books or cancels the visit is followed by an event of its own: one message is enough.
    return _proposer(facts) if facts["state"] in ("proposed", "pending") else ()


def _unless_it_books(whom: Whom) -> Whom:
    """A move that books the visit is followed by an event of its own: one message is enough."""

    def others(facts: Facts) -> Iterable[str]:
        books = facts["state"] == "booked" and facts.get("previous_state") not in (None, "booked")
        return () if books else whom(facts)

    return others


def _host_coordinators(facts: Facts) -> Iterable[str]:
    return facts["host_site"]["coordinators"]  # type: ignore[no-any-return] # JSON


def _sending_coordinators(facts: Facts) -> Iterable[str]:
    return facts["sending_site"]["coordinators"]  # type: ignore[no-any-return] # JSON


def _sending_coordinators_but_the_proposer(facts: Facts) -> Iterable[str]:
    return (person for person in _sending_coordinators(facts) if person != facts["proposer"])


def _coordinators_of_partners(facts: Facts) -> Iterable[str]:
    return (person for partner in facts["partners"] for person in partner["coordinators"])


def _about_the_visit(purpose: str) -> tuple[Line, ...]:
    return (
        Line(purpose, HOST_COORDINATOR, _host_coordinators),
        Line(purpose, SENDING_COORDINATOR, _sending_coordinators),
        Line(purpose, PROPOSER, _proposer),
    )


TABLE: Mapping[str, tuple[Line, ...]] = {
    "exchange.agreement.took-effect.v1": (Line("agreement-in-effect", COORDINATOR, _coordinators_of_partners),),
    "exchange.visit.proposed.v1": (
        Line("reply-asked", HOST_COORDINATOR, _host_coordinators),
        Line("visit-proposed-for-you", VISITOR, _visitors),
        Line("visit-proposed", SENDING_COORDINATOR, _sending_coordinators_but_the_proposer),
    ),
    "exchange.visit.replied.v1": (Line("reply-received", PROPOSER, _proposer_while_open),),
    "exchange.visit.booked.v1": (
        Line("visit-booked-for-you", VISITOR, _visitors),
        *_about_the_visit("visit-booked"),
    ),
    "exchange.visit.rescheduled.v1": tuple(
        replace(line, whom=_unless_it_books(line.whom))
        for line in (
            Line("visit-rescheduled-for-you", VISITOR, _visitors, own_deeds=True),
            *_about_the_visit("visit-rescheduled"),
        )
    ),
    "exchange.visit.extended.v1": (
        Line("visit-extended-for-you", VISITOR, _visitors, own_deeds=True),
        *_about_the_visit("visit-extended"),
    ),
    "exchange.visit.visitor-withdrew.v1": (Line("visit-withdrawn-for-you", VISITOR, _who_withdrew, own_deeds=True),),
    "exchange.visit.arrived.v1": (
        Line("visit-arrived", SENDING_COORDINATOR, _sending_coordinators),
        Line("visit-arrived", PROPOSER, _proposer),
    ),
    "exchange.visit.fulfilled.v1": (
        Line("visit-fulfilled-for-you", VISITOR, _visitors),
        *_about_the_visit("visit-fulfilled"),
    ),
    "exchange.visit.cancelled.v1": (
        Line("visit-cancelled-for-you", VISITOR, _visitors, own_deeds=True),
        *_about_the_visit("visit-cancelled"),
    ),
    **TRACKS,
    **CONSULTATIONS,
    **RESEARCH,
    **WEBHOOKS,
}

PURPOSES = tuple(dict.fromkeys(line.purpose for lines in TABLE.values() for line in lines))
"""Every purpose, in the order of the table: each has a template."""


def told(event_type: str, facts: Facts) -> Iterator[Telling]:
    """The people whom an event is told to, each once. An event that the table does not know is told to nobody."""
    by, passed_over = facts.get("by"), set[str]()
    for line in TABLE.get(event_type, ()):
        for person in line.whom(facts):
            if person not in passed_over and (line.own_deeds or person != by):
                passed_over.add(person)
                yield Telling(person, line.purpose, line.because)


_NAMED = ("proposer", "leader", "by", "person", "responsible", "deferred_by", "confirmed_by")


def people_in(facts: Facts) -> frozenset[str]:
    """Everybody whose name a message about these facts may want to say."""
    alone = {facts.get(role) for role in _NAMED}
    asked = facts.get("unanswered", {}).get("asked", ())
    named = (*alone, *asked, *facts.get("visitors", ()), *people_of_steps(facts), *people_of_consultation(facts))
    return frozenset(person for person in named if person)
