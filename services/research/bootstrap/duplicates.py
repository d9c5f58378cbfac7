"""Outcomes that may be one and the same, and are made one."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Duplicates:
    """What can be asked about duplicates."""

    stores: Stores

    @decided_again_on_conflict
    def merge_outcomes(self, command: commands.MergeOutcomes, context: Context) -> Receipt:
        return commands.merge_outcomes(command, context, self.stores.outcomes, self.stores.currencies)

    def duplicates_of(self, asked: queries.AskDuplicates, actor: Actor) -> View:
        return queries.duplicates(asked, actor, self.stores.outcomes)
