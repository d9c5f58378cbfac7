"""A partner hospital confirms that it uses an outcome."""

from chassis.commands import Change, Day, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, SiteId
from services.research.application.commands.adoption_fields import Count, Guideline
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.adopting import Use, adopt
from services.research.domain.permissions import may_confirm


class ConfirmAdoption(Change):
    """The site that uses it, since which day there, for how many, and the guideline that was changed for it."""

    outcome_id: OutcomeId
    adopting_site: SiteId
    adopted_on: Day
    patients: Count | None = None
    procedures: Count | None = None
    guideline: Guideline = ""
    note: Paragraph = ""

    def told(self) -> Use:
        return Use(self.adopting_site, self.adopted_on, self.patients, self.procedures, self.guideline, self.note)


def confirm_adoption(command: ConfirmAdoption, context: Context, outcomes: Outcomes) -> Receipt:
    """The first such site ends the transfer: the outcome is in use; others may follow."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_confirm(context.actor, outcome.state, command.adopting_site)
    decision = adopt(outcome.state, command.told(), by=context.actor.person, now=context.now)
    return outcomes.save(outcome, decision, context)
