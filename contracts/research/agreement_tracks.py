"""Version 1 of the research service's events about agreements between two institutions: MTA, DTA, licence."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import EventData, Instant
from contracts.words import AgreementTrackId, OutcomeId, PersonId, SiteId


class AgreementTrackEvent(EventData):
    """Which agreement, and between whom."""

    track: AgreementTrackId
    kind: Literal["material-transfer", "data-transfer", "licence"]
    title: str
    outcomes: tuple[OutcomeId, ...] = Field(description="the outcomes that it serves")
    provider_site: SiteId = Field(description="who gives")
    recipient_site: SiteId = Field(description="who takes")
    followers: tuple[PersonId, ...] = Field(description="who opened it, and who owes or follows one of its outcomes")
    expires_on: date | None = Field(default=None, description="its last day, at the provider's; absent for no end")


class Awaiting(AgreementTrackEvent):
    """Whose turn it is."""

    side: Literal["provider", "recipient"]
    site: SiteId = Field(description="the site of that side")
    step: str = Field(description="the step's name, such as provider-legal-review")
    since: Instant
    due_on: date = Field(description="the last day for it, at that site's")


class AgreementTrackWaits(Awaiting):
    """It waits for a step: it was opened, the step before was taken, or it was sent back."""

    type: ClassVar[str] = "research.track.waits.v1"

    because: Literal["opened", "taken", "returned"]
    reason: str = Field(default="", description="why it was sent back")


class AgreementTrackWidening(AgreementTrackEvent):
    """That it is to serve one outcome more was proposed by one side, agreed to by the other, or declined by either."""

    type: ClassVar[str] = "research.track.widening.v1"

    what: Literal["proposed", "agreed", "declined"]
    outcome: OutcomeId = Field(description="among `outcomes` once the other side has agreed")
    side: Literal["provider", "recipient"] = Field(description="the side that proposed it")
    reason: str = Field(default="", description="why it was proposed, or declined")


class AgreementTrackStepOverdue(Awaiting):
    """`due_on` passed and the step was not taken; told once each time that it is waited for."""

    type: ClassVar[str] = "research.track.step-overdue.v1"


class AgreementTrackInForce(AgreementTrackEvent):
    """Both sides have signed."""

    type: ClassVar[str] = "research.track.in-force.v1"

    in_force_from: date


class AgreementTrackExpiring(AgreementTrackEvent):
    """It is in force until `expires_on`, which is no more than 30 days away."""

    type: ClassVar[str] = "research.track.expiring.v1"


class AgreementTrackExpired(AgreementTrackEvent):
    """`expires_on` has passed."""

    type: ClassVar[str] = "research.track.expired.v1"


class AgreementTrackEnded(AgreementTrackEvent):
    """It was given up before both had signed, or terminated after."""

    type: ClassVar[str] = "research.track.ended.v1"

    reason: str


EVENTS: tuple[type[AgreementTrackEvent], ...] = (
    AgreementTrackWaits,
    AgreementTrackWidening,
    AgreementTrackStepOverdue,
    AgreementTrackInForce,
    AgreementTrackExpiring,
    AgreementTrackExpired,
    AgreementTrackEnded,
)
