"""Calls about agreements between two institutions."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.research.application import queries
from services.research.application.commands import agreement_tracks
from services.research.application.queries.views import View
from services.research.bootstrap import Research


class AgreementTrackCalls(Asking):
    application: Research

    @rpc
    def open_track(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.OpenTrack, self.application.open_track, call, fields)

    @rpc
    def take_step(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.TakeStep, self.application.take_step, call, fields)

    @rpc
    def return_step(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.ReturnStep, self.application.return_step, call, fields)

    @rpc
    def sign_track(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.SignTrack, self.application.sign_track, call, fields)

    @rpc
    def widen_track(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.WidenTrack, self.application.widen_track, call, fields)

    @rpc
    def agree_to_widening(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.AgreeToWidening, self.application.agree_to_widening, call, fields)

    @rpc
    def decline_widening(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.DeclineWidening, self.application.decline_widening, call, fields)

    @rpc
    def end_track(self, call: Call, **fields: Any) -> Receipt:
        return self.give(agreement_tracks.EndTrack, self.application.end_track, call, fields)

    @rpc
    def track(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskTrack, self.application.track, call, fields)

    @rpc
    def tracks(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskTracks, self.application.tracks, call, fields)
