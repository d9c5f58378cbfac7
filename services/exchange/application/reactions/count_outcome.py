"""Research tells of a reported outcome, or of what one that was questioned came of instead: the agreement's balance
counts it, toward each promise that it keeps."""

from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.errors import NotYet, Unknown
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent
from contracts.research.v2 import Origin, OutcomeReported, OutcomeSettled
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.joint_outcomes import joint_promises
from services.exchange.domain.ledger import CountedOutcome, ledger_id
from services.exchange.domain.visit import Visit

VISIT = "visit"
Reported = OutcomeReported | OutcomeSettled


@dataclass(frozen=True)
class Counting:
    """Where what an outcome came of is looked up, and where it is counted."""

    ledgers: Ledgers
    agreements: Agreements
    visits: Visits
    consultations: Consultations
    sites: Sites

    def came_of(self, origin: Origin) -> Visit | Consultation:
        """Raises `Unknown`."""
        return (self.visits if origin.kind == VISIT else self.consultations).load(origin.id).state


def count_outcome(event: CloudEvent, outcome: Reported, counting: Counting, now: datetime) -> None:
    """Counts the outcome in the condition and year of the visit or consultation that it came of, and toward joint
    outcomes in the year of the report: all at once, and once each, however often it is told and in however many
    versions.

    Raises `NotYet` where visit, consultation or ledger is unknown: who told of the outcome knows it, so it is to come.
    """
    try:
        promises = [(outcome.condition, outcome.origin_year, derived(event.id, "count_outcome"))]
        agreement, origin = counting.agreements.load(outcome.agreement).state, counting.came_of(outcome.origin)
        zones = [site.zone for site in counting.sites.named(agreement.partners).values()]
        for joint, year in joint_promises(agreement, origin, _reported_at(event, outcome), zones, outcome.origin.slot):
            promises.append((joint.id, year, derived(event.id, "count_outcome", joint.id)))
        counting.ledgers.count_outcome(
            {
                ledger_id(outcome.agreement, condition, year): _counted(effect, condition, outcome, event, now)
                for condition, year, effect in promises
            }
        )
    except Unknown as unknown:
        raise NotYet(**unknown.facts) from None


def _reported_at(event: CloudEvent, outcome: Reported) -> datetime:
    return outcome.reported_at if isinstance(outcome, OutcomeSettled) else event.time


def _counted(effect: str, condition: str, outcome: Reported, event: CloudEvent, now: datetime) -> CountedOutcome:
    came_of = {outcome.origin.kind: outcome.origin.id}
    about = (outcome.outcome, outcome.outcome_type)
    return CountedOutcome(effect, condition, *about, **came_of, at=now, sequence=event.sequence)
