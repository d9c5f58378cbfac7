"""What happens to the steps of a track, and what follows for the visit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.refusals import DateInTheFuture, DateInThePast
from services.exchange.domain.tracks.definitions import PRACTICE_PERMIT, definition
from services.exchange.domain.tracks.events import RecordOverdue, StepNear, StepOverdue
from services.exchange.domain.tracks.refusals import (
    NoPracticePermit,
    NoSuchVariant,
    StepClosed,
    StepNotWaivable,
    StepOpen,
)
from services.exchange.domain.tracks.track import DONE, STEP_OPEN, WAIVED, Step, Track


def complete(track: Track, step_id: str, *, on: date, variant: str | None, note: str, today: date) -> Decision[Track]:
    """The step is done. Raises `NoSuchStep`, `StepClosed`, `NoSuchVariant`, `DateInTheFuture`."""
    step = _awaited(track, step_id)
    if on > today:
        raise DateInTheFuture(date=on.isoformat(), today=today.isoformat())
    variants = definition(step.name).variants
    if (variant not in variants) if variants else variant is not None:
        raise NoSuchVariant(step=step.id, variant=variant, variants=list(variants))
    done = replace(step, state=DONE, done_on=on, variant=variant, why=note)
    return Decision(track.with_step(done), what=f"{step.id} done on {on}", why=note)


def waive(track: Track, step_id: str, *, reason: str) -> Decision[Track]:
    """Nobody waits for the step any more. Raises `NoSuchStep`, `StepClosed`, `StepNotWaivable`."""
    step = _awaited(track, step_id)
    if not definition(step.name).waivable:
        raise StepNotWaivable(step=step.id)
    waived = replace(step, state=WAIVED, why=reason)
    return Decision(track.with_step(waived), what=f"{step.id} waived", why=reason)


def slip(track: Track, step_id: str, *, expected: date, reason: str, today: date) -> Decision[Track]:
    """The step will be done on another day than it should. Raises `NoSuchStep`, `StepClosed`, `DateInThePast`."""
    step = _awaited(track, step_id)
    if expected < today:
        raise DateInThePast(date=expected.isoformat(), today=today.isoformat())
    slipped = replace(step, expected=expected, why=reason)
    return Decision(track.with_step(slipped), what=f"{step.id} expected on {expected}", why=reason)


def reopen(track: Track, step_id: str, *, reason: str) -> Decision[Track]:
    """It was not done after all, or is asked for again. Raises `NoSuchStep`, `StepOpen`, `StepClosed`."""
    step = track.step(step_id)
    if not track.is_followed:
        raise StepClosed(step=step.id, state=track.visit_state)
    if step.state == STEP_OPEN:
        raise StepOpen(step=step.id)
    reopened = replace(step, state=STEP_OPEN, done_on=None, variant=None, why=reason)
    return Decision(track.with_step(reopened), what=f"{step.id} reopened", why=reason)


def follow(before: Track | None, after: Track) -> Decision[Track]:
    """The track has followed its visit, opened where there was none."""
    what = f"followed the visit: {after.visit_state}, {after.arrival} to {after.departure}"
    return Decision(after, what=what if before else "opened")


def tell_overdue(track: Track, *, now: datetime) -> Decision[Track] | None:
    """Tells of each step and record and passed deadline, once; `None` where nothing is new."""
    late = [step for step in track.overdue(now) if step.deadline not in step.told]
    records = [record for record in track.unrecorded(now) if record not in track.records_told]
    if not late and not records:
        return None
    told = replace(track, records_told=(*track.records_told, *records))
    for step in late:
        told = told.with_step(replace(step, told=(*step.told, step.deadline)))
    events = (
        *(StepOverdue(told, step, tuple(late)) for step in late),
        *(RecordOverdue(told, record) for record in records),
    )
    names = [*(step.id for step in late), *(record.command for record in records)]
    return Decision(told, what=f"overdue: {', '.join(names)}", events=events)


def tell_near(track: Track, *, now: datetime) -> Decision[Track] | None:
    """Tells of each step and coming deadline, once; `None` where nothing is new.

    What is late already is told as that and not as near: where a visit is booked late, or nobody looked for a while.
    """
    near = tuple(step for step in track.near(now) if step.deadline not in step.reminded)
    if not near:
        return None
    reminded = track
    for step in near:
        reminded = reminded.with_step(replace(step, reminded=(*step.reminded, step.deadline)))
    names = ", ".join(step.id for step in near)
    return Decision(reminded, what=f"near: {names}", events=tuple(StepNear(reminded, step, near) for step in near))


def must_have_permits(track: Track, people: Iterable[str]) -> None:
    """Where a practice permit is among the steps, everybody who begins has one. Raises `NoPracticePermit`."""
    without = [step.person for step in permits(track, people) if step.state != DONE]
    if without:
        raise NoPracticePermit(visit=track.visit, visitors=without)


def permits(track: Track, people: Iterable[str]) -> tuple[Step, ...]:
    """The steps by which the people's practice permits are asked for; none where the visit needs no permit."""
    beginning = set(people)
    return tuple(step for step in track.steps if step.name == PRACTICE_PERMIT and step.person in beginning)


def _awaited(track: Track, step_id: str) -> Step:
    step = track.step(step_id)
    if not track.is_followed or step.state != STEP_OPEN:
        raise StepClosed(step=step.id, state=step.state if track.is_followed else track.visit_state)
    return step
