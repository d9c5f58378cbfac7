"""Consultations in memory, as far as looking for a time needs them."""

from collections.abc import Iterable
from datetime import datetime

from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from services.exchange.domain.consultations.consultation import Consultation, holds
from services.exchange.domain.consultations.quarters import parts_of_key
from tests.fakes.documents import InMemoryDocuments, Kept
from tests.fakes.memory import Memory


class HeldConsultations(InMemoryDocuments[Consultation]):
    """`Consultations` that a test puts there as they stand."""

    def __init__(self) -> None:
        super().__init__(Memory(), "consultation", lambda each: each.state, holds)

    def put(self, consultation: Consultation) -> None:
        self.kept[consultation.id] = Kept(1, consultation, frozenset(holds(consultation)), (), (), ())

    def taken(self, people: Iterable[str], rooms: Iterable[str], begins: datetime, ends: datetime) -> frozenset[str]:
        things = {("person", each) for each in people} | {("room", each) for each in rooms}
        keys = [key for each in self.kept.values() for key in each.holds]
        parted = {key: parts_of_key(key) for key in keys}
        return frozenset(key for key, (*thing, at) in parted.items() if tuple(thing) in things and begins <= at < ends)

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Consultation]]:
        raise NotImplementedError("whoever looks for a time asks for no list", seen_by, state, after, limit)
