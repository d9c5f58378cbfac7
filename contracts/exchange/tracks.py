"""Version 1 of the exchange service's events about what has to be done around a visit."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData
from contracts.exchange.parts import Part, Site
from contracts.words import PersonId, TrackId, VisitId

StepOwner = Literal["visitor", "sending-site", "host-department", "international-office", "authority"]


class TrackEvent(EventData):
    """Whose steps these are. Days are calendar days at the host."""

    track: TrackId
    visit: VisitId
    sending_site: Site
    host_site: Site
    leader: PersonId
    planned_arrival: date
    planned_departure: date


class StepTold(Part):
    """One step of them."""

    step: str
    name: str
    owner: StepOwner
    person: PersonId | None = None
    deadline: date


class StepEvent(TrackEvent):
    """One step of them, and what else is told with it."""

    step: str = Field(description="the step's id within the track, such as china-visa:per_…")
    name: str = Field(description="the step's name, such as china-visa")
    owner: StepOwner
    person: PersonId | None = Field(
        default=None, description="the visitor whose step it is; absent where it is for all"
    )
    deadline: date
    together: tuple[StepTold, ...] = Field(
        default=(), description="every step that the same decision tells of, this one among them; each has its event"
    )


class TrackStepNear(StepEvent):
    """A step is not done and its deadline is a week ahead or less; told once for each step and deadline."""

    type: ClassVar[str] = "exchange.track.step-near.v1"


class TrackStepOverdue(StepEvent):
    """A step's deadline has passed and it is not done; told once for each step and deadline."""

    type: ClassVar[str] = "exchange.track.step-overdue.v1"


class TrackRecordOverdue(TrackEvent):
    """The host recorded neither in time that the visitors came nor that they did not, or not how the visit ended."""

    type: ClassVar[str] = "exchange.track.record-overdue.v1"

    command: Literal["record_arrival", "fulfil_visit"] = Field(description="what would record it")
    by: date = Field(description="the last day for it")


class TrackDatesProposed(TrackEvent):
    """A step slipped past the planned arrival: the first days on which the visit can take place instead.

    As long as planned; every rule allowed them at that moment.
    """

    type: ClassVar[str] = "exchange.track.dates-proposed.v1"

    arrival: date
    departure: date
    because: tuple[str, ...] = Field(description="ids of the steps that do not allow it earlier")


class TrackDatesNotFound(TrackEvent):
    """A step slipped past the planned arrival, and no days were found on which the visit can take place instead."""

    type: ClassVar[str] = "exchange.track.dates-not-found.v1"

    earliest: date = Field(description="the first arrival that the slipped steps would allow")
    because: tuple[str, ...] = Field(description="ids of the steps that do not allow it earlier")


EVENTS: tuple[type[EventData], ...] = (
    TrackStepNear,
    TrackStepOverdue,
    TrackRecordOverdue,
    TrackDatesProposed,
    TrackDatesNotFound,
)
