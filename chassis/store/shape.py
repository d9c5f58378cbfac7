"""How one kind of state is kept in a document and told of in events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from chassis.kernel.decision import Due
from contracts.envelope import EventData

State = TypeVar("State")

OWN_FIELDS = frozenset(
    {"_id", "version", "holds", "history", "outbox", "applied", "due", "found_by", "made_at", "made_by", "changed_at"}
)
"""What the store itself keeps in a document; a state may not have a field of the same name."""


@dataclass(frozen=True)
class Edition:
    """Which version of its document a decision makes, and when."""

    version: int
    at: datetime


Publish = Callable[[Sequence[Any], Edition], Sequence[EventData]]
"""A decision's domain events as the events of the contract, in the same order."""


def _none(_: Any) -> Sequence[Any]:
    return ()


Versions = Callable[[EventData], Sequence[EventData]]
"""The same event in the earlier versions in which it is told as well, until those are retired."""


def one_by_one(publish: Callable[[Any], EventData]) -> Publish:
    """Where what is told of one event needs nothing that is told of another."""
    return lambda events, _: [publish(event) for event in events]


def tells_nobody(events: Sequence[object], edition: Edition) -> Sequence[EventData]:  # noqa: ARG001 (of `Publish`)
    """For kinds of which no event tells, and for shelves that are only read."""
    for event in events:
        raise TypeError(f"no event of the contracts tells of {type(event).__name__}")
    return ()


@dataclass(frozen=True)
class Shape(Generic[State]):
    """One kind of document.

    `kind`: the word before the id in an event's subject (`visit`).
    `service`: whose events these are. `model`: the state's dataclass.
    `state_word`: the word a receipt shows (`booked`). `publish`: see `Publish`.
    `earlier`: see `Versions`. `holds`: the keys that the state occupies. `due`: when it wants to be looked at again.
    `found_by`: the keys by which it is looked for among very many; they stand in a field of this name.
    `remembers`: whether each history line keeps what its decision changed, so that one can look back. Never for states
    with secrets: what is removed from those is to be gone.
    """

    service: str
    kind: str
    model: type[State]
    state_word: Callable[[State], str]
    publish: Publish
    earlier: Versions = _none
    holds: Callable[[State], Sequence[str]] = _none
    due: Callable[[State], Sequence[Due]] = _none
    found_by: Callable[[State], Sequence[str]] = _none
    remembers: bool = False
    _adapter: list[TypeAdapter[State]] = field(default_factory=list, init=False, repr=False, compare=False)

    def fields(self, state: State) -> dict[str, Any]:
        """The state's own fields, as they stand in the document: dates and instants as ISO 8601 text."""
        fields: dict[str, Any] = self._adapt().dump_python(state, mode="json")
        fields.pop("id", None)
        if clash := OWN_FIELDS & fields.keys():
            raise TypeError(f"{self.kind}: {sorted(clash)} belong to the store")
        return fields

    def state(self, document: dict[str, Any]) -> State:
        """The state that stands in a document."""
        fields = {name: value for name, value in document.items() if name not in OWN_FIELDS}
        return self._adapt().validate_python({"id": document["_id"], **fields})

    def _adapt(self) -> TypeAdapter[State]:
        if not self._adapter:
            self._adapter.append(TypeAdapter(self.model))
        return self._adapter[0]
