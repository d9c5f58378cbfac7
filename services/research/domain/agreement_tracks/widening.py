"""An outcome more that an agreement is to serve: one side proposes it, and it counts once the other side agrees."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.research.domain.agreement_tracks.events import TrackWidening
from services.research.domain.agreement_tracks.lifecycle import AGREE, DECLINE, WIDEN, must_fit
from services.research.domain.agreement_tracks.opening import MOST_OUTCOMES, followers_of, must_be_of
from services.research.domain.agreement_tracks.refusals import (
    AgreedByTheSame,
    ProposedAlready,
    ServedAlready,
    ServesTooMany,
    SignedAlready,
    WideningNotProposed,
)
from services.research.domain.agreement_tracks.track import AgreementTrack, Widening, other_than
from services.research.domain.outcome import Outcome


def widen(
    track: AgreementTrack, outcome: Outcome, side: str, *, reason: str, by: str | None, now: datetime
) -> Decision[AgreementTrack]:
    """The `side` proposes it; the agreement serves it no sooner than the other side agrees.

    Raises `TrackNotOpen`, `SignedAlready`, `ServedAlready`, `ProposedAlready`, `ServesTooMany`, `WrongState`,
    `OutcomeNotOfSides`.
    """
    must_fit(track.state, WIDEN)
    _must_be_unsigned(track)
    if outcome.id in track.outcomes:
        raise ServedAlready(outcome=outcome.id)
    if track.widening(outcome.id):
        raise ProposedAlready(outcome=outcome.id)
    if len(track.outcomes) + len(track.widenings) == MOST_OUTCOMES:
        raise ServesTooMany(most=MOST_OUTCOMES)
    must_be_of(outcome, track.sites, WIDEN)
    asked = track.side(other_than(side)).site
    wider = replace(track, widenings=(*track.widenings, Widening(outcome.id, side, asked, by, now, reason)))
    told = TrackWidening(wider, "proposed", outcome.id, side, reason)
    return Decision(wider, what="widening proposed", events=(told,), why=f"+ {outcome.id}: {reason}")


def agree(track: AgreementTrack, outcome: Outcome, *, by: str | None) -> Decision[AgreementTrack]:
    """The other side agrees: from now on the agreement serves the outcome, and those who follow that follow it.

    What was reviewed is not reviewed anew by that: who wants another text sends it back. Raises `TrackNotOpen`,
    `WideningNotProposed`, `AgreedByTheSame`, `WrongState`, `OutcomeNotOfSides`.
    """
    must_fit(track.state, AGREE)
    widening = _proposed(track, outcome.id)
    if by == widening.by:
        raise AgreedByTheSame(person=by)
    must_be_of(outcome, track.sites, AGREE)
    followers = dict.fromkeys((*track.followers, *followers_of([outcome], None)))
    served = replace(_without(track, widening), outcomes=(*track.outcomes, outcome.id), followers=tuple(followers))
    told = TrackWidening(served, "agreed", outcome.id, widening.side)
    return Decision(served, what="widening agreed", events=(told,), why=f"+ {outcome.id}")


def decline(track: AgreementTrack, outcome_id: str, *, reason: str) -> Decision[AgreementTrack]:
    """Either side: the other one does not agree, or who proposed it thinks better of it.

    Raises `TrackNotOpen`, `WideningNotProposed`.
    """
    must_fit(track.state, DECLINE)
    widening = _proposed(track, outcome_id)
    left = _without(track, widening)
    told = TrackWidening(left, "declined", outcome_id, widening.side, reason)
    return Decision(left, what="widening declined", events=(told,), why=f"- {outcome_id}: {reason}")


def _must_be_unsigned(track: AgreementTrack) -> None:
    """Nobody adds to what the other side has put its name under."""
    if track.signers:
        raise SignedAlready(sides=[step.definition.side for step in track.taken if step.definition.signs])


def _proposed(track: AgreementTrack, outcome_id: str) -> Widening:
    if widening := track.widening(outcome_id):
        return widening
    raise WideningNotProposed(outcome=outcome_id, proposed=[each.outcome for each in track.widenings])


def _without(track: AgreementTrack, widening: Widening) -> AgreementTrack:
    return replace(track, widenings=tuple(each for each in track.widenings if each != widening))
