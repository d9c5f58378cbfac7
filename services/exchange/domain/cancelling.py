"""The ways in which a visit does not take place."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from services.exchange.domain.events import VisitCancelled
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.visit import CANCELLED, OPEN, Visit

LAPSE = "lapse"


def cancel(visit: Visit, *, by: str | None, reason: str) -> Decision[Visit]:
    """Somebody calls it off before anyone arrived. Raises `WrongState`."""
    must_fit(visit, "cancel_visit")
    cancelled = replace(visit, state=CANCELLED, extension=None)
    return Decision(cancelled, what="cancelled", events=(VisitCancelled(cancelled, by=by, reason=reason),), why=reason)


def lapse(visit: Visit, *, now: datetime) -> Decision[Visit] | None:
    """Nobody answered in time: what was held is free again. `None` when it was answered, or is not yet due."""
    if visit.state not in OPEN or now < visit.reply_by:
        return None
    lapsed = replace(visit, state=CANCELLED)
    reason = f"not answered by {visit.reply_by.isoformat()}"
    return Decision(lapsed, what="lapsed", events=(VisitCancelled(lapsed, by=None, reason=reason),), why=reason)


def due(visit: Visit) -> tuple[Due, ...]:
    """An open visit wants to be looked at again when its replies are due."""
    return (Due(LAPSE, visit.reply_by),) if visit.state in OPEN else ()
