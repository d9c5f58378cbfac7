"""Exchange tells that a fulfilled visit was entered in error: what it opened is taken back, or questioned.

The two events of a visit may come in any order, and be handled at the same moment. Each handler first writes what its
event says and then looks for what the other's has: whoever is later sees both.
"""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.actor import SYSTEM
from chassis.kernel.documents import Loaded
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitEnteredInError
from services.research.application.ports import Mistakes, Outcomes, Sought
from services.research.domain.outcome import Outcome
from services.research.domain.withdrawing import withdraw

MOST = 200
"""More outcomes than one visit ever opens."""
UNEXPLAINED = "The visit was entered in error."


def withdraw_outcome(
    event: CloudEvent, visit: VisitEnteredInError, now: datetime, outcomes: Outcomes, mistakes: Mistakes
) -> None:
    """Notes the mistake, and takes back what is there of the visit."""
    mistakes.note(event, reason=visit.reason or UNEXPLAINED)
    for outcome in outcomes.page(SYSTEM, Sought(visit=visit.visit), after=None, limit=MOST):
        take_back(event, outcome, now, outcomes, mistakes)


def take_back(
    event: CloudEvent, outcome: Loaded[Outcome], now: datetime, outcomes: Outcomes, mistakes: Mistakes
) -> None:
    """Withdraws or questions an outcome whose visit is known to have been entered in error; leaves any other."""
    reason = mistakes.reason(outcome.state.visit)
    if reason is None:
        return
    if decision := withdraw(outcome.state, reason=reason):
        outcomes.save(outcome, decision, caused_by(event, "withdraw_outcome", now))
