"""Research tells of a reported outcome: the agreement's balance counts it, toward each promise that it keeps."""

from datetime import datetime

from chassis.kernel.errors import NotYet, Unknown
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent
from contracts.research.v1 import OutcomeReported
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.joint_outcomes import joint_promises
from services.exchange.domain.ledger import CountedOutcome, ledger_id


def count_outcome(
    event: CloudEvent,
    outcome: OutcomeReported,
    ledgers: Ledgers,
    agreements: Agreements,
    visits: Visits,
    sites: Sites,
    now: datetime,
) -> None:
    """Counts the outcome in the condition and year of the visit that it came from, and toward joint outcomes in the
    year of the report: all at once, and once each, however often it is told.

    Raises `NotYet` where visit or ledger is unknown: whoever told of the outcome knows of the visit, so it is to come.
    """
    try:
        promises = [(outcome.condition, outcome.visit_year, derived(event.id, "count_outcome"))]
        agreement, visit = agreements.load(outcome.agreement).state, visits.load(outcome.visit).state
        zones = [site.zone for site in sites.named(agreement.partners).values()]
        for joint, year in joint_promises(agreement, visit, event.time, zones):
            promises.append((joint.id, year, derived(event.id, "count_outcome", joint.id)))
        ledgers.count_outcome(
            {
                ledger_id(outcome.agreement, condition, year): CountedOutcome(
                    effect, condition, outcome.outcome, outcome.outcome_type, outcome.visit, now
                )
                for condition, year, effect in promises
            }
        )
    except Unknown as unknown:
        raise NotYet(**unknown.facts) from None
