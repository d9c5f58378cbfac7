"""An agreement is given up, or terminated."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementTrackId
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.domain.agreement_tracks.opening import end
from services.research.domain.agreement_tracks.permissions import may_end


class EndTrack(Change):
    track_id: AgreementTrackId
    reason: FullParagraph


def end_track(command: EndTrack, context: Context, tracks: AgreementTracks) -> Receipt:
    """It waits for nobody, and clears nothing any more."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    may_end(context.actor, track.state)
    return tracks.save(track, end(track.state, reason=command.reason), context)
