"""Clearances that come to their end: their owners are warned 30 days before and told at the end, once each."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from services.research.domain.legal.clearance import Clearance, standing_clearance, waiver_of
from services.research.domain.legal.events import ClearanceExpired, ClearanceExpiring
from services.research.domain.legal.validity import EXPIRED, EXPIRING, due_of, news
from services.research.domain.outcome import Outcome

CLEARANCE = "clearance"
"""The name under which a clearance's moments stand among those of its outcome."""
TOLD = {EXPIRING: ClearanceExpiring, EXPIRED: ClearanceExpired}


def due(outcome: Outcome) -> tuple[Due, ...]:
    """When those that stand want to be looked at; one that lasts longer takes the place of those before it."""
    moments = {due.at for each in _watched(outcome) for due in due_of(each.expires_on, each.zone, each.told)}
    return tuple(Due(CLEARANCE, at) for at in sorted(moments))


def tell(outcome: Outcome, asked_for: Collection[str], *, now: datetime) -> Decision[Outcome] | None:
    """Tells what is new of those whose requirement is still `asked_for`; `None` where nothing is."""
    found = [(each, news(each.expires_on, each.zone, each.told, now)) for each in _watched(outcome)]
    fresh = {each: what for each, what in found if what and each.requirement in asked_for}
    if not fresh:
        return None
    marked = {each: replace(each, told=(*each.told, what)) for each, what in fresh.items()}
    after = replace(outcome, clearances=tuple(marked.get(each, each) for each in outcome.clearances))
    events = tuple(TOLD[what](after, marked[each]) for each, what in fresh.items())
    return Decision(after, what="; ".join(f"{each.kind} {what}" for each, what in fresh.items()), events=events)


def _watched(outcome: Outcome) -> list[Clearance]:
    """What stands for each requirement that is not waived."""
    if not outcome.is_live:
        return []
    requirements = dict.fromkeys(each.requirement for each in outcome.clearances)
    standing = [standing_clearance(outcome.clearances, each) for each in requirements]
    return [each for each in standing if each and not waiver_of(outcome.waivers, each.requirement)]
