"""What every event about a consultation tells. Nothing here tells of a patient: a case is only counted."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.envelope import EventData, Instant
from contracts.exchange.parts import Part, Site, Text
from contracts.words import (
    ActionId,
    AgreementId,
    ConditionId,
    ConsultationId,
    ConsultationState,
    ParticipantRole,
    PersonId,
    ReplyStatus,
    RoomId,
    SiteId,
)

CALLED_OFF = "slots of all the sessions that the same decision calls off, the earliest first"

SessionState = Literal["planned", "fulfilled", "cancelled", "noshow"]


class Participant(Part):
    """Who takes part, for which site, and what they answered. `comes` is the deputy where one stands in."""

    person: PersonId
    role: ParticipantRole
    site: SiteId
    required: bool
    status: ReplyStatus
    comes: PersonId | None = Field(description="absent where they declined")


class Session(Part):
    """One meeting; `slot` names it for good, wherever it is moved."""

    slot: Instant
    begins: Instant
    ends: Instant
    state: SessionState
    link: str = Field(default="", description="where people join")


class BookedRoom(Part):
    """In which room a site's people sit together."""

    site: SiteId
    room: RoomId


class AskedFor(Part):
    """Something that a session asked for."""

    action: ActionId
    what: Text
    owner: PersonId
    due_on: date


class ConsultationEvent(EventData):
    """A consultation's full state after a decision: whoever reads it needs to ask nobody."""

    consultation: ConsultationId
    state: ConsultationState
    agreement: AgreementId
    condition: ConditionId
    field: str
    title: Text
    urgent: bool
    organiser: PersonId
    sites: tuple[Site, ...]
    zone: str = Field(description="IANA time zone by whose clock it is organised")
    participants: tuple[Participant, ...]
    rooms: tuple[BookedRoom, ...]
    sessions: tuple[Session, ...] = Field(description="every session, in the order of their slots")
    recurrence: str = Field(default="", description="the RFC 5545 rule that the sessions come from, if any")
    cases: int = Field(ge=0, description="how many are brought")
    reply_by: Instant
    announcement: int = Field(ge=0, description="how often it was announced anew (RFC 5545 SEQUENCE)")
