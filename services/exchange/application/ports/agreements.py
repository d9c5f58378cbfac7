"""Where agreements and their quota ledgers are kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded, Transaction
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.ledger import CountedOutcome, Ledger, Move


class Agreements(Documents[Agreement], Protocol):
    """Every agreement."""

    def all(self) -> list[Loaded[Agreement]]:
        """Every agreement, newest first."""
        ...


class Ledgers(Protocol):
    """The quota ledgers. What is taken within a transaction stands or falls with it."""

    def open(self, ledgers: Sequence[Ledger], within: Transaction) -> None:
        """Keeps new ledgers."""
        ...

    def load(self, ledger_id: str) -> Ledger:
        """Raises `Unknown`."""
        ...

    def of_agreement(self, agreement_id: str) -> list[Ledger]:
        """All of an agreement's, by condition and year."""
        ...

    def promise(self, wanted: Ledger, within: Transaction) -> None:
        """Makes the ledger of that id promise what `wanted` promises, for its days, and opens it; what is taken stays.

        Raises `PromiseBelowBooked` where less is promised than is taken, `Unknown`.
        """
        ...

    def close(self, ledger_id: str, within: Transaction) -> None:
        """From now on it takes no more bookings."""
        ...

    def move(self, move: Move, within: Transaction) -> None:
        """Moves both accounts. More is held only where so much is left; what has happened is counted in any case.

        Raises `QuotaExceeded`, `QuotaClosed`, `AgreementNotInEffect` for days that it does not cover, `Unknown`.
        """
        ...

    def count_outcome(self, counts: Mapping[str, CountedOutcome]) -> None:
        """Counts a reported outcome in each of these ledgers, all or none, once for each `effect`. Raises `Unknown`."""
        ...

    def take_off_outcome(self, outcome: str, at: datetime, told: str) -> None:
        """From `at` on, no ledger counts the outcome for what was told of it before the sequence `told`.

        For what was told later it may have been counted again. Raises `Unknown` where none has counted it before that.
        """
        ...

    def outcomes(self, ledger_ids: Iterable[str], until: datetime) -> list[CountedOutcome]:
        """What these ledgers counted at the moment, in the order of the effects' ids; also what has no moment."""
        ...
