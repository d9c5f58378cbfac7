"""The times at which a consultation meets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.exchange.domain.consultations.participants import Answer

PLANNED, HELD, CALLED_OFF, MISSED = "planned", "fulfilled", "cancelled", "noshow"
"""What a session's `state` may be, in the field's words: to come, took place, will not, was waited for in vain."""


@dataclass(frozen=True)
class Session:
    """One meeting, from `begins` to before `ends`; both lie on a quarter of an hour, UTC.

    `slot`: when it was first to begin. It names the session for good, wherever it is moved (RFC 5545, RECURRENCE-ID).
    `link`: where people join. `answers`: of participants who answered for this session alone. `attended`: everybody
    who was there, once that is recorded.
    """

    slot: datetime
    begins: datetime
    ends: datetime
    state: str = PLANNED
    link: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    attended: tuple[str, ...] | None = None
    reason: str = ""

    @property
    def is_planned(self) -> bool:
        return self.state == PLANNED
