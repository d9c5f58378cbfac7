"""Outcomes for the public."""

from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands
from services.research.bootstrap.stores import Stores


class Publicity:
    """What can be asked about who outside may read of outcomes."""

    stores: Stores

    @decided_again_on_conflict
    def publish_outcome(self, command: commands.PublishOutcome, context: Context) -> Receipt:
        return commands.publish_outcome(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def unpublish_outcome(self, command: commands.UnpublishOutcome, context: Context) -> Receipt:
        return commands.unpublish_outcome(command, context, self.stores.outcomes)
