"""Events on the way of outcomes into practice that version 1 never had, in the words of version 2."""

from datetime import date
from typing import ClassVar

from contracts.research.v2 import OutcomeEvent
from contracts.words import PersonId, SiteId, TransferStage


class OutcomeGateDue(OutcomeEvent):
    """The day began on which a gate that was deferred is to be decided after all.

    `reason`: why it was deferred, and `deferred_by` whom.
    """

    type: ClassVar[str] = "research.outcome.gate-due.v2"

    gate: TransferStage
    back_on: date
    reason: str
    deferred_by: PersonId


class OutcomeAdoptionEnded(OutcomeEvent):
    """A hospital no longer uses an outcome that it had adopted; others may."""

    type: ClassVar[str] = "research.outcome.adoption-ended.v2"

    adopting_site: SiteId
    adopted_on: date
    ended_on: date
    reason: str
    by: PersonId


class OutcomeFollowUpDue(OutcomeEvent):
    """So many months after a hospital adopted an outcome, the day began on which it is to say whether it still uses it.

    Its managers and coordinators are asked; `confirmed_by` is who confirmed the adoption, where that is known.
    """

    type: ClassVar[str] = "research.outcome.follow-up-due.v2"

    adopting_site: SiteId
    adopted_on: date
    months: int
    follow_up_on: date
    confirmed_by: PersonId | None = None


EVENTS: tuple[type[OutcomeEvent], ...] = (OutcomeGateDue, OutcomeAdoptionEnded, OutcomeFollowUpDue)
