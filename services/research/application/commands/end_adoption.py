"""A hospital no longer uses an outcome."""

from chassis.commands import Change, Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, SiteId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain import adopting
from services.research.domain.permissions import may_confirm


class EndAdoption(Change):
    """On which day there it was given up, and why."""

    outcome_id: OutcomeId
    adopting_site: SiteId
    ended_on: Day
    reason: FullParagraph


def end_adoption(command: EndAdoption, context: Context, outcomes: Outcomes) -> Receipt:
    """Ends one site's use; nobody is asked how it goes on there."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_confirm(context.actor, outcome.state, command.adopting_site, "end_adoption")
    decision = adopting.end_adoption(
        outcome.state,
        site=command.adopting_site,
        ended_on=command.ended_on,
        reason=command.reason,
        by=context.actor.person,
        now=context.now,
    )
    return outcomes.save(outcome, decision, context)
