"""Quota ledgers whose moves wait, seen with what those before them moved."""

from dataclasses import replace

from chassis.kernel.documents import Transaction
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.domain.ledger import Account, Ledger, Move


class GatheredLedgers:
    """`Ledgers` as commands of an import need them: read, and moved later."""

    def __init__(self, below: Ledgers) -> None:
        self._below = below
        self._moves: list[Move] = []

    def load(self, ledger_id: str) -> Ledger:
        ledger = self._below.load(ledger_id)
        for each in self._moves:
            if each.ledger == ledger_id:
                ledger = _moved(ledger, each)
        return ledger

    def move(self, move: Move, within: Transaction) -> None:  # noqa: ARG002 (it waits for `write`)
        self._moves.append(move)

    def write(self, within: Transaction) -> None:
        """Moves all of it. Raises `WriteConflict` and what a ledger refuses."""
        for each in self._moves:
            self._below.move(each, within)


def _moved(ledger: Ledger, move: Move) -> Ledger:
    return replace(
        ledger,
        visits=_taken(ledger.visits, move.held.visits, move.used.visits),
        visitor_days=_taken(ledger.visitor_days, move.held.visitor_days, move.used.visitor_days),
    )


def _taken(account: Account, held: int, used: int) -> Account:
    return replace(account, held=account.held + held, used=account.used + used)
