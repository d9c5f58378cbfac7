"""The other side agrees that an agreement serves an outcome more."""

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementTrackId, OutcomeId
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.agreement_tracks.permissions import may_agree
from services.research.domain.agreement_tracks.widening import agree


class AgreeToWidening(Change):
    track_id: AgreementTrackId
    outcome_id: OutcomeId


def agree_to_widening(
    command: AgreeToWidening, context: Context, tracks: AgreementTracks, outcomes: Outcomes
) -> Receipt:
    """From now on the agreement serves it, and clears it once it is in force."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    may_agree(context.actor, track.state, command.outcome_id)
    outcome = outcomes.load(command.outcome_id).state
    return tracks.save(track, agree(track.state, outcome, by=context.actor.person), context)
