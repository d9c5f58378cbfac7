"""Version 1 of the invitations to consultations that the exchange sends: calendar files for people's own calendars."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData, Instant
from contracts.exchange.parts import Text
from contracts.words import ConsultationId, Language, PersonId


class ConsultationInvited(EventData):
    """A calendar file that these people are to get by mail: an invitation, its update, or that it is off.

    Each gets the one in their language; the files differ in their texts alone. Source: RFC 5546, RFC 6047 (iMIP).
    """

    type: ClassVar[str] = "exchange.consultation.invited.v1"

    consultation: ConsultationId
    title: Text
    method: Literal["REQUEST", "CANCEL", "DECLINECOUNTER"]
    announcement: int = Field(ge=0, description="the SEQUENCE in the file")
    begins: Instant = Field(description="of the session that it is about, or of the first of several")
    reply_to: str = Field(description="the address that replies go to; the ORGANIZER in the file")
    recipients: tuple[PersonId, ...]
    calendars: dict[Language, str] = Field(description="the file (text/calendar) by language; English is always there")


EVENTS: tuple[type[EventData], ...] = (ConsultationInvited,)
