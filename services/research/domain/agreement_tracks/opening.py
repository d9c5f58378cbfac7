"""Opening a track, and ending one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.research.domain.agreement_tracks.definitions import STEPS
from services.research.domain.agreement_tracks.events import TrackEnded, TrackWaits
from services.research.domain.agreement_tracks.lifecycle import END, must_fit
from services.research.domain.agreement_tracks.refusals import OutcomeNotOfSides
from services.research.domain.agreement_tracks.track import ENDED, OPEN, AgreementTrack, Side, Step
from services.research.domain.legal.refusals import OneEndOnly
from services.research.domain.outcome import LIVE, Outcome
from services.research.domain.refusals import WrongState


@dataclass(frozen=True)
class Wish:
    """What an agreement is to be about: its kind, a title, who gives and who takes (sites)."""

    kind: str
    title: str
    provider: str
    recipient: str


def open_track(
    track_id: str, wish: Wish, outcomes: Sequence[Outcome], *, by: str | None, now: datetime
) -> Decision[AgreementTrack]:
    """It serves the outcomes, and waits for its first step. Raises `OneEndOnly`, `WrongState`, `OutcomeNotOfSides`."""
    if wish.provider == wish.recipient:
        raise OneEndOnly(site=wish.provider)
    for outcome in outcomes:
        _must_be_of(outcome, wish)
    zones = outcomes[0].zones
    opened = AgreementTrack(
        id=track_id,
        state=OPEN,
        kind=wish.kind,
        title=wish.title,
        outcomes=tuple(outcome.id for outcome in outcomes),
        provider=Side(wish.provider, zones[wish.provider]),
        recipient=Side(wish.recipient, zones[wish.recipient]),
        followers=_followers(outcomes, by),
        steps=tuple(Step(definition) for definition in STEPS[wish.kind]),
    ).awaiting(now)
    return Decision(opened, what="opened", events=(TrackWaits(opened, "opened"),), why=wish.title)


def end(track: AgreementTrack, *, reason: str) -> Decision[AgreementTrack]:
    """Gives up what is not signed, or terminates what is. Raises `TrackNotOpen`."""
    must_fit(track.state, END)
    ended = replace(track, state=ENDED, waiting=None, ended=reason)
    return Decision(ended, what="ended", events=(TrackEnded(ended, reason),), why=reason)


def _must_be_of(outcome: Outcome, wish: Wish) -> None:
    if not outcome.is_live:
        raise WrongState(state=outcome.state, command="open_track", fits=list(LIVE))
    for site in (wish.provider, wish.recipient):
        if site not in outcome.sites:
            raise OutcomeNotOfSides(outcome=outcome.id, site=site, sites=list(outcome.sites))


def _followers(outcomes: Sequence[Outcome], by: str | None) -> tuple[str, ...]:
    people = [by, *(person for each in outcomes for person in (each.responsible, *each.followers))]
    return tuple(dict.fromkeys(person for person in people if person))
