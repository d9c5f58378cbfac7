"""Planning ahead."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from services.exchange.application import queries
from services.exchange.application.planning import Planning
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class PlanningAhead:
    """What can be asked about visits that are not possible, and about what is possible instead."""

    stores: Stores
    planning: Planning
    clock: Clock

    def why_not(self, asked: queries.AskWhyNot, actor: Actor) -> View:
        now, stores = self.clock.now(), self.stores
        return queries.why_not(asked, actor, now, stores.visits, stores.people, self.planning)
