"""On which days the agreement allows a consultation under its condition."""

from datetime import date, datetime, time, timedelta

from chassis.kernel.errors import Refusal
from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.finding.bits import Grid
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.site_times import local_days
from services.exchange.domain.refusals import AgreementNotInEffect, ConditionRemoved


def covered(plan: Plan, grid: Grid) -> int:
    """The quarters of days, in the wish's zone, that the agreement covers: a session counts on that it begins on."""
    found = 0
    zone = zone_named(plan.wish.zone)
    for day in local_days(plan.wish.zone, grid):
        if not against(plan, day):
            next_day = datetime.combine(day + timedelta(days=1), time(), zone)
            found |= grid.within(datetime.combine(day, time(), zone), next_day)
    return found


def against(plan: Plan, day: date) -> list[Refusal]:
    """What the agreement has against a session on the day: not in effect then, or amended and without the condition."""
    found: list[Refusal] = []
    try:
        plan.agreement.must_cover(day, day)
    except AgreementNotInEffect as refusal:
        found.append(refusal)
    try:
        plan.agreement.must_have(plan.wish.condition)
    except ConditionRemoved as refusal:
        found.append(refusal)
    return found
