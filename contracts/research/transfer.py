"""Events on the way of outcomes into practice that version 1 never had, in the words of version 2."""

from datetime import date
from typing import ClassVar

from contracts.research.v2 import OutcomeEvent
from contracts.words import PersonId, TransferStage


class OutcomeGateDue(OutcomeEvent):
    """The day began on which a gate that was deferred is to be decided after all.

    `reason`: why it was deferred, and `deferred_by` whom.
    """

    type: ClassVar[str] = "research.outcome.gate-due.v2"

    gate: TransferStage
    back_on: date
    reason: str
    deferred_by: PersonId


EVENTS: tuple[type[OutcomeEvent], ...] = (OutcomeGateDue,)
