"""How the quota ledgers of an agreement follow its text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

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

    A year gone by keeps what was promised in it; its days follow the agreement's, for who came in December may stay
    into the next year. Once the agreement is over, every ledger is closed.
    """
    standing = {ledger.id: ledger for ledger in ledgers}
    wanted = {ledger.id: ledger for ledger in opened(agreement)} if agreement.state == IN_EFFECT else {}
    return Plan(
        open=tuple(ledger for key, ledger in wanted.items() if key not in standing),
        promise=tuple(_promised(wanted.values(), standing, this_year)),
        close=tuple(key for key, ledger in standing.items() if key not in wanted and not ledger.closed),
    )


def _promised(wanted: Iterable[Ledger], standing: Mapping[str, Ledger], this_year: int) -> Iterator[Ledger]:
    for ledger in wanted:
        stands = standing.get(ledger.id)
        if stands and ledger.year >= this_year:
            yield ledger
        elif stands and _terms(stands) != _terms(ledger):
            yield replace(stands, first_day=ledger.first_day, last_day=ledger.last_day, closed=False)


def _terms(ledger: Ledger) -> tuple[date, date, bool]:
    """What else than its promises a ledger has from the agreement."""
    return ledger.first_day, ledger.last_day, ledger.closed


def must_be_possible(plan: Plan, ledgers: Sequence[Ledger]) -> None:
    """Raises `PromiseBelowBooked` where less is to be promised than is taken, as things stand."""
    standing = {ledger.id: ledger for ledger in ledgers}
    for wanted in plan.promise:
        standing[wanted.id].must_allow(wanted)
