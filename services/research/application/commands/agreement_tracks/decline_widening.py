"""What one side proposed an agreement to serve, it is not to serve."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementTrackId, OutcomeId
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.domain.agreement_tracks.permissions import may_decline
from services.research.domain.agreement_tracks.widening import decline


class DeclineWidening(Change):
    track_id: AgreementTrackId
    outcome_id: OutcomeId
    reason: FullParagraph


def decline_widening(command: DeclineWidening, context: Context, tracks: AgreementTracks) -> Receipt:
    """The other side does not agree, or who proposed it takes it back."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    may_decline(context.actor, track.state)
    return tracks.save(track, decline(track.state, command.outcome_id, reason=command.reason), context)
