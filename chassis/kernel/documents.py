"""The shelf that decided documents stand on, as the application sees it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import KhunjerabError, StaleVersion

State = TypeVar("State")
Result = TypeVar("Result")


class HoldTaken(KhunjerabError):
    """Another document holds what this decision needs. Facts: `key`, such as `person:per_…:2026-12-01`."""

    @property
    def key(self) -> str:
        return str(self.facts["key"])


Transaction = Any
"""A write to two documents that happens as one. Opaque here: it is only handed on, from shelf to shelf."""


@dataclass(frozen=True)
class Loaded(Generic[State]):
    """A document as it stood when it was read."""

    id: str
    version: int
    state: State
    applied: dict[str, Receipt] = field(default_factory=dict)

    def answered(self, context: Context) -> Receipt | None:
        """The answer given when this command came the first time; `None` when it has not been applied.

        Raises `StaleVersion` when the document has changed since the caller saw it, which also refuses
        a repeat so old that its answer is no longer kept.
        """
        receipt = self.applied.get(context.command_id)
        if receipt is None and context.expected_version not in (None, self.version):
            raise StaleVersion(id=self.id, expected=context.expected_version, actual=self.version)
        return receipt


@dataclass(frozen=True)
class HistoryLine:
    """One line of the audit trail: who did what, when and why, and the version and state word that it made.

    `state` is empty in lines written before it was kept. `on_behalf_of`: in whose place `by` did it, if in anybody's.
    """

    at: datetime
    by: str | None
    what: str
    why: str
    version: int
    state: str = ""
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Recorded(Generic[State]):
    """A document with its whole history, oldest line first."""

    id: str
    version: int
    state: State
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True)
class Past(Generic[State]):
    """A document as it stood at an earlier moment, with its history until then.

    `exact` is false where it is not known what was changed since: then the state may be a later one.
    """

    id: str
    version: int
    state: State
    history: tuple[HistoryLine, ...]
    exact: bool = True


class Documents(Protocol[State]):
    """One kind of document. Every method raises `Unavailable` when the store does not answer."""

    def load(self, document_id: str) -> Loaded[State]:
        """The document. Raises `Unknown`."""
        ...

    def named(self, ids: Iterable[str]) -> dict[str, State]:
        """The states of these documents, by id; unknown ones are left out."""
        ...

    def recorded(self, document_id: str) -> Recorded[State]:
        """The document with its history. Raises `Unknown`."""
        ...

    def as_of(self, ids: Iterable[str], moment: datetime) -> dict[str, Past[State]]:
        """These documents as they stood at the moment, by id; those unknown, or made later, are left out."""
        ...

    def made(self, document_id: str, context: Context) -> Receipt | None:
        """The answer given when this command made the document the first time; `None` when it has not."""
        ...

    def add(
        self, document_id: str, decision: Decision[State], context: Context, within: Transaction | None = None
    ) -> Receipt:
        """Writes a new document, whole; a repeat of the same command answers as the first did.

        Within a transaction, which such a repeat spoils, it raises `WriteConflict`: decided again, it finds the answer.
        Raises `HoldTaken`, and `WriteConflict` where another command has made the document.
        """
        ...

    def save(
        self, loaded: Loaded[State], decision: Decision[State], context: Context, within: Transaction | None = None
    ) -> Receipt:
        """Writes the decision, whole, on the version that was loaded.

        Raises `WriteConflict` when another decision came in between, `HoldTaken`, `DeadlineExceeded`.
        """
        ...

    def saving(
        self, loaded: Loaded[State], decision: Decision[State], context: Context
    ) -> Callable[[Transaction | None], Receipt]:
        """What `save` does, worked out now and written when it is called: a transaction may have to call it again."""
        ...

    def atomically(self, body: Callable[[Transaction], Result]) -> Result:
        """Runs `body`: all it writes with its transaction stands or falls together. It may run more than once."""
        ...
