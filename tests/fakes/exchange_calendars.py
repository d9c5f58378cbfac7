"""Calendar addresses, and what feeds tell of, in memory."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chassis.kernel.documents import Loaded
from services.exchange.application.ports.calendar_feeds import FeedLine
from services.exchange.application.ports.calendar_files import OF_AGREEMENT, OF_DEPARTMENT, OF_PERSON, Revision
from services.exchange.domain.calendar_address import CalendarAddress
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation
from services.exchange.domain.visit import ENTERED_IN_ERROR, Visit
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeCalendarAddresses(InMemoryDocuments[CalendarAddress]):
    """`CalendarAddresses` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "calendar-address", lambda address: address.state)

    def with_secret(self, secret: str) -> CalendarAddress | None:
        return next((each.state for each in self.kept.values() if each.state.secret == secret), None)

    def page(self, owner: str | None, *, after: str | None, limit: int) -> list[Loaded[CalendarAddress]]:
        found = [self.load(each) for each in sorted(self.kept) if after is None or each > after]
        return [each for each in found if owner in (None, each.state.owner)][:limit]

    def open_of(self, owner: str) -> int:
        return sum(each.state.owner == owner and not each.state.revoked_at for each in self.kept.values())


class FakeFeedLines:
    """`FeedLines` in memory."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def lines(self, kind: str, subject: str, since: datetime, limit: int) -> list[FeedLine]:
        visits = [
            _of_visit(kept.version, kept.state)
            for kept in self._newest("visit")
            if subject in _whose_visit(kind, kept.state)
            and kept.state.state != ENTERED_IN_ERROR
            and kept.state.planned_departure >= since.date()
        ]
        consultations = [
            _of_consultation(kept.version, kept.state, names=kind == OF_PERSON)
            for kept in self._newest("consultation")
            if subject in _whose(kind, kept.state)
            and kept.state.state not in (WAITLIST, ENTERED_IN_ERROR)
            and max(session.ends for session in kept.state.sessions) >= since
        ]
        return [*visits[:limit], *consultations[:limit]]

    def revisions(self, people: Iterable[str], sites: Iterable[str]) -> list[Revision]:
        wanted = (("person", people), ("site", sites))
        return [
            Revision(each, self._memory.shelf(kind)[each].version)
            for kind, ids in wanted
            for each in sorted(ids)
            if each in self._memory.shelf(kind)
        ]

    def _newest(self, kind: str) -> list[Any]:
        return [kept for _, kept in sorted(self._memory.shelf(kind).items(), reverse=True)]


def _whose_visit(kind: str, visit: Visit) -> set[str]:
    if kind == OF_PERSON:
        return {each.person for each in visit.visitors}
    if kind == OF_DEPARTMENT:
        return {visit.host_department}
    return {visit.agreement} if kind == OF_AGREEMENT else {visit.sending_site, visit.host_site}


def _whose(kind: str, consultation: Consultation) -> set[str]:
    if kind == OF_PERSON:
        return set(consultation.needs)
    if kind == OF_DEPARTMENT:
        return set()
    return {consultation.agreement} if kind == OF_AGREEMENT else set(consultation.sites)


def _of_visit(version: int, visit: Visit) -> FeedLine:
    people = frozenset(each.person for each in visit.visitors)
    return FeedLine(visit.id, version, people, frozenset({visit.sending_site, visit.host_site}))


def _of_consultation(version: int, of: Consultation, *, names: bool) -> FeedLine:
    people = {of.organiser, *(who for each in of.participants for who in (each.person, *each.deputies))}
    return FeedLine(of.id, version, frozenset(people if names else ()), frozenset(of.sites))
