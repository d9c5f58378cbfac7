"""Nobody is in two places on one day."""

from collections.abc import Iterable

from services.exchange.domain.refusals import VisitorDoubleBooked
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[VisitorDoubleBooked]:
    """For each visitor who is on another visit on one of the days asked for, the first such day."""
    for guest in plan.guests:
        clashes = [
            max(stay.first, plan.first_asked)
            for stay in guest.stays
            if stay.first <= plan.departure and plan.first_asked <= stay.last
        ]
        if clashes:
            yield VisitorDoubleBooked(person=guest.person, date=min(clashes).isoformat())


RULE = Rule("visitor-double-booking", FORBID, (VisitorDoubleBooked,), broken)
