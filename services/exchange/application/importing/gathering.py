"""Shelves whose writes wait, so that many commands stand or fall together.

Commands run on these as on the real ones, and see what those before them did. Nothing is written until `write`, which
makes all of it within one transaction; an import that is only checked never gets there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Documents, Loaded, Past, Recorded, Transaction

State = TypeVar("State")
Result = TypeVar("Result")


class Listed(Documents[State], Protocol[State]):
    """Documents that can be listed."""

    def all(self) -> list[Loaded[State]]: ...


@dataclass(frozen=True)
class _Write(Generic[State]):
    """One decision to be written: on a document that was loaded, or a new one."""

    id: str
    before: Loaded[State] | None
    decision: Decision[State]
    context: Context


class Gathered(Generic[State]):
    """`Listed` documents, with what was decided here laid over those of the shelf below."""

    def __init__(self, below: Listed[State], word: Callable[[State], str] = lambda _: "") -> None:
        self._below, self._word = below, word
        self._writes: list[_Write[State]] = []
        self._standing: dict[str, Loaded[State]] = {}
        self._listed: dict[str, Loaded[State]] | None = None

    def load(self, document_id: str) -> Loaded[State]:
        return self._standing.get(document_id) or self._below.load(document_id)

    def named(self, ids: Iterable[str]) -> dict[str, State]:
        wanted = list(ids)
        over = {each: self._standing[each].state for each in wanted if each in self._standing}
        return self._below.named(each for each in wanted if each not in over) | over

    def recorded(self, document_id: str) -> Recorded[State]:
        return self._below.recorded(document_id)

    def as_of(self, ids: Iterable[str], moment: datetime) -> dict[str, Past[State]]:
        return self._below.as_of(ids, moment)

    def made(self, document_id: str, context: Context) -> Receipt | None:
        return self._below.made(document_id, context)

    def all(self) -> list[Loaded[State]]:
        # Read once: an import decides on what stood when it began, and each write is conditional on that.
        if self._listed is None:
            self._listed = {each.id: each for each in self._below.all()}
        return list((self._listed | self._standing).values())

    def add(
        self, document_id: str, decision: Decision[State], context: Context, within: Transaction | None = None
    ) -> Receipt:
        return self._gather(_Write(document_id, None, decision, context), within)

    def save(
        self, loaded: Loaded[State], decision: Decision[State], context: Context, within: Transaction | None = None
    ) -> Receipt:
        return self._gather(_Write(loaded.id, loaded, decision, context), within)

    def saving(
        self, loaded: Loaded[State], decision: Decision[State], context: Context
    ) -> Callable[[Transaction | None], Receipt]:
        return lambda within: self.save(loaded, decision, context, within)

    def atomically(self, body: Callable[[Transaction], Result]) -> Result:
        return body(None)

    def write(self, within: Transaction) -> None:
        """Makes everything that was decided so. Raises `WriteConflict` where a document has changed meanwhile."""
        for each in self._writes:
            if each.before is None:
                self._below.add(each.id, each.decision, each.context, within)
            else:
                self._below.save(each.before, each.decision, each.context, within)

    def _gather(self, write: _Write[State], _: Transaction | None) -> Receipt:
        self._writes.append(write)
        version = write.before.version + 1 if write.before else 1
        self._standing[write.id] = Loaded(write.id, version, write.decision.state)
        return Receipt(write.id, version, self._word(write.decision.state))


class Writes(Protocol):
    """Something gathered."""

    def write(self, within: Transaction) -> None: ...


def write_all(gathered: Sequence[Writes], within: Transaction) -> None:
    """All of it, in this order."""
    for each in gathered:
        each.write(within)
