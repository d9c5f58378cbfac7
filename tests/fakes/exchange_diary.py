"""The diary in memory, read off the shelves on which the other fakes keep what they keep."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from services.exchange.application.ports.diary import ConsultationLine, Entry, VisitLine
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import with_deputies
from services.exchange.domain.diary.meetings import Stamp
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit
from tests.fakes.memory import Memory


class FakeDiary:
    """`Diary` in memory."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def visit_lines(self, sites: Iterable[str], first: date | None, last: date | None, limit: int) -> list[VisitLine]:
        wanted = frozenset(sites)
        found = [
            VisitLine(visit.id, visit.state, visit.host_site, visit.planned_arrival, stamp.changed_at)
            for visit, stamp in ((entry.state, entry.stamp) for entry in self._all("visit"))
            if wanted & {visit.sending_site, visit.host_site}
            and (first is None or first <= visit.planned_arrival)
            and (last is None or visit.planned_arrival <= last)
        ]
        return found[:limit]

    def consultation_lines(
        self, sites: Iterable[str], first: datetime | None, last: datetime | None, limit: int
    ) -> list[ConsultationLine]:
        wanted = frozenset(sites)
        found = [
            ConsultationLine(each.id, each.state, frozenset(each.sites), each.zone, each.sessions, stamp.changed_at)
            for each, stamp in ((entry.state, entry.stamp) for entry in self._all("consultation"))
            # Beside a time the real one does not ask for sites, either.
            if (wanted & {*each.sites, *each.on_rosters} or (first, last) != (None, None))
            and (first is None or any(first <= session.begins for session in each.sessions))
            and (last is None or any(session.begins <= last for session in each.sessions))
        ]
        return found[:limit]

    def visits(self, ids: Iterable[str]) -> list[Entry[Visit]]:
        return self._named("visit", ids)

    def consultations(self, ids: Iterable[str]) -> list[Entry[Consultation]]:
        return self._named("consultation", ids)

    def people(self, ids: Iterable[str]) -> list[Entry[Person]]:
        return self._named("person", ids)

    def sites(self, ids: Iterable[str]) -> list[Entry[Site]]:
        return self._named("site", ids)

    def visits_of(self, person: str) -> list[Entry[Visit]]:
        return [each for each in self._all("visit") if person in {visitor.person for visitor in each.state.visitors}]

    def consultations_of(self, person: str) -> list[Entry[Consultation]]:
        return [each for each in self._all("consultation") if person in _everybody(each.state)]

    def _named(self, kind: str, ids: Iterable[str]) -> list[Entry[Any]]:
        wanted = set(ids)
        return [each for each in self._all(kind) if each.state.id in wanted]

    def _all(self, kind: str) -> list[Entry[Any]]:
        return [
            Entry(Stamp(kept.version, kept.history[0].at, kept.history[-1].at), kept.state)
            for kept in self._memory.shelf(kind).values()
        ]


def _everybody(consultation: Consultation) -> set[str]:
    return {*with_deputies(consultation.participants), *consultation.on_rosters}
