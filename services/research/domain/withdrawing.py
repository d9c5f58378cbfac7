"""What it came of was entered in error: nothing is expected of that, and what was reported is to be decided on."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.research.domain.events import OutcomeQuestioned, OutcomeWithdrawn
from services.research.domain.outcome import EXPECTED, MERGED, WAIVED, WITHDRAWN, Outcome


def withdraw(outcome: Outcome, *, reason: str) -> Decision[Outcome] | None:
    """Takes back an outcome that nobody has reported on; one that somebody has stays, flagged with the reason.

    `None` where either has happened already, where nobody waits for it any more, and where another took its place.
    """
    if outcome.state in (WITHDRAWN, WAIVED, MERGED) or outcome.questioned:
        return None
    if outcome.state == EXPECTED:
        withdrawn = replace(outcome, state=WITHDRAWN, overdue=False)
        return Decision(withdrawn, what="withdrawn", events=(OutcomeWithdrawn(withdrawn, reason),), why=reason)
    questioned = replace(outcome, questioned=reason)
    return Decision(questioned, what="questioned", events=(OutcomeQuestioned(questioned, reason),), why=reason)
