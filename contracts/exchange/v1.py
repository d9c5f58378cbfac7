"""Version 1 of the exchange service's events: people, agreements, staff visits and consultations."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.envelope import EventData
from contracts.exchange.consultations import CONSULTATION_EVENTS
from contracts.exchange.invitations import ConsultationInvited
from contracts.exchange.letters import LetterIssued
from contracts.exchange.parts import Department, ExpectedOutcome, PromisedOutcomes, Site, Text
from contracts.exchange.reports import ReportMade
from contracts.exchange.visits import (
    VISIT_EVENTS,
    VisitArrived,
    VisitBooked,
    VisitCancelled,
    VisitDeparted,
    VisitDeputyNamed,
    VisitEnteredInError,
    VisitEnteredLater,
    VisitEvent,
    VisitExtended,
    VisitExtensionAsked,
    VisitFulfilled,
    VisitNoshow,
    VisitNoteAdded,
    VisitorWithdrew,
    VisitProposed,
    VisitReplied,
    VisitRescheduled,
)
from contracts.words import AgreementId, DepartmentId, Language, Names, PersonId, SiteId


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
    fields: tuple[str, ...] = Field(default=(), description="what they work in")
    languages: tuple[str, ...] = Field(default=(), description="what they speak, as ISO 639 codes")
    home_department: DepartmentId | None = None


class AgreementEvent(EventData):
    """The text of an agreement that is, or was, in force: whoever reads it needs to ask nobody."""

    agreement: AgreementId
    names: Names
    text_hash: str = Field(description="SHA-256 of the canonical JSON that every partner approved, hexadecimal")
    partners: tuple[Site, ...]
    in_effect_from: date
    in_effect_until: date
    promised: tuple[PromisedOutcomes, ...] = Field(
        default=(), description="each condition that is or was in force, and the outcomes that it promises by year"
    )


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


AGREEMENT_EVENTS: tuple[type[AgreementEvent], ...] = (
    AgreementTookEffect,
    AgreementAmended,
    AgreementTerminated,
    AgreementExpired,
)

EVENTS: tuple[type[EventData], ...] = (
    PersonChanged,
    *AGREEMENT_EVENTS,
    *VISIT_EVENTS,
    LetterIssued,
    ReportMade,
    *CONSULTATION_EVENTS,
    ConsultationInvited,
)

__all__ = [
    "AGREEMENT_EVENTS",
    "EVENTS",
    "AgreementAmended",
    "AgreementEvent",
    "AgreementExpired",
    "AgreementTerminated",
    "AgreementTookEffect",
    "ConsultationInvited",
    "Department",
    "ExpectedOutcome",
    "LetterIssued",
    "PersonChanged",
    "ReportMade",
    "Site",
    "Text",
    "VisitArrived",
    "VisitBooked",
    "VisitCancelled",
    "VisitDeparted",
    "VisitDeputyNamed",
    "VisitEnteredInError",
    "VisitEnteredLater",
    "VisitEvent",
    "VisitExtended",
    "VisitExtensionAsked",
    "VisitFulfilled",
    "VisitNoshow",
    "VisitNoteAdded",
    "VisitProposed",
    "VisitReplied",
    "VisitRescheduled",
    "VisitorWithdrew",
]
