"""Delegations on MongoDB."""

from typing import Any

from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, one_by_one
from services.research.adapters.published_events import published
from services.research.domain.delegation import Delegation

LONGEST_FIRST = (("until", -1), ("_id", -1))

DELEGATION_SHAPE = Shape(
    service="research",
    kind="delegation",
    model=Delegation,
    state_word=lambda delegation: delegation.state,
    publish=one_by_one(published),
)


class DelegationStore(DocumentStore[Delegation]):
    """`Delegations` on MongoDB."""

    def with_person(self, person: str, *, limit: int) -> list[Loaded[Delegation]]:
        found: dict[str, Loaded[Delegation]] = {}
        for role in ("person", "delegate"):
            where: dict[str, Any] = {role: person}
            found |= {each.id: each for each in self.matching(where, order=LONGEST_FIRST, limit=limit)}
        longest_first = sorted(found.values(), key=lambda each: (each.state.until, each.id), reverse=True)
        return longest_first[:limit]
