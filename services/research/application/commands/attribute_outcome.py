"""It is said what else an outcome came of, or that it did not come of something."""

from dataclasses import replace
from typing import Self

from pydantic import model_validator

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.answering import Answering
from services.research.application.commands.origin_fields import SomeOrigins
from services.research.domain.attributing import attribute
from services.research.domain.permissions import may_attribute


class AttributeOutcome(Change):
    """`add` and `remove`: what else it came of, and of what it did not; the first thing stays."""

    outcome_id: OutcomeId
    add: SomeOrigins = ()
    remove: SomeOrigins = ()
    reason: FullParagraph

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.add and not self.remove:
            raise ValueError("name something to add or to remove")
        return self


def attribute_outcome(command: AttributeOutcome, context: Context, answering: Answering) -> Receipt:
    """Changes what the outcome came of beside the first thing, by which it is counted."""
    outcome = answering.outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    state = outcome.state
    behalf = answering.acting(context, state)
    may_attribute(context.actor, state, behalf)
    add = answering.known((each.named() for each in command.add), context.actor, agreement=state.agreement)
    decision = attribute(state, add, [each.named() for each in command.remove], reason=command.reason)
    return answering.saved(add, outcome, replace(decision, on_behalf_of=behalf), context)
