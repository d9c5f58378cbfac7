"""Visits that nobody came to, and visits that should never have been entered."""

from dataclasses import replace
from datetime import date

from chassis.kernel.decision import Decision
from services.exchange.domain.events import VisitEnteredInError, VisitNoshow
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.visit import ENTERED_IN_ERROR, NOSHOW, Visit
from services.exchange.domain.visit_refusals import NotYetPassed


def mark_noshow(visit: Visit, *, by: str | None, reason: str, today: date) -> Decision[Visit]:
    """Nobody came, and the arrival day is over: what was held is free. Raises `WrongState`, `NotYetPassed`."""
    must_fit(visit, "mark_noshow")
    if today <= visit.planned_arrival:
        raise NotYetPassed(date=visit.planned_arrival.isoformat(), today=today.isoformat())
    missed = replace(visit, state=NOSHOW, extension=None)
    return Decision(missed, what="noshow", events=(VisitNoshow(missed, by=by, reason=reason),), why=reason)


def mark_entered_in_error(visit: Visit, *, by: str | None, reason: str) -> Decision[Visit]:
    """It should never have been there: what it holds or has used is given back. Raises `WrongState`."""
    must_fit(visit, "mark_entered_in_error")
    marked = replace(visit, state=ENTERED_IN_ERROR, extension=None)
    told = VisitEnteredInError(marked, before=visit.state, by=by, reason=reason)
    return Decision(marked, what="entered in error", events=(told,), why=reason)
