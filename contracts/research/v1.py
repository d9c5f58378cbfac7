"""Version 1 of the research service's events: outcomes of visits and their transfer into practice.

Each is told beside version 2, with the same id, until this version is retired: decision record 18.
"""

from datetime import date
from typing import ClassVar

from contracts.envelope import EventData
from contracts.words import (
    AgreementId,
    ConditionId,
    GateDecision,
    OutcomeId,
    OutcomeType,
    PersonId,
    SiteId,
    TransferStage,
    VisitId,
)


class OutcomeEvent(EventData):
    """An outcome's full state after a decision."""

    outcome: OutcomeId
    outcome_type: OutcomeType
    title: str
    field: str
    agreement: AgreementId
    condition: ConditionId
    visit: VisitId
    visit_year: int
    sites: tuple[SiteId, ...]
    responsible: PersonId
    followers: tuple[PersonId, ...]
    due_on: date
    stage: TransferStage | None = None


class OutcomeExpected(OutcomeEvent):
    """A fulfilled visit opened an outcome that somebody is to report by `due_on`."""

    type: ClassVar[str] = "research.outcome.expected.v1"


class OutcomeOverdue(OutcomeEvent):
    """`due_on` passed and nothing was reported."""

    type: ClassVar[str] = "research.outcome.overdue.v1"


class OutcomeReported(OutcomeEvent):
    """The outcome was reported; it stands at the first stage of its transfer."""

    type: ClassVar[str] = "research.outcome.reported.v1"

    by: PersonId


class OutcomeWaived(OutcomeEvent):
    """Somebody who runs the programme gave up the report before anybody made it: nobody waits for it any more."""

    type: ClassVar[str] = "research.outcome.waived.v1"

    reason: str
    by: PersonId


class OutcomeWithdrawn(OutcomeEvent):
    """The visit was entered in error, and nobody had reported, or the report was taken back: it is over."""

    type: ClassVar[str] = "research.outcome.withdrawn.v1"

    reason: str


class OutcomeQuestioned(OutcomeEvent):
    """The visit was entered in error, and somebody has reported on it: people have to decide what becomes of it."""

    type: ClassVar[str] = "research.outcome.questioned.v1"

    reason: str


class OutcomeAdvanced(OutcomeEvent):
    """The gate before a stage was decided. `stage` is where the outcome stands after that.

    Only `accepted` and `not-applicable` let it through.
    """

    type: ClassVar[str] = "research.outcome.advanced.v1"

    gate: TransferStage
    decision: GateDecision
    reason: str = ""
    by: PersonId


class OutcomeAdopted(OutcomeEvent):
    """A partner hospital confirmed that it uses the outcome."""

    type: ClassVar[str] = "research.outcome.adopted.v1"

    adopting_site: SiteId
    adopted_on: date
    by: PersonId
    patients: int | None = None
    procedures: int | None = None
    guideline: str = ""


EVENTS: tuple[type[OutcomeEvent], ...] = (
    OutcomeExpected,
    OutcomeOverdue,
    OutcomeReported,
    OutcomeWaived,
    OutcomeWithdrawn,
    OutcomeQuestioned,
    OutcomeAdvanced,
    OutcomeAdopted,
)
