"""What happened, in research's own words; adapters turn these into the events of the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.research.domain.adoption import Adoption
    from services.research.domain.gates import Gate
    from services.research.domain.outcome import Outcome


@dataclass(frozen=True)
class OutcomeHappening:
    """Base: something happened to an outcome, which now stands as `outcome`."""

    outcome: Outcome


@dataclass(frozen=True)
class OutcomeExpected(OutcomeHappening):
    pass


@dataclass(frozen=True)
class OutcomeDueSoon(OutcomeHappening):
    """`days_left` until the last day on which it may be reported in time."""

    days_left: int


@dataclass(frozen=True)
class OutcomeOverdue(OutcomeHappening):
    pass


@dataclass(frozen=True)
class OutcomeReported(OutcomeHappening):
    by: str | None


@dataclass(frozen=True)
class OutcomeWaived(OutcomeHappening):
    reason: str
    by: str | None


@dataclass(frozen=True)
class OutcomeWithdrawn(OutcomeHappening):
    reason: str


@dataclass(frozen=True)
class OutcomeQuestioned(OutcomeHappening):
    reason: str


@dataclass(frozen=True)
class OutcomeSettled(OutcomeHappening):
    """One that was questioned came of something else, and counts by that."""

    reason: str
    by: str | None
    reported_at: datetime


@dataclass(frozen=True)
class OutcomeAdvanced(OutcomeHappening):
    """A gate was decided, whether or not that moved the outcome on."""

    decided: Gate


@dataclass(frozen=True)
class OutcomeGateDue(OutcomeHappening):
    """The day came on which a gate that was deferred is to be decided after all."""

    deferred: Gate


@dataclass(frozen=True)
class OutcomeAdopted(OutcomeHappening):
    """A hospital uses it; it may be the second."""

    adoption: Adoption


@dataclass(frozen=True)
class AdoptionEnded(OutcomeHappening):
    """A hospital no longer uses it."""

    adoption: Adoption
    by: str | None


@dataclass(frozen=True)
class FollowUpDue(OutcomeHappening):
    """So many months after a hospital took it into use, it is to say whether it still does."""

    adoption: Adoption
    months: int


@dataclass(frozen=True)
class OutcomeMerged(OutcomeHappening):
    """It was `into`, which is kept: this one counts no more."""

    into: str
    reason: str
    by: str | None
