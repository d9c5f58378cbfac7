"""Version 1 of what the exchange tells of staff visits."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData, Instant
from contracts.exchange.parts import Calendars, Department, ExpectedOutcome, Part, Site, Text
from contracts.words import (
    AgreementId,
    ConditionId,
    Party,
    PersonId,
    ReplyStatus,
    VisitId,
    VisitKind,
    VisitState,
)


class PartyReply(Part):
    """How far one party that is asked has come: `needs-action` where it has not answered, or is asked anew."""

    party: Party
    status: ReplyStatus


class VisitEvent(EventData):
    """A visit's full state after a decision: whoever reads it needs to ask nobody."""

    visit: VisitId
    state: VisitState
    agreement: AgreementId
    condition: ConditionId
    kind: VisitKind
    field: str
    purpose: Text
    sending_site: Site
    host_site: Site
    host_department: Department
    proposer: PersonId
    leader: PersonId
    visitors: tuple[PersonId, ...]
    planned_arrival: date = Field(description="calendar day at the host")
    planned_departure: date = Field(description="calendar day at the host, inclusive")
    reply_by: Instant
    replies: tuple[PartyReply, ...] | None = Field(
        default=None, description="of every party whose acceptance it needs; absent in earlier events"
    )


class VisitCalendar(Part):
    """The visit for people's own calendars: days that they are told, and no reply is asked. Source: RFC 5546 (4.1).

    A file serves everybody who reads its language; the UID is the one in the calendars that they may subscribe to.
    """

    method: Literal["PUBLISH", "CANCEL"]
    visitors: Calendars = Field(description="for who goes and is away: the file (text/calendar) by language")
    others: Calendars = Field(description="for everybody else, whose days stay free")


class WithdrawnCalendar(Part):
    """Takes the visit out of the calendar of who withdrew, by the same UID; everybody else's entry stays as it is."""

    method: Literal["CANCEL"]
    visitors: Calendars = Field(description="for who does not go: the file (text/calendar) by language")


class VisitProposed(VisitEvent):
    """Somebody asks for a visit; nothing is held yet."""

    type: ClassVar[str] = "exchange.visit.proposed.v1"


class VisitReplied(VisitEvent):
    """A party answered; `state` says what that made of the visit."""

    type: ClassVar[str] = "exchange.visit.replied.v1"

    party: Party
    status: ReplyStatus
    by: PersonId
    reason: Text = ""
    in_place_of: PersonId | None = Field(default=None, description="whom a deputy stood in for")
    counter_arrival: date | None = Field(default=None, description="the days that a tentative reply asks for")
    counter_departure: date | None = None


class VisitBooked(VisitEvent):
    """Everybody whose acceptance the agreement asks for accepted; seats, people and quota are held."""

    type: ClassVar[str] = "exchange.visit.booked.v1"

    calendar: VisitCalendar | None = None


class VisitArrived(VisitEvent):
    """Visitors arrived: all of them, or those named in `arrived`, while others are still awaited."""

    type: ClassVar[str] = "exchange.visit.arrived.v1"

    actual_arrival: date = Field(description="the day of the first of them")
    arrived: tuple[PersonId, ...] = ()
    arrived_on: date | None = None


class VisitFulfilled(VisitEvent):
    """The visit took place and ended; `expected_outcome` is what the agreement expects of it, if anything."""

    type: ClassVar[str] = "exchange.visit.fulfilled.v1"

    actual_arrival: date
    actual_departure: date
    expected_outcome: ExpectedOutcome | None = None


class VisitCancelled(VisitEvent):
    """The visit will not take place: somebody cancelled it, a needed party declined, or it lapsed unanswered."""

    type: ClassVar[str] = "exchange.visit.cancelled.v1"

    by: PersonId | None = Field(default=None, description="absent when time ran out")
    reason: Text = ""
    calendar: VisitCalendar | None = None


class VisitRescheduled(VisitEvent):
    """The visit moved to other days; acceptances that lapsed by it are asked for again by the new `reply_by`."""

    type: ClassVar[str] = "exchange.visit.rescheduled.v1"

    previous_arrival: date
    previous_departure: date
    previous_state: VisitState | None = Field(default=None, description="absent in earlier events")
    by: PersonId
    reason: Text = ""
    calendar: VisitCalendar | None = None


class VisitExtensionAsked(VisitEvent):
    """Somebody asks for a later departure, and other parties have to agree; nothing more is held yet."""

    type: ClassVar[str] = "exchange.visit.extension-asked.v1"

    departure: date
    by: PersonId
    reason: Text = ""


class VisitExtended(VisitEvent):
    """The visit takes longer, as `planned_departure` says."""

    type: ClassVar[str] = "exchange.visit.extended.v1"

    previous_departure: date
    by: PersonId
    reason: Text = ""
    calendar: VisitCalendar | None = None


class VisitorWithdrew(VisitEvent):
    """One visitor does not go; `visitors` are those who still do."""

    type: ClassVar[str] = "exchange.visit.visitor-withdrew.v1"

    person: PersonId
    by: PersonId
    reason: Text = ""
    calendar: WithdrawnCalendar | None = None


class VisitDeparted(VisitEvent):
    """Visitors left the host; the visit goes on until it is fulfilled."""

    type: ClassVar[str] = "exchange.visit.departed.v1"

    departed: tuple[PersonId, ...]
    departed_on: date


class VisitNoshow(VisitEvent):
    """Nobody came; what was held is free."""

    type: ClassVar[str] = "exchange.visit.noshow.v1"

    by: PersonId
    reason: Text = ""


class VisitEnteredInError(VisitEvent):
    """The visit should never have been entered: whoever counted it takes it back."""

    type: ClassVar[str] = "exchange.visit.entered-in-error.v1"

    previous_state: VisitState
    by: PersonId
    reason: Text = ""


class VisitEnteredLater(VisitEvent):
    """A visit that took place before anybody entered it. It is not told as `fulfilled`: nobody is waiting for it."""

    type: ClassVar[str] = "exchange.visit.entered-later.v1"

    actual_arrival: date
    actual_departure: date
    expected_outcome: ExpectedOutcome | None = None
    flags: tuple[str, ...] = Field(description="entered-later, over-quota, outside-agreement, double-booked")
    by: PersonId
    reason: Text


class VisitDeputyNamed(VisitEvent):
    """Somebody may reply for a party in somebody's place, from `first` to `last`."""

    type: ClassVar[str] = "exchange.visit.deputy-named.v1"

    party: Party
    deputy: PersonId
    in_place_of: PersonId
    first: date
    last: date


class VisitNoteAdded(VisitEvent):
    """Somebody left a remark for both sites."""

    type: ClassVar[str] = "exchange.visit.note-added.v1"

    by: PersonId
    text: Text


VISIT_EVENTS: tuple[type[EventData], ...] = (
    VisitProposed,
    VisitReplied,
    VisitBooked,
    VisitArrived,
    VisitFulfilled,
    VisitCancelled,
    VisitRescheduled,
    VisitExtensionAsked,
    VisitExtended,
    VisitorWithdrew,
    VisitDeparted,
    VisitNoshow,
    VisitEnteredInError,
    VisitEnteredLater,
    VisitDeputyNamed,
    VisitNoteAdded,
)
