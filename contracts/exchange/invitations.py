"""Version 1 of the invitations to consultations that the exchange sends: calendar files for people's own calendars."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData, Instant
from contracts.exchange.consultation_parts import ConsultationEvent
from contracts.exchange.parts import Calendars, Text
from contracts.words import PersonId


class ConsultationInvited(ConsultationEvent):
    """A calendar file that these people are to get by mail: an invitation, its update, or that it is off.

    Each gets the one in their language; the files differ in their texts alone. Source: RFC 5546, RFC 6047 (iMIP).
    """

    type: ClassVar[str] = "exchange.consultation.invited.v1"

    method: Literal["REQUEST", "CANCEL", "DECLINECOUNTER"]
    audience: Literal["everybody", "newcomers", "leavers"] = Field(
        default="everybody", description="newcomers are asked for the first time; without leavers it goes on"
    )
    slot: Instant | None = Field(default=None, description="of the one session that it is about")
    begins: Instant = Field(description="of the session that it is about, or of the first of several")
    called_off: tuple[Instant, ...] = Field(
        default=(), description="slots of the sessions that it tells will not take place, the earliest first"
    )
    reason: Text = ""
    reply_to: str = Field(description="the address that replies go to; the ORGANIZER in the file")
    recipients: tuple[PersonId, ...]
    calendars: Calendars = Field(description="the file (text/calendar) by language; English is always there")


EVENTS: tuple[type[EventData], ...] = (ConsultationInvited,)
