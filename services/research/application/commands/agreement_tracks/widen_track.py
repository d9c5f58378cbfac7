"""One side proposes that an agreement serves an outcome more."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import AgreementTrackId, OutcomeId
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.agreement_tracks.permissions import may_widen
from services.research.domain.agreement_tracks.widening import widen
from services.research.domain.permissions import may_see


class WidenTrack(Change):
    track_id: AgreementTrackId
    outcome_id: OutcomeId
    reason: FullParagraph


def widen_track(command: WidenTrack, context: Context, tracks: AgreementTracks, outcomes: Outcomes) -> Receipt:
    """It waits for the other side, and is not served yet. Raises `Unknown` for an outcome not theirs to see."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    side = may_widen(context.actor, track.state)
    outcome = outcomes.load(command.outcome_id).state
    if not may_see(context.actor, outcome):
        raise Unknown(kind="outcome", id=command.outcome_id)
    by, now = context.actor.person, context.now
    return tracks.save(track, widen(track.state, outcome, side, reason=command.reason, by=by, now=now), context)
