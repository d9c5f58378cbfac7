"""The side whose turn it is has done its step."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Change, Day, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementTrackId
from services.research.application.commands.legal.fields import PaperFields
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.domain.agreement_tracks.lifecycle import TAKE
from services.research.domain.agreement_tracks.permissions import may_take
from services.research.domain.agreement_tracks.stepping import Draft, take

StepName = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]


class TextFields(PaperFields):
    """The text that is to be signed; `expires_on`: the last day on which it is to be in force, none for no end."""

    expires_on: Day | None = None

    def drafted(self) -> Draft:
        """Raises `PaperInvalid`."""
        return Draft(self.told(), self.expires_on)


class TakeStep(Change):
    """`step`: the one that is awaited, by name, so that nobody takes another unawares. `text`: of a draft alone."""

    track_id: AgreementTrackId
    step: StepName
    note: Paragraph = ""
    text: TextFields | None = None


def take_step(command: TakeStep, context: Context, tracks: AgreementTracks) -> Receipt:
    """The next step is waited for."""
    track = tracks.load(command.track_id)
    if answer := track.answered(context):
        return answer
    may_take(context.actor, track.state, TAKE)
    draft = command.text.drafted() if command.text else None
    by, now = context.actor.person, context.now
    decision = take(track.state, command.step, note=command.note, draft=draft, by=by, now=now)
    return tracks.save(track, decision, context)
