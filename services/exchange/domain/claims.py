"""What a visit takes from its quota ledger, and what a decision therefore moves there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.exchange.domain.ledger import NOTHING, Amounts, Move, ledger_id
from services.exchange.domain.visit import BOOKED, FULFILLED, OPEN, Visit


@dataclass(frozen=True)
class Claim:
    """Held while the visit is to come or goes on, used once it has happened."""

    held: Amounts = NOTHING
    used: Amounts = NOTHING
    planned_days: int = 0


def claim(visit: Visit) -> Claim:
    """What the visit takes as it stands: nothing before it is accepted and after it was given up."""
    if visit.is_holding:
        return Claim(held=Amounts(1, visit.visitor_days))
    if visit.state == FULFILLED:
        return Claim(used=Amounts(1, visit.actual_visitor_days), planned_days=visit.planned_visitor_days)
    return Claim()


def ledger_of(visit: Visit) -> str:
    """The ledger that the visit counts against: that of the year of its planned arrival."""
    return ledger_id(visit.agreement, visit.condition, visit.year)


def moves(before: Visit | None, after: Visit) -> tuple[Move, ...]:
    """What a decision moves, ledger by ledger in the order of their ids; nothing where all stays as it was."""
    return tuple(move for move in _moves(before, after) if move != Move(move.ledger))


def _moves(before: Visit | None, after: Visit) -> Iterator[Move]:
    new, then = claim(after), claim(before) if before else Claim()
    covering = _newly_covered(before, after)
    if before is None or ledger_of(before) == ledger_of(after):
        planned = new.planned_days - then.planned_days
        yield Move(ledger_of(after), new.held - then.held, new.used - then.used, planned, covering)
        return
    given_back = Move(ledger_of(before), NOTHING - then.held, NOTHING - then.used, -then.planned_days)
    taken = Move(ledger_of(after), new.held, new.used, new.planned_days, covering)
    # Always in one order: two visits that change places between two years never wait for each other.
    yield from sorted((given_back, taken), key=lambda move: move.ledger)


def _newly_covered(before: Visit | None, after: Visit) -> tuple[date, date] | None:
    """The days that the agreement has to cover now: newly held ones, and those of a visit that is booked by this."""
    days = (after.planned_arrival, after.planned_departure)
    covered = before is not None and before.is_holding and days == (before.planned_arrival, before.planned_departure)
    booked = before is not None and before.state in OPEN and after.state == BOOKED
    return days if after.is_holding and (booked or not covered) else None
