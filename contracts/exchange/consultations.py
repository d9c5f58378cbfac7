"""Version 1 of what the exchange tells of consultations."""

from typing import ClassVar

from pydantic import Field

from contracts.envelope import Instant
from contracts.exchange.consultation_parts import CALLED_OFF, ConsultationEvent, Session
from contracts.exchange.consultation_sessions import (
    ConsultationActionDone,
    ConsultationActionOverdue,
    ConsultationClosingOverdue,
    ConsultationSessionCancelled,
    ConsultationSessionHeld,
    ConsultationSessionMissed,
    ConsultationSessionSoon,
)
from contracts.exchange.parts import Text
from contracts.words import ConsultationState, PersonId, ReplyStatus


class ConsultationProposed(ConsultationEvent):
    """Somebody asks several sites to meet. It holds everybody's time already where the proposer takes part."""

    type: ClassVar[str] = "exchange.consultation.proposed.v1"


class ConsultationWaits(ConsultationEvent):
    """The time that is wanted is taken; it waits for it until it would begin."""

    type: ClassVar[str] = "exchange.consultation.waits.v1"


class ConsultationWaitingEnded(ConsultationEvent):
    """The time that it waited for became free and is held; its participants are asked."""

    type: ClassVar[str] = "exchange.consultation.waiting-ended.v1"


class ConsultationReplied(ConsultationEvent):
    """A participant answered; `state` says what that made of the consultation."""

    type: ClassVar[str] = "exchange.consultation.replied.v1"

    participant: PersonId
    status: ReplyStatus
    by: PersonId
    reason: Text = ""
    deputy: PersonId | None = Field(default=None, description="who comes in their place")
    counter_begins: Instant | None = Field(default=None, description="the time that a tentative reply asks for")
    counter_minutes: int | None = Field(
        default=None, ge=1, description="for how long it asks; as long as it is where nothing is said"
    )
    slot: Instant | None = Field(default=None, description="of the one session that it is about")


class ConsultationCounterDeclined(ConsultationEvent):
    """Another time that a participant asked for is not taken up: it stays as it is, and they are still awaited."""

    type: ClassVar[str] = "exchange.consultation.counter-declined.v1"

    participant: PersonId
    slot: Instant | None = None
    asked_for: Instant
    asked_for_minutes: int | None = Field(default=None, ge=1, description="for how long, where they said so")
    by: PersonId
    reason: Text = ""


class ConsultationBooked(ConsultationEvent):
    """Everybody who is required accepted."""

    type: ClassVar[str] = "exchange.consultation.booked.v1"


class ConsultationRescheduled(ConsultationEvent):
    """Its sessions, or the one of `slot`, meet at other times; participants are asked again."""

    type: ClassVar[str] = "exchange.consultation.rescheduled.v1"

    previous: tuple[Session, ...]
    slot: Instant | None = None
    by: PersonId
    reason: Text = ""


class ConsultationParticipantsChanged(ConsultationEvent):
    """Others take part; who is new is asked."""

    type: ClassVar[str] = "exchange.consultation.participants-changed.v1"

    added: tuple[PersonId, ...]
    removed: tuple[PersonId, ...]
    by: PersonId
    reason: Text = ""


class ConsultationCancelled(ConsultationEvent):
    """None of the sessions that were still to come will take place."""

    type: ClassVar[str] = "exchange.consultation.cancelled.v1"

    by: PersonId | None = Field(default=None, description="absent when time ran out")
    reason: Text = ""
    called_off: tuple[Instant, ...] = Field(default=(), description=CALLED_OFF)


class ConsultationFulfilled(ConsultationEvent):
    """Every session that was not called off is over, and one at least took place."""

    type: ClassVar[str] = "exchange.consultation.fulfilled.v1"


class ConsultationEnteredInError(ConsultationEvent):
    """It should never have been entered; what it held is free, and it is no longer counted."""

    type: ClassVar[str] = "exchange.consultation.entered-in-error.v1"

    previous_state: ConsultationState
    by: PersonId
    reason: Text = ""


__all__ = [
    "CONSULTATION_EVENTS",
    "FREEING_EVENTS",
    "ConsultationActionDone",
    "ConsultationActionOverdue",
    "ConsultationBooked",
    "ConsultationCancelled",
    "ConsultationClosingOverdue",
    "ConsultationCounterDeclined",
    "ConsultationEnteredInError",
    "ConsultationEvent",
    "ConsultationFulfilled",
    "ConsultationParticipantsChanged",
    "ConsultationProposed",
    "ConsultationReplied",
    "ConsultationRescheduled",
    "ConsultationSessionCancelled",
    "ConsultationSessionHeld",
    "ConsultationSessionMissed",
    "ConsultationSessionSoon",
    "ConsultationWaitingEnded",
    "ConsultationWaits",
]

CONSULTATION_EVENTS: tuple[type[ConsultationEvent], ...] = (
    ConsultationProposed,
    ConsultationWaits,
    ConsultationWaitingEnded,
    ConsultationReplied,
    ConsultationCounterDeclined,
    ConsultationBooked,
    ConsultationRescheduled,
    ConsultationParticipantsChanged,
    ConsultationCancelled,
    ConsultationSessionCancelled,
    ConsultationSessionHeld,
    ConsultationSessionMissed,
    ConsultationFulfilled,
    ConsultationSessionSoon,
    ConsultationClosingOverdue,
    ConsultationActionOverdue,
    ConsultationActionDone,
    ConsultationEnteredInError,
)

FREEING_EVENTS: tuple[type[ConsultationEvent], ...] = (
    ConsultationReplied,
    ConsultationRescheduled,
    ConsultationParticipantsChanged,
    ConsultationCancelled,
    ConsultationSessionCancelled,
    ConsultationSessionHeld,
    ConsultationSessionMissed,
    ConsultationEnteredInError,
    ConsultationWaits,
)
"""After any of these somebody's time, or a room, may be free that was held before.

What comes to wait is among them: its time may have been given back after it was found taken and before it waited.
"""
