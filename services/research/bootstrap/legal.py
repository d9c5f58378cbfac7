"""What law asks between the partners."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import queries
from services.research.application.commands import legal
from services.research.application.law import Law
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class Legal:
    """What can be asked about requirements of law and their clearances."""

    stores: Stores
    clock: Clock

    @property
    def law(self) -> Law:
        return self.stores.law

    @decided_again_on_conflict
    def require_clearance(self, command: legal.RequireClearance, context: Context) -> Receipt:
        return legal.require_clearance(command, context, self.law)

    @decided_again_on_conflict
    def change_requirement(self, command: legal.ChangeRequirement, context: Context) -> Receipt:
        return legal.change_requirement(command, context, self.law)

    @decided_again_on_conflict
    def end_requirement(self, command: legal.EndRequirement, context: Context) -> Receipt:
        return legal.end_requirement(command, context, self.law)

    @decided_again_on_conflict
    def record_clearance(self, command: legal.RecordClearance, context: Context) -> Receipt:
        return legal.record_clearance(command, context, self.stores.outcomes, self.law)

    @decided_again_on_conflict
    def waive_clearance(self, command: legal.WaiveClearance, context: Context) -> Receipt:
        return legal.waive_clearance(command, context, self.stores.outcomes, self.law)

    @decided_again_on_conflict
    def revoke_clearance(self, command: legal.RevokeClearance, context: Context) -> Receipt:
        return legal.revoke_clearance(command, context, self.stores.outcomes, self.law)

    @decided_again_on_conflict
    def state_directions(self, command: legal.StateDirections, context: Context) -> Receipt:
        return legal.state_directions(command, context, self.stores.outcomes)

    @decided_again_on_conflict
    def tell_clearances(self, outcome_id: str, context: Context) -> None:
        legal.tell_clearances(outcome_id, context, self.stores.outcomes, self.law)

    def requirements(self, asked: queries.AskRequirements, actor: Actor) -> View:
        return queries.requirements(asked, actor, self.law, self.stores.people)
