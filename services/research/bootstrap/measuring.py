"""Figures of outcomes, and what agreements promise of them."""

from chassis.kernel.actor import Actor
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Measuring:
    """What can be asked about all of them together."""

    stores: Stores

    def measures(self, asked: queries.AskMeasures, actor: Actor) -> View:
        return queries.measures(asked, actor, self.stores.measures, self.stores.promises)

    def promises(self, asked: queries.AskPromises, actor: Actor) -> View:
        return queries.promises(asked, actor, self.stores.promises, self.stores.measures)

    def count_anew(self, asked: commands.CountAnew, actor: Actor) -> View:
        return dict(commands.count_anew(asked, actor, self.stores.measures))
