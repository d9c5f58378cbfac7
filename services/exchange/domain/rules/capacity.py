"""Each visitor has one seat of the department on all of the days."""

from collections.abc import Iterable

from services.exchange.domain.refusals import HostFull
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[HostFull]:
    """Fewer seats are free throughout than visitors come."""
    free = len(plan.free_seats)
    if free < len(plan.guests):
        yield HostFull(
            department=plan.department.id,
            arrival=plan.arrival.isoformat(),
            departure=plan.departure.isoformat(),
            seats=plan.department.seats,
            free=free,
            asked=len(plan.guests),
        )


RULE = Rule("capacity", FORBID, (HostFull,), broken)
