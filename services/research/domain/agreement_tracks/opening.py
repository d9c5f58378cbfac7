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

MOST_OUTCOMES = 20
"""As many as both sides can have in mind when they sign."""


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
        must_be_of(outcome, (wish.provider, wish.recipient), "open_track")
    zones = outcomes[0].zones
    opened = AgreementTrack(
        id=track_id,
        state=OPEN,
        kind=wish.kind,
        title=wish.title,
        outcomes=tuple(outcome.id for outcome in outcomes),
        provider=Side(wish.provider, zones[wish.provider]),
        recipient=Side(wish.recipient, zones[wish.recipient]),
        followers=followers_of(outcomes, by),
        steps=tuple(Step(definition) for definition in STEPS[wish.kind]),
    ).awaiting(now)
    return Decision(opened, what="opened", events=(TrackWaits(opened, "opened"),), why=wish.title)


def end(track: AgreementTrack, *, reason: str) -> Decision[AgreementTrack]:
    """Gives up what is not signed, or terminates what is. Raises `TrackNotOpen`."""
    must_fit(track.state, END)
    ended = replace(track, state=ENDED, waiting=None, ended=reason, widenings=())
    return Decision(ended, what="ended", events=(TrackEnded(ended, reason),), why=reason)


def must_be_of(outcome: Outcome, sites: Sequence[str], command: str) -> None:
    """It may go somewhere still, and both sites have to do with it. Raises `WrongState`, `OutcomeNotOfSides`."""
    if not outcome.is_live:
        raise WrongState(state=outcome.state, command=command, fits=list(LIVE))
    for site in sites:
        if site not in outcome.sites:
            raise OutcomeNotOfSides(outcome=outcome.id, site=site, sites=list(outcome.sites))


def followers_of(outcomes: Sequence[Outcome], by: str | None) -> tuple[str, ...]:
    """Who hears of an agreement that serves these: who opened it, and who owes or follows one of them."""
    people = [by, *(person for each in outcomes for person in (each.responsible, *each.followers))]
    return tuple(dict.fromkeys(person for person in people if person))
