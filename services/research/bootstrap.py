"""Research, put together: its documents, and each intent, question and reaction with what it needs."""

from collections.abc import Callable
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.timers import Timers
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationEnteredInError, ConsultationSessionHeld
from contracts.exchange.v1 import PersonChanged, VisitEnteredInError, VisitFulfilled
from services.research.adapters.currencies import IsoCurrencies
from services.research.adapters.repositories import MistakeCopies, OutcomeStore, PeopleCopies
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application import commands, queries, reactions
from services.research.application.queries.views import View
from services.research.domain.expecting import OVERDUE


class Research:
    """Everything that research can be asked. One per process; safe for several threads."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock) -> None:
        self.clock = clock
        self._outcomes = OutcomeStore(database["outcomes"], OUTCOME_SHAPE, clock)
        self._people = PeopleCopies(database["people"])
        self._mistakes = MistakeCopies(database["mistakes"])
        self._currencies = IsoCurrencies()
        self.timers = Timers(database["outcomes"], {OVERDUE: self.mark_overdue}, clock)

    @decided_again_on_conflict
    def report_outcome(self, command: commands.ReportOutcome, context: Context) -> Receipt:
        return commands.report_outcome(command, context, self._outcomes, self._currencies)

    @decided_again_on_conflict
    def correct_outcome(self, command: commands.CorrectOutcome, context: Context) -> Receipt:
        return commands.correct_outcome(command, context, self._outcomes, self._currencies)

    @decided_again_on_conflict
    def waive_outcome(self, command: commands.WaiveOutcome, context: Context) -> Receipt:
        return commands.waive_outcome(command, context, self._outcomes)

    @decided_again_on_conflict
    def decide_gate(self, command: commands.DecideGate, context: Context) -> Receipt:
        return commands.decide_gate(command, context, self._outcomes)

    @decided_again_on_conflict
    def confirm_adoption(self, command: commands.ConfirmAdoption, context: Context) -> Receipt:
        return commands.confirm_adoption(command, context, self._outcomes)

    @decided_again_on_conflict
    def mark_overdue(self, outcome_id: str, context: Context) -> None:
        commands.mark_overdue(outcome_id, context, self._outcomes)

    def outcome(self, asked: queries.AskOutcome, actor: Actor) -> View:
        return queries.outcome(asked, actor, self._outcomes, self._people)

    def outcomes(self, asked: queries.AskOutcomes, actor: Actor) -> View:
        return queries.outcomes(asked, actor, self._outcomes, self._people)

    def keep_person(self, event: CloudEvent, person: PersonChanged) -> None:
        reactions.keep_person(event, person, self._people)

    @decided_again_on_conflict
    def expect_outcome(self, event: CloudEvent, visit: VisitFulfilled) -> None:
        reactions.expect_outcome(event, visit, self.clock.now(), self._outcomes, self._mistakes)

    @decided_again_on_conflict
    def expect_of_finding(self, event: CloudEvent, held: ConsultationSessionHeld) -> None:
        reactions.expect_of_finding(event, held, self.clock.now(), self._outcomes, self._mistakes)

    @decided_again_on_conflict
    def withdraw_outcome(self, event: CloudEvent, told: VisitEnteredInError | ConsultationEnteredInError) -> None:
        reactions.withdraw_outcome(event, told.reason, self.clock.now(), self._outcomes, self._mistakes)

    def handlers(self) -> dict[str, Callable[[CloudEvent, Any], None]]:
        """What is done with each event that the manifest subscribes to."""
        return {
            PersonChanged.type: self.keep_person,
            VisitFulfilled.type: self.expect_outcome,
            ConsultationSessionHeld.type: self.expect_of_finding,
            VisitEnteredInError.type: self.withdraw_outcome,
            ConsultationEnteredInError.type: self.withdraw_outcome,
        }
