"""Outcomes as files for other systems."""

from chassis.kernel.actor import Actor
from services.research.application import queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Exporting:
    """What can be asked for as a file."""

    stores: Stores

    def export_outcomes(self, asked: queries.ExportOutcomes, actor: Actor) -> View:
        return queries.export_outcomes(asked, actor, self.stores.outcomes, self.stores.writers)
