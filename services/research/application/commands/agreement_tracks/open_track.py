"""Two institutions begin to agree on what goes from one to the other."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.commands import Command, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import document_id
from contracts.words import OutcomeId, SiteId
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.agreement_tracks import opening
from services.research.domain.agreement_tracks.opening import MOST_OUTCOMES, Wish
from services.research.domain.agreement_tracks.permissions import may_open
from services.research.domain.permissions import may_see

TrackKind = Literal["material-transfer", "data-transfer", "licence"]


class OpenTrack(Command):
    """`provider_site` gives, `recipient_site` takes; both have to do with every one of the outcomes."""

    kind: TrackKind
    title: Line
    outcome_ids: Annotated[tuple[OutcomeId, ...], Field(min_length=1, max_length=MOST_OUTCOMES)]
    provider_site: SiteId
    recipient_site: SiteId


def open_track(command: OpenTrack, context: Context, tracks: AgreementTracks, outcomes: Outcomes) -> Receipt:
    """Opens a track, once: its id is made of the command's. Raises `Unknown` for an outcome not theirs to see."""
    track_id = document_id("tra", context.command_id)
    may_open(context.actor, command.provider_site, command.recipient_site)
    if answer := tracks.made(track_id, context):
        return answer
    ids = tuple(dict.fromkeys(command.outcome_ids))
    found = {each: state for each, state in outcomes.named(ids).items() if may_see(context.actor, state)}
    if missing := [each for each in ids if each not in found]:
        raise Unknown(kind="outcome", id=missing[0])
    wish = Wish(command.kind, command.title, command.provider_site, command.recipient_site)
    served = [found[each] for each in ids]
    decision = opening.open_track(track_id, wish, served, by=context.actor.person, now=context.now)
    return tracks.add(track_id, decision, context)
