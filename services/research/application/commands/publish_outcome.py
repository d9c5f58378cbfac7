"""Anybody may read of an outcome from now on."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import OutcomeId
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.permissions import may_publish
from services.research.domain.publicity import publish


class PublishOutcome(Change):
    """`consent`: who agreed that it is public, and that nobody can be known by it who should not."""

    outcome_id: OutcomeId
    consent: FullParagraph


def publish_outcome(command: PublishOutcome, context: Context, outcomes: Outcomes) -> Receipt:
    """Makes a reported outcome public; catalogues that harvest learn of it at their next visit."""
    outcome = outcomes.load(command.outcome_id)
    if answer := outcome.answered(context):
        return answer
    may_publish(context.actor, outcome.state, "publish_outcome")
    return outcomes.save(outcome, publish(outcome.state, consent=command.consent), context)
