"""What became of a matter while nobody answered."""

from dataclasses import dataclass
from datetime import datetime

NOBODY, ACKNOWLEDGED, TOO_LATE, STOPPED = "nobody-left", "acknowledged", "too-late", "stopped"
"""Why a matter goes on no further: nobody else is there to be told; somebody who was told has said that they know of
it; its time was over; somebody stopped it."""


@dataclass(frozen=True)
class Raised:
    """A step was taken, and these people were told."""

    anchor: str
    step: str
    at: datetime
    told: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """`by`: who acknowledged or stopped it; nobody where time or the lack of people did."""

    anchor: str
    at: datetime
    because: str
    by: str | None = None
    reason: str = ""
