"""What has to be done around visits."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.following import Following
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Tracks:
    """What can be asked about the steps around a visit."""

    stores: Stores
    clock: Clock
    following: Following

    @decided_again_on_conflict
    def complete_step(self, command: commands.CompleteStep, context: Context) -> Receipt:
        return commands.complete_step(command, context, self.following)

    @decided_again_on_conflict
    def waive_step(self, command: commands.WaiveStep, context: Context) -> Receipt:
        return commands.waive_step(command, context, self.following)

    @decided_again_on_conflict
    def slip_step(self, command: commands.SlipStep, context: Context) -> Receipt:
        return commands.slip_step(command, context, self.following)

    @decided_again_on_conflict
    def reopen_step(self, command: commands.ReopenStep, context: Context) -> Receipt:
        return commands.reopen_step(command, context, self.following)

    @decided_again_on_conflict
    def tell_overdue(self, track_id: str, context: Context) -> None:
        commands.tell_overdue(track_id, context, self.following)

    @decided_again_on_conflict
    def tell_near(self, track_id: str, context: Context) -> None:
        commands.tell_near(track_id, context, self.following)

    def visit_track(self, asked: queries.AskVisitTrack, actor: Actor) -> View:
        return queries.visit_track(
            asked, actor, self.clock.now(), self.following, self.stores.tracks, self.stores.people
        )

    def open_steps(self, asked: queries.AskOpenSteps, actor: Actor) -> View:
        return queries.open_steps(asked, actor, self.clock.now(), self.stores.tracks)
