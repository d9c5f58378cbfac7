"""What has to be done around visits, and what is late."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from contracts.words import VisitId
from services.exchange.application.following import Following
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.tracks import Tracks
from services.exchange.application.queries.views import View, history_view, text_of
from services.exchange.domain.permissions.visits import must_see
from services.exchange.domain.tracks.other_dates import earliest_dates
from services.exchange.domain.tracks.permissions import does_step
from services.exchange.domain.tracks.track import STEP_OPEN, Step, Track


class AskVisitTrack(Command):
    visit_id: VisitId


class AskOpenSteps(Command):
    """`after` is the `next` of the page before; `overdue` asks for those alone whose deadline has passed."""

    overdue: bool = False
    after: Annotated[str, Field(max_length=70)] | None = None
    limit: PageSize = 50


def visit_track(
    asked: AskVisitTrack, actor: Actor, now: datetime, following: Following, tracks: Tracks, people: People
) -> View:
    """The visit's steps and what the actor may do with each; `version` is 0 before the track is opened.

    Raises `Unknown` also for a visit that the actor may not see.
    """
    standing = following.standing(asked.visit_id)
    must_see(actor, standing.visit)
    track = standing.now
    history = tracks.recorded(track.id).history if standing.kept else ()
    return {
        "id": track.id,
        "version": standing.version,
        "visit": track.visit,
        "visit_state": track.visit_state,
        "steps": [_step(step, track, now) | {"may": _may(actor, track, step)} for step in track.steps],
        "awaited_records": _awaited_records(track, now),
        "proposed_dates": _proposed(track),
        "history": history_view(history, people),
    }


def open_steps(asked: AskOpenSteps, actor: Actor, now: datetime, tracks: Tracks) -> View:
    """`{items, next}`: open steps of visits from and to the actor's sites, visit by visit."""
    page = tracks.awaiting(actor, after=asked.after, limit=asked.limit)
    items = [
        {"visit": found.state.visit, **_step(step, found.state, now)}
        for found in page
        for step in (found.state.overdue(now) if asked.overdue else found.state.awaited)
    ]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}


def _step(step: Step, track: Track, now: datetime) -> View:
    return {
        "step": step.id,
        "name": step.name,
        "owner": step.owner,
        "person": step.person,
        "state": step.state,
        "deadline": text_of(step.deadline),
        "overdue": step in track.overdue(now),
        "expected": text_of(step.expected),
        "done_on": text_of(step.done_on),
        "variant": step.variant,
        "why": step.why,
    }


def _may(actor: Actor, track: Track, step: Step) -> list[str]:
    actions = ("complete_step", "waive_step", "slip_step") if step.state == STEP_OPEN else ("reopen_step",)
    return [action for action in actions if track.is_followed and does_step(actor, track, step, action)]


def _awaited_records(track: Track, now: datetime) -> list[View]:
    overdue = track.unrecorded(now)
    return [
        {"command": record.command, "by": text_of(record.by), "overdue": record in overdue}
        for record in track.awaited_records
    ]


def _proposed(track: Track) -> View | None:
    """What was told, for as long as it concerns the visit as it stands now."""
    dates = track.proposed
    if dates is None or earliest_dates(track) is None:
        return None
    return {
        "arrival": text_of(dates.arrival),
        "departure": text_of(dates.departure),
        "earliest": text_of(dates.earliest),
        "because": list(dates.because),
    }
