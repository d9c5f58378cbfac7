"""Consultations in memory."""

from collections.abc import Iterable
from datetime import datetime

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded, Past
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation, holds
from services.exchange.domain.consultations.quarters import parts_of_key
from services.exchange.domain.permissions.consultations import may_see
from services.exchange.domain.reporting.conferring import meets_in
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeConsultations(InMemoryDocuments[Consultation]):
    """`Consultations` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "consultation", lambda consultation: consultation.state, holds)

    def taken(self, people: Iterable[str], rooms: Iterable[str], begins: datetime, ends: datetime) -> frozenset[str]:
        wanted = {("person", each) for each in people} | {("room", each) for each in rooms}
        held = {key: parts_of_key(key) for each in self.kept.values() for key in each.holds}
        return frozenset(
            key for key, (kind, thing, at) in held.items() if (kind, thing) in wanted and begins <= at < ends
        )

    def waiting(self) -> list[Loaded[Consultation]]:
        return [each for each in map(self.load, sorted(self.kept)) if each.state.state == WAITLIST]

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        found = [self.load(each) for each in sorted(self.kept, reverse=True) if after is None or each < after]
        return [each for each in found if state in (None, each.state.state) and may_see(seen_by, each.state)][:limit]

    def owing(self, seen_by: Actor, *, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        found = [self.load(each) for each in sorted(self.kept) if after is None or each > after]
        return [each for each in found if _owes(each.state, seen_by)][:limit]

    def of_year(self, agreements: Iterable[str], year: int, moment: datetime) -> list[Past[Consultation]]:
        wanted, pasts = frozenset(agreements), self.as_of(sorted(self.kept), moment).values()
        return [past for past in pasts if past.state.agreement in wanted and meets_in(past.state, year)]


def _owes(consultation: Consultation, actor: Actor) -> bool:
    everything = actor.is_system or actor.has(ADMINISTRATOR) or bool(actor.sites & set(consultation.sites))
    return consultation.is_owed and (everything or actor.person in consultation.owed_by)
