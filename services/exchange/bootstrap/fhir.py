"""The diary as other hospital systems read it."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from services.exchange.application import queries
from services.exchange.application.diary.desk import Desk
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class DiaryForOthers:
    """What can be asked about the diary in FHIR's terms."""

    stores: Stores
    clock: Clock

    def fhir_read(self, asked: queries.AskFhirRead, actor: Actor) -> View:
        return queries.fhir_read(asked, self._desk(actor))

    def fhir_search(self, asked: queries.AskFhirSearch, actor: Actor) -> View:
        return queries.fhir_search(asked, self._desk(actor))

    def _desk(self, actor: Actor) -> Desk:
        stores = self.stores
        return Desk(
            actor=actor,
            now=self.clock.now(),
            sites={each.id: each.state for each in stores.sites.all()},
            diary=stores.diary,
            people=stores.people,
            calendars=stores.calendars,
            rendering=stores.rendering,
        )
