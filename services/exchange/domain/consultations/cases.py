"""What is talked about, what was said of it and what is to be done."""

from dataclasses import dataclass
from datetime import date, datetime

ROUTINE, URGENT, EMERGENCY = "routine", "urgent", "emergency"


@dataclass(frozen=True)
class Opinion:
    """What the session came to think of a case."""

    text: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Case:
    """`reference`: the presenting hospital's own, and nothing by which the patient could be known.

    `slot`: the session that it is brought before. `consent`: who confirmed that the patient agreed, when.
    """

    id: str
    reference: str
    question: str
    urgency: str
    presenter: str
    slot: datetime
    consent_by: str | None
    consent_at: datetime
    opinion: Opinion | None = None
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything of it, and somebody still should."""
        return self.opinion is None and not self.withdrawn


@dataclass(frozen=True)
class Action:
    """Something that somebody will do. `slot`: the session that asked for it. `chased`: how often they were reminded.

    `case`: the case that it follows from, if it follows from one.
    """

    id: str
    what: str
    owner: str
    due_on: date
    slot: datetime
    case: str | None = None
    done_on: date | None = None
    note: str = ""
    dropped: bool = False
    chased: int = 0

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.dropped
