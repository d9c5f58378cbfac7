"""Exchange tells of a fulfilled visit: where the agreement expects an outcome of it, somebody now owes one."""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.ids import document_id
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import ExpectedOutcome, VisitFulfilled
from services.research.application.ports.copies import Mistakes
from services.research.application.ports.outcomes import Outcomes
from services.research.application.reactions.withdraw_outcome import take_back
from services.research.domain.expecting import expect
from services.research.domain.outcome import EXPECTED, VISIT, Origin, Outcome


def expect_outcome(
    event: CloudEvent, visit: VisitFulfilled, now: datetime, outcomes: Outcomes, mistakes: Mistakes
) -> None:
    """Opens the outcome, once: its id is made of the event's. Does nothing where none is expected.

    Where the visit is known to have been entered in error it is taken back at once.
    """
    if visit.expected_outcome is None:
        return
    context = caused_by(event, "expect_outcome", now)
    outcome = _outcome(document_id("out", context.command_id), visit, visit.expected_outcome)
    outcomes.add(outcome.id, expect(outcome, now=now), context)
    take_back(event, outcomes.load(outcome.id), now, outcomes, mistakes)


def _outcome(outcome_id: str, visit: VisitFulfilled, expected: ExpectedOutcome) -> Outcome:
    ends = (visit.sending_site, visit.host_site)
    return Outcome(
        id=outcome_id,
        state=EXPECTED,
        type=expected.type,
        title=visit.purpose,
        field=visit.field,
        agreement=visit.agreement,
        condition=visit.condition,
        origin=_origin(visit),
        sites=tuple(site.id for site in ends),
        zones={site.id: site.zone for site in ends},
        responsible=visit.leader,
        followers=_followers(visit),
        due_on=expected.due_on,
    )


def _origin(visit: VisitFulfilled) -> Origin:
    return Origin(VISIT, visit.visit, visit.planned_arrival.year, visit.actual_arrival, title=visit.purpose)


def _followers(visit: VisitFulfilled) -> tuple[str, ...]:
    """Who proposed the visit and the coordinators of both ends, each once."""
    return tuple(dict.fromkeys((visit.proposer, *visit.sending_site.coordinators, *visit.host_site.coordinators)))
