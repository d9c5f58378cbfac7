"""Visits that an agreement, as it stands now, does not cover: it ended before them, or dropped their condition.

They are shown and flagged; what becomes of them is for people to decide.
"""

from services.exchange.domain.agreement import Agreement
from services.exchange.domain.visit import ARRIVED, BOOKED, OPEN, Visit

TO_COME = OPEN | {BOOKED, ARRIVED}
"""Visits that are over were covered while they took place, or never took place."""

AFTER_THE_END, BEFORE_THE_START, CONDITION_REMOVED = "after-the-end", "before-the-start", "condition-removed"


def uncovered(visit: Visit, agreement: Agreement) -> str | None:
    """Why the agreement does not cover a visit that is to come or under way; `None` where it does."""
    if visit.state not in TO_COME:
        return None
    if visit.planned_departure > agreement.last_day:
        return AFTER_THE_END
    if agreement.superseded and visit.planned_arrival < agreement.in_effect_from:
        return BEFORE_THE_START
    known = any(condition.id == visit.condition for condition in agreement.conditions)
    return None if known else CONDITION_REMOVED


def removed_conditions(agreement: Agreement) -> tuple[str, ...]:
    """Ids of conditions that an earlier text had and the one that stands has no more."""
    earlier = {condition.id for version in agreement.superseded for condition in version.text.conditions}
    return tuple(sorted(earlier - {condition.id for condition in agreement.conditions}))
