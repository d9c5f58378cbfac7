"""What happened on a track; adapters turn these into the events of the contracts."""

from dataclasses import dataclass

from services.exchange.domain.tracks.track import ProposedDates, Record, Step, Track


@dataclass(frozen=True)
class TrackHappening:
    """Base: something happened on a track, which now stands as `track`."""

    track: Track


@dataclass(frozen=True)
class StepNear(TrackHappening):
    """A deadline is near and the step is not done. `together`: every step that the same decision tells of."""

    step: Step
    together: tuple[Step, ...] = ()


@dataclass(frozen=True)
class StepOverdue(TrackHappening):
    """A deadline passed and the step is not done. `together`: every step that the same decision tells of."""

    step: Step
    together: tuple[Step, ...] = ()


@dataclass(frozen=True)
class RecordOverdue(TrackHappening):
    """Nobody recorded in time that the visit began, or how it ended."""

    record: Record


@dataclass(frozen=True)
class DatesProposed(TrackHappening):
    """A step slipped past the arrival: these are the first days on which the visit can take place."""

    dates: ProposedDates


@dataclass(frozen=True)
class DatesNotFound(TrackHappening):
    """A step slipped past the arrival, and from the day that it allows on no days were found that the rules allow."""

    dates: ProposedDates
