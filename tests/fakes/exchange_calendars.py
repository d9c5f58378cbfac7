"""Calendar addresses, and what feeds tell of, in memory."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from chassis.kernel.documents import Loaded
from services.exchange.application.ports.calendar_feeds import Change
from services.exchange.application.ports.calendar_files import (
    OF_AGREEMENT,
    OF_DEPARTMENT,
    OF_PERSON,
    OF_SITE,
    Revision,
)
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

    def visits(self, kind: str, subject: str, since: date, limit: int) -> list[Revision]:  # noqa: ARG002
        found = [kept for kept in self._newest("visit") if subject in _whose_visit(kind, kept.state)]
        return [Revision(each.state.id, each.version) for each in found[:limit] if each.state.state != ENTERED_IN_ERROR]

    def consultations(self, kind: str, subject: str, limit: int) -> list[Revision]:
        found = [kept for kept in self._newest("consultation") if subject in _whose(kind, kept.state)]
        told = [kept for kept in found[:limit] if kept.state.state not in (WAITLIST, ENTERED_IN_ERROR)]
        return [Revision(kept.state.id, kept.version) for kept in told]

    def named(self, people: Iterable[str], sites: Iterable[str]) -> list[Revision]:
        wanted = (("person", people), ("site", sites))
        return [
            Revision(each, self._memory.shelf(kind)[each].version)
            for kind, ids in wanted
            for each in sorted(ids)
            if each in self._memory.shelf(kind)
        ]

    def changed(self, since: datetime, limit: int) -> list[Change]:
        whose: dict[str, Any] = {"visit": _whose_visit, "consultation": _whose, "person": _nobodys, "site": _nobodys}
        return [change for kind, of in whose.items() for change in self._changed(kind, of, since)[:limit]]

    def _changed(self, kind: str, whose: Any, since: datetime) -> list[Change]:
        found = [each for each in self._memory.shelf(kind).values() if each.history[-1].at >= since]
        kinds = (OF_PERSON, OF_SITE, OF_DEPARTMENT, OF_AGREEMENT)
        return [
            Change(Revision(each.state.id, each.version), frozenset().union(*(whose(of, each.state) for of in kinds)))
            for each in found
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
        return {*consultation.needs, *consultation.on_rosters}
    if kind == OF_DEPARTMENT:
        return set()
    return {consultation.agreement} if kind == OF_AGREEMENT else set(consultation.sites)


def _nobodys(_kind: str, _state: Any) -> set[str]:
    return set()
