"""Version 1 of what the notify service tells of questions that nobody answered in time."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData, Instant
from contracts.words import ConsultationId, EscalationId, OutcomeId, Party, PersonId, SiteId, VisitId


class EscalationEvent(EventData):
    """One answer that somebody owes; never what anybody was told."""

    escalation: EscalationId
    about: VisitId | ConsultationId | OutcomeId
    awaits: Literal["reply", "acknowledgement"]
    site: SiteId = Field(description="whose people owe it")
    party: Party | None = Field(default=None, description="of a visit: for whom the site replies")
    participant: PersonId | None = Field(default=None, description="of a consultation: who replies")
    asked: tuple[PersonId, ...] = Field(description="who was asked first")
    until: Instant = Field(description="when it is too late")


class EscalationRaised(EscalationEvent):
    """Nobody answered in time: the question went on to somebody else."""

    type: ClassVar[str] = "notify.escalation.raised.v1"

    step: Literal["deputy", "manager"]
    told: tuple[PersonId, ...] = Field(description="to whom it went on")
    since: Instant = Field(description="when it was asked")


class EscalationSettled(EscalationEvent):
    """A question that had gone on to somebody else goes no further."""

    type: ClassVar[str] = "notify.escalation.settled.v1"

    because: Literal["not-awaited", "acknowledged", "stopped", "nobody-left", "too-late"] = Field(
        description="not-awaited: it was answered, moved or called off; acknowledged: `by` knows of it; "
        "nobody-left: there was nobody else to tell; too-late: the moment until which it counts is over"
    )
    by: PersonId | None = Field(default=None, description="who acknowledged or stopped it")


EVENTS: tuple[type[EventData], ...] = (EscalationRaised, EscalationSettled)
