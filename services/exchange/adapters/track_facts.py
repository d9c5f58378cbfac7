"""What each happening on a track tells beside the track itself."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.envelope import EventData
from contracts.exchange import tracks
from services.exchange.domain.tracks import events
from services.exchange.domain.tracks.track import Step

Facts = dict[str, Any]


def told_of_track(event: events.TrackHappening) -> tuple[type[EventData], Facts]:
    """The event of the contracts, and the facts that it has beside those of every event about a track."""
    if type(event) not in _TOLD:
        raise TypeError(f"no event of the contracts tells of {type(event).__name__}")
    model, facts = _TOLD[type(event)]
    return model, facts(event)


def _steps(event: events.StepNear | events.StepOverdue) -> Facts:
    return _step(event.step) | {"together": [_step(each) for each in event.together]}


def _step(step: Step) -> Facts:
    return {
        "step": step.id,
        "name": step.name,
        "owner": step.owner,
        "person": step.person,
        "deadline": step.deadline,
    }


def _record(event: events.RecordOverdue) -> Facts:
    return {"command": event.record.command, "by": event.record.by}


def _other_dates(event: events.DatesProposed) -> Facts:
    return {"arrival": event.dates.arrival, "departure": event.dates.departure, "because": event.dates.because}


def _no_dates(event: events.DatesNotFound) -> Facts:
    return {"earliest": event.dates.earliest, "because": event.dates.because}


_TOLD: Mapping[type[events.TrackHappening], tuple[type[EventData], Callable[[Any], Facts]]] = {
    events.StepNear: (tracks.TrackStepNear, _steps),
    events.StepOverdue: (tracks.TrackStepOverdue, _steps),
    events.RecordOverdue: (tracks.TrackRecordOverdue, _record),
    events.DatesProposed: (tracks.TrackDatesProposed, _other_dates),
    events.DatesNotFound: (tracks.TrackDatesNotFound, _no_dates),
}
