"""Agreements between two institutions."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import queries
from services.research.application.commands import agreement_tracks
from services.research.application.queries.views import View
from services.research.bootstrap.stores import Stores


class AgreementTracks:
    """What can be asked about agreement tracks."""

    stores: Stores
    clock: Clock

    @decided_again_on_conflict
    def open_track(self, command: agreement_tracks.OpenTrack, context: Context) -> Receipt:
        return agreement_tracks.open_track(command, context, self.stores.tracks, self.stores.outcomes)

    @decided_again_on_conflict
    def take_step(self, command: agreement_tracks.TakeStep, context: Context) -> Receipt:
        return agreement_tracks.take_step(command, context, self.stores.tracks)

    @decided_again_on_conflict
    def return_step(self, command: agreement_tracks.ReturnStep, context: Context) -> Receipt:
        return agreement_tracks.return_step(command, context, self.stores.tracks)

    @decided_again_on_conflict
    def sign_track(self, command: agreement_tracks.SignTrack, context: Context) -> Receipt:
        return agreement_tracks.sign_track(command, context, self.stores.tracks)

    @decided_again_on_conflict
    def widen_track(self, command: agreement_tracks.WidenTrack, context: Context) -> Receipt:
        return agreement_tracks.widen_track(command, context, self.stores.tracks, self.stores.outcomes)

    @decided_again_on_conflict
    def agree_to_widening(self, command: agreement_tracks.AgreeToWidening, context: Context) -> Receipt:
        return agreement_tracks.agree_to_widening(command, context, self.stores.tracks, self.stores.outcomes)

    @decided_again_on_conflict
    def decline_widening(self, command: agreement_tracks.DeclineWidening, context: Context) -> Receipt:
        return agreement_tracks.decline_widening(command, context, self.stores.tracks)

    @decided_again_on_conflict
    def end_track(self, command: agreement_tracks.EndTrack, context: Context) -> Receipt:
        return agreement_tracks.end_track(command, context, self.stores.tracks)

    @decided_again_on_conflict
    def look_at_track(self, track_id: str, context: Context) -> None:
        agreement_tracks.look_at_track(track_id, context, self.stores.tracks, self.stores.outcomes)

    def track(self, asked: queries.AskTrack, actor: Actor) -> View:
        return queries.track(asked, actor, self.clock.now(), self.stores.tracks, self.stores.people)

    def tracks(self, asked: queries.AskTracks, actor: Actor) -> View:
        return queries.tracks(asked, actor, self.clock.now(), self.stores.tracks)
