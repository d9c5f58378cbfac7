"""Version 1 of the exchange service's events: people, agreements and staff visits."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.envelope import EventData, Instant
from contracts.words import (
    AgreementId,
    ConditionId,
    DepartmentId,
    Language,
    Names,
    OutcomeType,
    Party,
    PersonId,
    ReplyStatus,
    SiteId,
    VisitId,
    VisitKind,
    VisitState,
)

Text = Annotated[str, StringConstraints(max_length=2000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Site(_Part):
    """A partner hospital or commission, as a reader of an event needs it."""

    id: SiteId
    names: Names
    zone: str = Field(description="IANA time zone that the site keeps, such as Asia/Shanghai")
    coordinators: tuple[PersonId, ...] = Field(description="people who act for the site in this exchange")


class Department(_Part):
    """The department that hosts a visit."""

    id: DepartmentId
    names: Names


class ExpectedOutcome(_Part):
    """What the agreement expects of a fulfilled visit."""

    type: OutcomeType
    due_on: date


class PersonChanged(EventData):
    """A person was registered or changed; carries the full state, without any identity document."""

    type: ClassVar[str] = "exchange.person.changed.v1"

    person: PersonId
    passport_name: str
    local_name: str
    language: Language
    zone: str
    email: str
    sites: tuple[SiteId, ...]


class AgreementEvent(EventData):
    """The text of an agreement that is, or was, in force: whoever reads it needs to ask nobody."""

    agreement: AgreementId
    names: Names
    text_hash: str = Field(description="SHA-256 of the canonical JSON that every partner approved, hexadecimal")
    partners: tuple[Site, ...]
    in_effect_from: date
    in_effect_until: date


class AgreementTookEffect(AgreementEvent):
    """Every partner approved the same text; bookings under the agreement are possible from now on."""

    type: ClassVar[str] = "exchange.agreement.took-effect.v1"


class AgreementAmended(AgreementEvent):
    """Every partner approved a new text, which is now in force in place of the one before."""

    type: ClassVar[str] = "exchange.agreement.amended.v1"

    text_number: int = Field(ge=2, description="the agreement's texts are counted from 1")
    previous_text_hash: str
    reason: Text = ""


class AgreementTerminated(AgreementEvent):
    """A partner ends the agreement early; it may still be in effect until `last_day` is over at every partner."""

    type: ClassVar[str] = "exchange.agreement.terminated.v1"

    last_day: date = Field(description="the last day on which it is in effect, at each partner")
    by: PersonId | None = None
    reason: Text = ""


class AgreementExpired(AgreementEvent):
    """The agreement's last day is over at every partner; nothing more can be booked under it."""

    type: ClassVar[str] = "exchange.agreement.expired.v1"


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


class VisitBooked(VisitEvent):
    """Everybody whose acceptance the agreement asks for accepted; seats, people and quota are held."""

    type: ClassVar[str] = "exchange.visit.booked.v1"


class VisitArrived(VisitEvent):
    """The visitors arrived."""

    type: ClassVar[str] = "exchange.visit.arrived.v1"

    actual_arrival: date


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


EVENTS: tuple[type[EventData], ...] = (
    PersonChanged,
    AgreementTookEffect,
    AgreementAmended,
    AgreementTerminated,
    AgreementExpired,
    VisitProposed,
    VisitReplied,
    VisitBooked,
    VisitArrived,
    VisitFulfilled,
    VisitCancelled,
)
