"""Research questions a reported outcome, for what it came of was entered in error, or has found it to be another one:
no promise counts it any more."""

from datetime import datetime

from chassis.kernel.errors import NotYet, Unknown
from contracts.envelope import CloudEvent
from contracts.research import v1, v2
from services.exchange.application.ports.agreements import Ledgers


def take_off_outcome(
    event: CloudEvent,
    outcome: v1.OutcomeQuestioned | v2.OutcomeQuestioned | v2.OutcomeMerged,
    ledgers: Ledgers,
    now: datetime,
) -> None:
    """Takes the outcome off wherever it was counted; once, however often it is told and in
    however many versions. For what it was settled to have come of since then it counts.

    Raises `NotYet` where it has not been counted: of what was reported alone this is told, so the count is to come.
    """
    try:
        ledgers.take_off_outcome(outcome.outcome, now, event.sequence)
    except Unknown as unknown:
        raise NotYet(**unknown.facts) from None
