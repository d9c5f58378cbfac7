"""What happens to a step of a visit's track: four commands, one shape.

Where it no longer lets the visit begin as planned, saving looks for other days (`Following.save`).
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command, Day, FullParagraph, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from contracts.words import VisitId
from services.exchange.application.following import Following
from services.exchange.domain.tracks import steps
from services.exchange.domain.tracks.permissions import may_do_step
from services.exchange.domain.tracks.track import Track

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}(:per_[0-9a-z-]{1,60})?$")]


class StepChange(Command):
    """`step` is an id as the track shows it; `expected_version` is the track's, 0 before it is opened."""

    visit_id: VisitId
    step: StepId
    expected_version: Annotated[int, Field(ge=0, strict=True)]


class CompleteStep(StepChange):
    """Done, on which day, in which way where there are several (`F` or `M` for a visa of China)."""

    done_on: Day
    variant: Annotated[str, StringConstraints(max_length=20)] | None = None
    note: Paragraph = ""


class WaiveStep(StepChange):
    """Not needed here, and why: who stays in a hotel is registered by the hotel."""

    reason: FullParagraph


class SlipStep(StepChange):
    """Expected on another day."""

    expected: Day
    reason: FullParagraph


class ReopenStep(StepChange):
    """Not done after all."""

    reason: FullParagraph


def complete_step(command: CompleteStep, context: Context, tracks: Following) -> Receipt:
    def decide(track: Track, today: date) -> Decision[Track]:
        way, note = command.variant, command.note
        return steps.complete(track, command.step, on=command.done_on, variant=way, note=note, today=today)

    return _decided(command, "complete_step", context, tracks, decide)


def waive_step(command: WaiveStep, context: Context, tracks: Following) -> Receipt:
    def decide(track: Track, _: date) -> Decision[Track]:
        return steps.waive(track, command.step, reason=command.reason)

    return _decided(command, "waive_step", context, tracks, decide)


def slip_step(command: SlipStep, context: Context, tracks: Following) -> Receipt:
    def decide(track: Track, today: date) -> Decision[Track]:
        return steps.slip(track, command.step, expected=command.expected, reason=command.reason, today=today)

    return _decided(command, "slip_step", context, tracks, decide)


def reopen_step(command: ReopenStep, context: Context, tracks: Following) -> Receipt:
    def decide(track: Track, _: date) -> Decision[Track]:
        return steps.reopen(track, command.step, reason=command.reason)

    return _decided(command, "reopen_step", context, tracks, decide)


def _decided(
    command: StepChange,
    action: str,
    context: Context,
    tracks: Following,
    decide: Callable[[Track, date], Decision[Track]],
) -> Receipt:
    """Decides on the track as its visit asks for it now, even where the visit's own event is still on its way."""
    standing = tracks.standing(command.visit_id)
    if answer := standing.answered(context, command.expected_version):
        return answer
    may_do_step(context.actor, standing.now, command.step, action)
    return tracks.save(standing, decide(standing.now, standing.host.today(context.now)), context)
