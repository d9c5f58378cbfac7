"""Version 1 of the exchange service's events about letters of invitation."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.envelope import EventData
from contracts.words import LetterId, PersonId, VisitId


class LetterIssued(EventData):
    """A letter of invitation is there to be fetched, behind sign-in: the letter itself is never in an event."""

    type: ClassVar[str] = "exchange.letter.issued.v1"

    letter: LetterId
    visit: VisitId
    person: PersonId = Field(description="whom it invites")
    number: int = Field(ge=1, description="which of this visitor's letters for this visit; the last one stands")
    asked_by: PersonId | None = None
    arrival: date
    departure: date
