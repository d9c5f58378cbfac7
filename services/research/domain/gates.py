"""Gates on the way into practice: what is decided at them, by whom, and on what evidence."""

from dataclasses import dataclass
from datetime import date, datetime

from services.research.domain.evidence import Evidence
from services.research.domain.rating import Warned

ACCEPTED, NOT_APPLICABLE, DEFERRED, DECLINED = "accepted", "not-applicable", "deferred", "declined"
MOVES_ON = frozenset({ACCEPTED, NOT_APPLICABLE})
"""Gate decisions that lead to the next stage; the others are recorded, and the gate is decided again."""


@dataclass(frozen=True)
class Verdict:
    """What somebody says of a gate.

    `body`: the board or committee that decided, where that was not the speaker alone. `decided_on`: where it decided;
    today, unless said otherwise. `back_on`: the day on which a deferred gate comes back.
    """

    gate: str
    decision: str
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    body: str = ""
    decided_on: date | None = None
    back_on: date | None = None


@dataclass(frozen=True)
class Gate:
    """One decision at the gate before a stage, recorded `by` somebody `at` a moment. `warned`: of what, just then.

    `decided_on` is nothing in what was kept before there was such a day: it was decided as it was recorded.
    """

    gate: str
    decision: str
    reason: str
    evidence: tuple[Evidence, ...]
    by: str | None
    at: datetime
    body: str = ""
    decided_on: date | None = None
    back_on: date | None = None
    warned: tuple[Warned, ...] = ()

    @property
    def day(self) -> date:
        """The calendar day of the decision."""
        return self.decided_on or self.at.date()
