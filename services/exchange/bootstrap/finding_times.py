"""Finding a time for consultations."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from services.exchange.application import queries
from services.exchange.application.consultation_planning import ConsultationPlanning
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class FindingTimes:
    """What can be asked about when several hospitals can meet."""

    stores: Stores
    clock: Clock
    consultation_planning: ConsultationPlanning

    def find_a_time(self, asked: queries.AskFindATime, actor: Actor) -> View:
        return queries.find_a_time(asked, actor, self.clock.now(), self.stores.people, self.consultation_planning)
