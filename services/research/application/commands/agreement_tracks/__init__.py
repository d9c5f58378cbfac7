"""Agreements between two institutions: opened, drafted, reviewed, signed, ended."""

from services.research.application.commands.agreement_tracks.agree_to_widening import (
    AgreeToWidening,
    agree_to_widening,
)
from services.research.application.commands.agreement_tracks.decline_widening import DeclineWidening, decline_widening
from services.research.application.commands.agreement_tracks.end_track import EndTrack, end_track
from services.research.application.commands.agreement_tracks.look_at_track import look_at_track
from services.research.application.commands.agreement_tracks.open_track import OpenTrack, open_track
from services.research.application.commands.agreement_tracks.return_step import ReturnStep, return_step
from services.research.application.commands.agreement_tracks.sign_track import SignTrack, sign_track
from services.research.application.commands.agreement_tracks.take_step import TakeStep, take_step
from services.research.application.commands.agreement_tracks.widen_track import WidenTrack, widen_track

__all__ = [
    "AgreeToWidening",
    "DeclineWidening",
    "EndTrack",
    "OpenTrack",
    "ReturnStep",
    "SignTrack",
    "TakeStep",
    "WidenTrack",
    "agree_to_widening",
    "decline_widening",
    "end_track",
    "look_at_track",
    "open_track",
    "return_step",
    "sign_track",
    "take_step",
    "widen_track",
]
