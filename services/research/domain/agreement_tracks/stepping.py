"""Taking a step, sending back, signing: each by the side whose turn it is."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.research.domain.agreement_tracks.events import TrackInForce, TrackWaits
from services.research.domain.agreement_tracks.lifecycle import RETURN, SIGN, TAKE, must_fit
from services.research.domain.agreement_tracks.refusals import (
    AnotherText,
    NoSignatureYet,
    NotAnEarlierStep,
    SignatureNeeded,
    SignedByTheSame,
    StepNotAwaited,
    TermOver,
    TextNeeded,
    TextOfNoDraft,
    WideningAwaited,
)
from services.research.domain.agreement_tracks.track import IN_FORCE, AgreementTrack, Return, Step
from services.research.domain.legal.paper import Paper
from services.research.domain.legal.validity import day_of


@dataclass(frozen=True)
class Draft:
    """The text that a draft brings, and the last day on which it is to be in force; `None` for one without an end."""

    text: Paper
    expires_on: date | None


def take(
    track: AgreementTrack, step: str, *, note: str, draft: Draft | None, by: str | None, now: datetime
) -> Decision[AgreementTrack]:
    """The awaited step is done, and the next is waited for.

    Raises `TrackNotOpen`, `StepNotAwaited`, `SignatureNeeded`, `TextNeeded`, `TextOfNoDraft`, `TermOver`.
    """
    must_fit(track.state, TAKE)
    awaited = track.left[0]
    if awaited.definition.name != step:
        raise StepNotAwaited(step=step, awaited=awaited.definition.name, side=awaited.definition.side)
    if awaited.definition.signs:
        raise SignatureNeeded(step=step)
    if awaited.definition.drafts and draft is None:
        raise TextNeeded(step=step)
    if draft and not awaited.definition.drafts:
        drafts = next(each.definition.name for each in track.steps if each.definition.drafts)
        raise TextOfNoDraft(step=step, drafts=drafts)
    drafted = replace(track, text=draft.text, expires_on=draft.expires_on) if draft else track
    # One that was sent back is still shown, and what leads to a new one does not hang on its days.
    if draft or any(each.definition.drafts for each in track.taken):
        _must_last(drafted, now)
    return _taken(drafted, awaited, note=note, by=by, now=now)


def sign(track: AgreementTrack, *, sha256: str, by: str | None, now: datetime) -> Decision[AgreementTrack]:
    """The side whose turn it is signs this very text; with the second signature the agreement is in force.

    Raises `TrackNotOpen`, `NoSignatureYet`, `WideningAwaited`, `AnotherText`, `SignedByTheSame`, `TermOver`.
    """
    must_fit(track.state, SIGN)
    awaited = track.left[0]
    if not awaited.definition.signs:
        raise NoSignatureYet(awaited=awaited.definition.name, side=awaited.definition.side)
    if track.widenings:
        raise WideningAwaited(outcomes=[each.outcome for each in track.widenings])
    stands = track.text.sha256 if track.text else ""
    if sha256.lower() != stands:
        raise AnotherText(sha256=sha256, stands=stands)
    if by in track.signers:
        raise SignedByTheSame(person=by)
    _must_last(track, now)
    return _taken(track, awaited, note="", by=by, now=now)


def send_back(
    track: AgreementTrack, to_step: str, *, reason: str, by: str | None, now: datetime
) -> Decision[AgreementTrack]:
    """All from an earlier step on is done again; what was signed on the way is signed no more.

    Raises `TrackNotOpen`, `NotAnEarlierStep`.
    """
    must_fit(track.state, RETURN)
    awaited = track.left[0]
    names = [step.definition.name for step in track.steps]
    taken = names[: names.index(awaited.definition.name)]
    if to_step not in taken:
        raise NotAnEarlierStep(step=to_step, awaited=awaited.definition.name, taken=taken)
    at = names.index(to_step)
    steps = (*track.steps[:at], *(Step(step.definition) for step in track.steps[at:]))
    returned = Return(awaited.definition.name, to_step, awaited.definition.side, by, reason)
    after = replace(track, steps=steps, returned=returned).awaiting(now)
    waits = TrackWaits(after, "returned", reason)
    return Decision(after, what=f"{returned.step} returned to {to_step}", events=(waits,), why=reason)


def _taken(track: AgreementTrack, step: Step, *, note: str, by: str | None, now: datetime) -> Decision[AgreementTrack]:
    after = track.with_step(replace(step, taken_by=by, taken_at=now, note=note)).awaiting(now)
    what = f"{step.definition.name} taken"
    if after.waiting:
        return Decision(after, what=what, events=(TrackWaits(after, "taken"),), why=note)
    in_force = replace(after, state=IN_FORCE, in_force_from=day_of(now, track.provider.zone))
    return Decision(in_force, what=what, events=(TrackInForce(in_force),), why=note)


def _must_last(track: AgreementTrack, now: datetime) -> None:
    today = day_of(now, track.provider.zone)
    if track.expires_on and track.expires_on < today:
        raise TermOver(expires_on=track.expires_on.isoformat(), today=today.isoformat())
