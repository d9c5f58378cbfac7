"""How the quota ledgers of an agreement follow its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.exchange.domain.agreement import IN_EFFECT, Agreement
from services.exchange.domain.ledger import Ledger, opened


@dataclass(frozen=True)
class Plan:
    """What is to become of the ledgers: new ones, those that promise something else, and those that close."""

    open: tuple[Ledger, ...] = ()
    promise: tuple[Ledger, ...] = ()
    close: tuple[str, ...] = ()


def plan(agreement: Agreement, ledgers: Sequence[Ledger], this_year: int) -> Plan:
    """What makes the ledgers that stand those of the agreement.

    A year gone by keeps what was promised in it. Once the agreement is over, every ledger is closed.
    """
    standing = {ledger.id: ledger for ledger in ledgers}
    wanted = {ledger.id: ledger for ledger in opened(agreement)} if agreement.state == IN_EFFECT else {}
    return Plan(
        open=tuple(ledger for key, ledger in wanted.items() if key not in standing),
        promise=tuple(ledger for key, ledger in wanted.items() if key in standing and ledger.year >= this_year),
        close=tuple(key for key, ledger in standing.items() if key not in wanted and not ledger.closed),
    )


def must_be_possible(plan: Plan, ledgers: Sequence[Ledger]) -> None:
    """Raises `PromiseBelowBooked` where less is to be promised than is taken, as things stand."""
    standing = {ledger.id: ledger for ledger in ledgers}
    for wanted in plan.promise:
        standing[wanted.id].must_allow(wanted)
