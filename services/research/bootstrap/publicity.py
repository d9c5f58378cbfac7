"""Outcomes for the public."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Publicity:
    """What can be asked about who outside may read of outcomes, and by them."""

    stores: Stores
    clock: Clock

    @decided_again_on_conflict
    def publish_outcome(self, command: commands.PublishOutcome, context: Context) -> Receipt:
        return commands.publish_outcome(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def unpublish_outcome(self, command: commands.UnpublishOutcome, context: Context) -> Receipt:
        return commands.unpublish_outcome(command, context, self.stores.outcomes)

    def harvest(self, asked: queries.AskHarvest, _: Actor) -> View:
        """Whoever asks is answered the same."""
        stores = self.stores
        return queries.harvest(
            asked, self.clock.now(), stores.public_outcomes, stores.public_names, stores.harvest_answers
        )
