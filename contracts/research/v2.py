"""Version 2 of the research service's events: outcomes, whether a visit or a consultation led to them."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.envelope import EventData, Instant
from contracts.words import (
    AgreementId,
    ConditionId,
    ConsultationId,
    GateDecision,
    OutcomeId,
    OutcomeType,
    PersonId,
    RequirementId,
    SiteId,
    TransferStage,
    VisitId,
)


class Origin(BaseModel):
    """What an outcome came of: a visit, or a session of a consultation."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["visit", "consultation"]
    id: VisitId | ConsultationId
    slot: Instant | None = Field(default=None, description="which session of the consultation")


class OutcomeEvent(EventData):
    """An outcome's full state after a decision."""

    outcome: OutcomeId
    outcome_type: OutcomeType
    title: str
    field: str
    agreement: AgreementId
    condition: ConditionId
    origin: Origin
    origin_year: int = Field(description="the year in which the agreement counts what it came of")
    sites: tuple[SiteId, ...]
    responsible: PersonId
    followers: tuple[PersonId, ...]
    due_on: date
    stage: TransferStage | None = None
    also_of: tuple[Origin, ...] = Field(default=(), description="what else it came of; counted by none of it")


class OutcomeExpected(OutcomeEvent):
    """A fulfilled visit, or what several sites found together, opened an outcome that is to be reported by `due_on`."""

    type: ClassVar[str] = "research.outcome.expected.v2"


class OutcomeDueSoon(OutcomeEvent):
    """The report is due in a few days and has not been made: whoever is responsible for it is to be reminded."""

    type: ClassVar[str] = "research.outcome.due-soon.v2"

    days_left: int = Field(ge=0, description="days until `due_on`; 0 on that day")


class OutcomeOverdue(OutcomeEvent):
    """`due_on` passed and nothing was reported."""

    type: ClassVar[str] = "research.outcome.overdue.v2"


class OutcomeReported(OutcomeEvent):
    """The outcome was reported; it stands at the first stage of its transfer."""

    type: ClassVar[str] = "research.outcome.reported.v2"

    by: PersonId


class OutcomeWaived(OutcomeEvent):
    """Somebody who runs the programme gave up the report before anybody made it: nobody waits for it any more."""

    type: ClassVar[str] = "research.outcome.waived.v2"

    reason: str
    by: PersonId


class OutcomeWithdrawn(OutcomeEvent):
    """What it came of was entered in error, and nobody had reported, or the report was taken back: it is over."""

    type: ClassVar[str] = "research.outcome.withdrawn.v2"

    reason: str


class OutcomeQuestioned(OutcomeEvent):
    """What it came of was entered in error, and somebody has reported: people have to decide what becomes of it."""

    type: ClassVar[str] = "research.outcome.questioned.v2"

    reason: str


class OutcomeAdvanced(OutcomeEvent):
    """The gate before a stage was decided. `stage` is where the outcome stands after that.

    Only `accepted` and `not-applicable` let it through.
    """

    type: ClassVar[str] = "research.outcome.advanced.v2"

    gate: TransferStage
    decision: GateDecision
    reason: str = ""
    by: PersonId


class OutcomeAdopted(OutcomeEvent):
    """A partner hospital confirmed that it uses the outcome."""

    type: ClassVar[str] = "research.outcome.adopted.v2"

    adopting_site: SiteId
    adopted_on: date
    by: PersonId
    patients: int | None = None
    procedures: int | None = None
    guideline: str = ""


class OutcomeMerged(OutcomeEvent):
    """A reported outcome turned out to be another, which is kept: this one counts no more, that one as it did."""

    type: ClassVar[str] = "research.outcome.merged.v2"

    merged_into: OutcomeId
    reason: str
    by: PersonId


class ClearanceEvent(OutcomeEvent):
    """An approval that law asks for, of something that goes from one end to another: each a site or a country."""

    requirement: RequirementId
    kind: str = Field(description="what law asks about, such as human-genetic-resources")
    from_end: str
    to_end: str
    reference: str
    authority: str
    owner: PersonId = Field(description="who sees to it that it is renewed")
    owner_site: SiteId
    expires_on: date = Field(description="its last day, at the owner's site")


class OutcomeClearanceExpiring(ClearanceEvent):
    """It stands until `expires_on`, which is no more than 30 days away, and nothing that lasts longer beside it."""

    type: ClassVar[str] = "research.outcome.clearance-expiring.v2"


class OutcomeClearanceExpired(ClearanceEvent):
    """`expires_on` has passed, and nothing stands in its place; what it let through stays where it is."""

    type: ClassVar[str] = "research.outcome.clearance-expired.v2"


class OutcomeSettled(OutcomeEvent):
    """What becomes of a questioned outcome: it came of something else, `origin`, and counts by that from now on.

    One that is taken back instead is told of as withdrawn.
    """

    type: ClassVar[str] = "research.outcome.settled.v2"

    reason: str
    by: PersonId
    reported_at: Instant = Field(description="when it was first reported")


EVENTS: tuple[type[OutcomeEvent], ...] = (
    OutcomeExpected,
    OutcomeOverdue,
    OutcomeReported,
    OutcomeWaived,
    OutcomeWithdrawn,
    OutcomeQuestioned,
    OutcomeAdvanced,
    OutcomeAdopted,
    OutcomeDueSoon,
    OutcomeMerged,
    OutcomeClearanceExpiring,
    OutcomeClearanceExpired,
    OutcomeSettled,
)
