"""Exchange tells that a visit or consultation was entered in error: what it opened is taken back, or questioned, and
what else came of it comes of it no more.

The events that open, or that are kept for later, and the one that takes back may come in any order, and be handled at
the same moment. Each handler first writes what its event says and then looks for what the other's has: whoever is later
sees both. A command that attributes relies on what took place in the transaction that saves it, see `Occurrences`.
"""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.actor import SYSTEM
from chassis.kernel.documents import Loaded
from contracts.envelope import CloudEvent
from services.research.application.ports.copies import Mistakes
from services.research.application.ports.occurrences import Occurrences
from services.research.application.ports.outcomes import Outcomes, Sought
from services.research.domain.attributing import take_off
from services.research.domain.outcome import Outcome
from services.research.domain.withdrawing import withdraw

AT_ONCE = 200


def withdraw_outcome(
    event: CloudEvent, reason: str, now: datetime, outcomes: Outcomes, occurrences: Occurrences, mistakes: Mistakes
) -> None:
    """Notes that what the event is about was a mistake, and takes back what is there of it."""
    kind, _, origin = event.subject.partition("/")
    why = reason or f"The {kind} was entered in error."
    mistakes.note(event, reason=why)
    occurrences.mark(origin, reason=why)
    after = None
    while page := outcomes.page(SYSTEM, Sought(origin=origin), after=after, limit=AT_ONCE):
        for outcome in page:
            take_back(event, outcome, now, outcomes, mistakes)
        after = page[-1].id


def take_back(
    event: CloudEvent, outcome: Loaded[Outcome], now: datetime, outcomes: Outcomes, mistakes: Mistakes
) -> None:
    """Withdraws or questions an outcome where what it came of first is known to have been entered in error.

    Further things that were are taken off; leaves any other outcome.
    """
    ids = {each.id for each in outcome.state.came_of}
    known = {each: reason for each in ids if (reason := mistakes.reason(each))}
    if decision := take_off(outcome.state, known):
        outcomes.save(outcome, decision, caused_by(event, "take_off_origin", now))
        outcome = outcomes.load(outcome.id)
    first = outcome.state.origin
    if first and first.id in known and (decision := withdraw(outcome.state, reason=known[first.id])):
        outcomes.save(outcome, decision, caused_by(event, "withdraw_outcome", now))
