"""One side signs; nobody does for the other."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementTrackId
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.domain.agreement_tracks.permissions import may_sign
from services.research.domain.agreement_tracks.stepping import sign


class SignTrack(Change):
    """`sha256`: of the text that is signed, so that nobody signs another."""

    track_id: AgreementTrackId
    sha256: Annotated[str, StringConstraints(max_length=64)]


def sign_track(command: SignTrack, context: Context, tracks: AgreementTracks) -> Receipt:
    """With the second signature the agreement is in force."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    may_sign(context.actor, track.state)
    decision = sign(track.state, sha256=command.sha256, by=context.actor.person, now=context.now)
    return tracks.save(track, decision, context)
