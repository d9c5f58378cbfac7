"""Escalations on MongoDB."""

from collections.abc import Iterable
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, one_by_one
from services.notify.adapters.published_events import published
from services.notify.domain.escalation.escalation import OPEN, Escalation, due, escalation_id

ESCALATION_SHAPE = Shape(
    service="notify",
    kind="escalation",
    model=Escalation,
    state_word=lambda escalation: escalation.state,
    publish=one_by_one(published),
    due=due,
    found_by=lambda escalation: (OPEN,) if escalation.state == OPEN else (),
)


class EscalationStore(DocumentStore[Escalation]):
    """`Escalations` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, ESCALATION_SHAPE)

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Escalation]]:
        ids = [escalation_id(subject) for subject in subjects]
        return {found.state.about: found for found in self.matching({"_id": {"$in": ids}})}

    def open_ones(self) -> list[Loaded[Escalation]]:
        return self.matching({"found_by": OPEN})
