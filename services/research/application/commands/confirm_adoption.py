"""A partner hospital confirms that it uses an outcome."""

from chassis.commands import Change, Day, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, SiteId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.adopting import adopt
from services.research.domain.permissions import may_confirm


class ConfirmAdoption(Change):
    """The site that uses it, and since which day there."""

    outcome_id: OutcomeId
    adopting_site: SiteId
    adopted_on: Day
    note: Paragraph = ""


def confirm_adoption(command: ConfirmAdoption, context: Context, outcomes: Outcomes) -> Receipt:
    """Ends the transfer: the outcome is in use."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_confirm(context.actor, outcome.state, command.adopting_site)
    decision = adopt(
        outcome.state,
        site=command.adopting_site,
        adopted_on=command.adopted_on,
        note=command.note,
        by=context.actor.person,
        now=context.now,
    )
    return outcomes.save(outcome, decision, context)
