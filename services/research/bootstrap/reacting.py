"""What research does when it is told of something."""

from collections.abc import Callable
from typing import Any

from chassis.clock import Clock
from chassis.kernel.conflicts import decided_again_on_conflict
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationEnteredInError, ConsultationSessionHeld
from contracts.exchange.v1 import (
    AGREEMENT_EVENTS,
    AgreementEvent,
    PersonChanged,
    VisitEnteredInError,
    VisitFulfilled,
)
from services.research.application import reactions
from services.research.bootstrap.stores import Stores


class Reacting:
    """One method for each event, or each kind of them."""

    stores: Stores
    clock: Clock

    def keep_person(self, event: CloudEvent, person: PersonChanged) -> None:
        reactions.keep_person(event, person, self.stores.people)

    def keep_promises(self, event: CloudEvent, agreement: AgreementEvent) -> None:
        reactions.keep_promises(event, agreement, self.stores.promises)

    @decided_again_on_conflict
    def expect_outcome(self, event: CloudEvent, visit: VisitFulfilled) -> None:
        reactions.keep_sites(event, (visit.sending_site, visit.host_site), self.stores.sites)
        self._opening().of_visit(event, visit, self.clock.now())

    @decided_again_on_conflict
    def expect_of_finding(self, event: CloudEvent, held: ConsultationSessionHeld) -> None:
        reactions.keep_sites(event, held.sites, self.stores.sites)
        self._opening().of_session(event, held, self.clock.now())

    @decided_again_on_conflict
    def withdraw_outcome(self, event: CloudEvent, told: VisitEnteredInError | ConsultationEnteredInError) -> None:
        outcomes, occurrences, mistakes = self.stores.outcomes, self.stores.occurrences, self.stores.mistakes
        reactions.withdraw_outcome(event, told.reason, self.clock.now(), outcomes, occurrences, mistakes)

    def _opening(self) -> reactions.Opening:
        return reactions.Opening(self.stores.outcomes, self.stores.occurrences, self.stores.mistakes)

    def handlers(self) -> dict[str, Callable[[CloudEvent, Any], None]]:
        """What is done with each event that the manifest subscribes to."""
        return {
            PersonChanged.type: self.keep_person,
            **{event.type: self.keep_promises for event in AGREEMENT_EVENTS},
            VisitFulfilled.type: self.expect_outcome,
            ConsultationSessionHeld.type: self.expect_of_finding,
            VisitEnteredInError.type: self.withdraw_outcome,
            ConsultationEnteredInError.type: self.withdraw_outcome,
        }
