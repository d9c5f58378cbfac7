"""The side whose turn it is sends back what came before."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementTrackId
from services.research.application.commands.agreement_tracks.take_step import StepName
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.domain.agreement_tracks.lifecycle import RETURN
from services.research.domain.agreement_tracks.permissions import may_take
from services.research.domain.agreement_tracks.stepping import send_back


class ReturnStep(Change):
    """`to_step`: a step that was taken; all from there on is done again."""

    track_id: AgreementTrackId
    to_step: StepName
    reason: FullParagraph


def return_step(command: ReturnStep, context: Context, tracks: AgreementTracks) -> Receipt:
    """The earlier step is waited for once more."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    may_take(context.actor, track.state, RETURN)
    by, now = context.actor.person, context.now
    return tracks.save(track, send_back(track.state, command.to_step, reason=command.reason, by=by, now=now), context)
