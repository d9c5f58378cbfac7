"""Research questions a reported outcome, for its visit was entered in error: no promise counts it any more."""

from datetime import datetime

from chassis.kernel.errors import NotYet, Unknown
from contracts.research.v1 import OutcomeQuestioned
from services.exchange.application.ports.agreements import Ledgers


def take_off_outcome(outcome: OutcomeQuestioned, ledgers: Ledgers, now: datetime) -> None:
    """Takes the outcome off wherever it was counted; once, however often it is told.

    Raises `NotYet` where it has not been counted: only what was reported is questioned, so the count is to come.
    """
    try:
        ledgers.take_off_outcome(outcome.outcome, now)
    except Unknown as unknown:
        raise NotYet(**unknown.facts) from None
