"""Outcomes: expected, reported, corrected, waived."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands, queries
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Outcomes:
    """What can be asked about outcomes."""

    stores: Stores
    clock: Clock

    @decided_again_on_conflict
    def report_outcome(self, command: commands.ReportOutcome, context: Context) -> Receipt:
        return commands.report_outcome(command, context, self.stores.answering)

    @decided_again_on_conflict
    def correct_outcome(self, command: commands.CorrectOutcome, context: Context) -> Receipt:
        return commands.correct_outcome(command, context, self.stores.answering)

    @decided_again_on_conflict
    def waive_outcome(self, command: commands.WaiveOutcome, context: Context) -> Receipt:
        return commands.waive_outcome(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def mark_overdue(self, outcome_id: str, context: Context) -> None:
        commands.mark_overdue(outcome_id, context, self.stores.outcomes)

    @decided_again_on_conflict
    def remind_of_due(self, outcome_id: str, context: Context) -> None:
        commands.remind_of_due(outcome_id, context, self.stores.outcomes)

    def outcome(self, asked: queries.AskOutcome, actor: Actor) -> View:
        stores, now = self.stores, self.clock.now()
        return queries.outcome(asked, actor, now, stores.outcomes, stores.law, stores.people, stores.delegations)

    def owed(self, asked: queries.AskOwed, actor: Actor) -> View:
        return queries.owed(asked, actor, self.clock.now(), self.stores.outcomes, self.stores.people)

    def outcomes(self, asked: queries.AskOutcomes, actor: Actor) -> View:
        return queries.outcomes(asked, actor, self.stores.outcomes, self.stores.people)
