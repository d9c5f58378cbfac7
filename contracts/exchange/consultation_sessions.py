"""Version 1 of what the exchange tells of the sessions of consultations, and of what they asked for."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.envelope import Instant
from contracts.exchange.consultation_parts import CALLED_OFF, AskedFor, ConsultationEvent
from contracts.exchange.parts import ExpectedOutcome, Text
from contracts.words import PersonId

COMING = "who comes to this session, deputies in the place of those for whom they come; others may come to others"


class ConsultationSessionCancelled(ConsultationEvent):
    """One of several sessions will not take place; each that a decision calls off is told, and names the others."""

    type: ClassVar[str] = "exchange.consultation.session-cancelled.v1"

    slot: Instant
    by: PersonId | None = Field(default=None, description="absent when time ran out")
    reason: Text = ""
    called_off: tuple[Instant, ...] = Field(default=(), description=CALLED_OFF)


class ConsultationSessionHeld(ConsultationEvent):
    """A session took place and was closed; `expected_outcome` is what comes of a finding that the sites share."""

    type: ClassVar[str] = "exchange.consultation.session-held.v1"

    slot: Instant
    attended: tuple[PersonId, ...]
    actions: tuple[AskedFor, ...]
    chair: PersonId
    finding: Text = ""
    expected_outcome: ExpectedOutcome | None = None
    coming: tuple[PersonId, ...] | None = Field(default=None, description=COMING)


class ConsultationSessionMissed(ConsultationEvent):
    """A session was to take place, and did not."""

    type: ClassVar[str] = "exchange.consultation.session-missed.v1"

    slot: Instant
    by: PersonId
    reason: Text = ""


class ConsultationSessionSoon(ConsultationEvent):
    """A session is near: told a day and an hour before it begins."""

    type: ClassVar[str] = "exchange.consultation.session-soon.v1"

    slot: Instant
    begins: Instant
    coming: tuple[PersonId, ...] | None = Field(default=None, description=COMING)


class ConsultationClosingOverdue(ConsultationEvent):
    """A session has been over for a day, and nobody has said what it came to; told once."""

    type: ClassVar[str] = "exchange.consultation.closing-overdue.v1"

    slot: Instant
    ended: Instant
    chaired_by: PersonId | None = Field(
        default=None, description="who was to chair the session: the chair's deputy, where one came to it"
    )


class ConsultationActionOverdue(ConsultationEvent):
    """What a session asked for is not done and its day is over; told then, and again each week, four times in all."""

    type: ClassVar[str] = "exchange.consultation.action-overdue.v1"

    action: AskedFor
    chased: int = Field(ge=1, description="how often it was told, this time among them")


class ConsultationActionDone(ConsultationEvent):
    """What a session asked for is done."""

    type: ClassVar[str] = "exchange.consultation.action-done.v1"

    action: AskedFor
    done_on: date
    note: Text = ""
