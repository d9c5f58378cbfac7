"""Exchange tells that a visit or consultation was entered in error: what it opened is taken back, or questioned.

The event that opens and the one that takes back may come in any order, and be handled at the same moment. Each handler
first writes what its event says and then looks for what the other's has: whoever is later sees both.
"""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.actor import SYSTEM
from chassis.kernel.documents import Loaded
from contracts.envelope import CloudEvent
from services.research.application.ports.copies import Mistakes
from services.research.application.ports.outcomes import Outcomes, Sought
from services.research.domain.outcome import Outcome
from services.research.domain.withdrawing import withdraw

MOST = 200
"""More outcomes than one visit ever opens, or a consultation, which has one for each of its sessions at most."""


def withdraw_outcome(event: CloudEvent, reason: str, now: datetime, outcomes: Outcomes, mistakes: Mistakes) -> None:
    """Notes that what the event is about was a mistake, and takes back what is there of it."""
    kind, _, origin = event.subject.partition("/")
    mistakes.note(event, reason=reason or f"The {kind} was entered in error.")
    for outcome in outcomes.page(SYSTEM, Sought(origin=origin), after=None, limit=MOST):
        take_back(event, outcome, now, outcomes, mistakes)


def take_back(
    event: CloudEvent, outcome: Loaded[Outcome], now: datetime, outcomes: Outcomes, mistakes: Mistakes
) -> None:
    """Withdraws or questions an outcome whose origin is known to have been entered in error; leaves any other."""
    origin = outcome.state.origin
    reason = mistakes.reason(origin.id) if origin else None
    if reason is None:
        return
    if decision := withdraw(outcome.state, reason=reason):
        outcomes.save(outcome, decision, caused_by(event, "withdraw_outcome", now))
