"""A hospital says, half a year or a year later, whether it still uses an outcome."""

from typing import Literal, Self

from pydantic import StrictBool, model_validator

from chassis.commands import Change, Day, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId, SiteId
from services.research.application.commands.adoption_fields import Count
from services.research.application.ports.outcomes import Outcomes
from services.research.domain import following_up
from services.research.domain.following_up import Seen
from services.research.domain.permissions import may_confirm


class RecordFollowUp(Change):
    """So many months after it was adopted there; the counts are of those since. `ended_on`: if it is used no more."""

    outcome_id: OutcomeId
    adopting_site: SiteId
    months: Literal[6, 12]
    still_in_use: StrictBool
    ended_on: Day | None = None
    patients: Count | None = None
    procedures: Count | None = None
    note: Paragraph = ""

    @model_validator(mode="after")
    def _of_one_mind(self) -> Self:
        if self.still_in_use and self.ended_on:
            raise ValueError("ended_on is for what is no longer in use")
        if not self.still_in_use and not (self.ended_on and self.note):
            raise ValueError("what is no longer in use needs ended_on, and the reason as note")
        return self

    def told(self) -> Seen:
        return Seen(self.adopting_site, self.months, self.ended_on, self.patients, self.procedures, self.note)


def record_follow_up(command: RecordFollowUp, context: Context, outcomes: Outcomes) -> Receipt:
    """Keeps what the adopting site says, once for each follow-up."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_confirm(context.actor, outcome.state, command.adopting_site, "record_follow_up")
    decision = following_up.record_follow_up(outcome.state, command.told(), by=context.actor.person, now=context.now)
    return outcomes.save(outcome, decision, context)
