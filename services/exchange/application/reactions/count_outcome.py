"""Research tells of a reported outcome: the agreement's balance counts it."""

from datetime import datetime

from chassis.kernel.errors import NotYet, Unknown
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent
from contracts.research.v1 import OutcomeReported
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.domain.ledger import CountedOutcome, ledger_id


def count_outcome(event: CloudEvent, outcome: OutcomeReported, ledgers: Ledgers, now: datetime) -> None:
    """Counts the outcome in the condition and year of the visit that it came from; once, however often it is told.

    Raises `NotYet` where there is no such ledger: whoever told of the outcome knows of the visit, so it is to come.
    """
    ledger = ledger_id(outcome.agreement, outcome.condition, outcome.visit_year)
    try:
        ledgers.count_outcome(
            ledger,
            CountedOutcome(
                effect=derived(event.id, "count_outcome"),
                condition=outcome.condition,
                outcome=outcome.outcome,
                type=outcome.outcome_type,
                visit=outcome.visit,
                at=now,
            ),
        )
    except Unknown as unknown:
        raise NotYet(**unknown.facts) from None
