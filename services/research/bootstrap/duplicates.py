"""Outcomes that may be one and the same."""

from chassis.kernel.actor import Actor
from services.research.application import queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Duplicates:
    """What can be asked about duplicates."""

    stores: Stores

    def duplicates_of(self, asked: queries.AskDuplicates, actor: Actor) -> View:
        return queries.duplicates(asked, actor, self.stores.outcomes)
