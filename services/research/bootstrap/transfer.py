"""The way of outcomes into practice."""

from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands
from services.research.bootstrap.stores import Stores


class Transfer:
    """What can be asked about gates and adoption."""

    stores: Stores

    @decided_again_on_conflict
    def decide_gate(self, command: commands.DecideGate, context: Context) -> Receipt:
        return commands.decide_gate(command, context, self.stores.outcomes, self.stores.law)

    @decided_again_on_conflict
    def rate_readiness(self, command: commands.RateReadiness, context: Context) -> Receipt:
        return commands.rate_readiness(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def confirm_adoption(self, command: commands.ConfirmAdoption, context: Context) -> Receipt:
        return commands.confirm_adoption(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def mark_gate_due(self, outcome_id: str, context: Context) -> None:
        commands.mark_gate_due(outcome_id, context, self.stores.outcomes)

    @decided_again_on_conflict
    def end_adoption(self, command: commands.EndAdoption, context: Context) -> Receipt:
        return commands.end_adoption(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def record_follow_up(self, command: commands.RecordFollowUp, context: Context) -> Receipt:
        return commands.record_follow_up(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def ask_follow_up(self, outcome_id: str, context: Context) -> None:
        commands.ask_follow_up(outcome_id, context, self.stores.outcomes)
