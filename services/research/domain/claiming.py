"""Somebody answers for a record that was read from a file, or says that it is none of the exchange's."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.research.domain.attributing import attributed_to, labels
from services.research.domain.details.amounts import Decimals
from services.research.domain.events import OutcomeReported
from services.research.domain.occurrence import Occurrence
from services.research.domain.outcome import REJECTED, UNCLAIMED, Outcome
from services.research.domain.refusals import WrongState
from services.research.domain.reporting import Told, disclosed, filled_in

CLAIMABLE = (UNCLAIMED, REJECTED)


def claim(
    outcome: Outcome,
    kind: str | None,
    told: Told,
    came_of: tuple[Occurrence, ...],
    *,
    decimals: Decimals,
    by: str | None,
    now: datetime,
) -> Decision[Outcome]:
    """Says what it came of, and what is missing or wrong in it; it is then reported, and counts by the first thing.

    Details are told field by field, beside those that it has; of another `kind` it has none. One that was rejected may
    be claimed after all. Raises `WrongState`, `AttributedAlready` and whatever `filled_in` does.
    """
    if outcome.state not in CLAIMABLE:
        raise WrongState(state=outcome.state, command="claim_outcome", fits=list(CLAIMABLE))
    typed = outcome if kind in (None, outcome.type) else replace(outcome, type=kind, details=None)
    details = {**(typed.details or {}), **(told.details or {})} or None
    said = filled_in(attributed_to(typed, came_of), replace(told, details=details), decimals)
    claimed = disclosed(said, now)
    return Decision(claimed, what="claimed", events=(OutcomeReported(claimed, by=by),), why=labels(came_of))


def reject(outcome: Outcome, *, reason: str) -> Decision[Outcome]:
    """It came of nothing that the alliance did; it stays, so that it is known when it is read again.

    Raises `WrongState`.
    """
    if outcome.state != UNCLAIMED:
        raise WrongState(state=outcome.state, command="reject_outcome", fits=[UNCLAIMED])
    return Decision(replace(outcome, state=REJECTED), what="rejected", why=reason)
