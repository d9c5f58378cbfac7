"""On which days the agreement allows a consultation under its condition."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis.kernel.errors import Refusal
from services.exchange.domain.consultations.finding.bits import Grid, meeting
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.site_times import local_days
from services.exchange.domain.refusals import AgreementNotInEffect, ConditionRemoved


def covered_starts(plan: Plan, grid: Grid, length: int) -> int:
    """The starts of sessions that lie wholly on days, in the wish's zone, that the agreement covers."""
    covered = 0
    zone = ZoneInfo(plan.wish.zone)
    for day in local_days(plan.wish.zone, grid):
        if not against(plan, day, day):
            next_day = datetime.combine(day + timedelta(days=1), time(), zone)
            covered |= grid.within(datetime.combine(day, time(), zone), next_day)
    return ~meeting(grid.all & ~covered, length)


def against(plan: Plan, first: date, last: date) -> list[Refusal]:
    """What the agreement has against these days: not in effect then, or amended and without the condition."""
    found: list[Refusal] = []
    try:
        plan.agreement.must_cover(first, last)
    except AgreementNotInEffect as refusal:
        found.append(refusal)
    try:
        plan.agreement.must_have(plan.wish.condition)
    except ConditionRemoved as refusal:
        found.append(refusal)
    return found
