"""What happens at the host: arrival, and the end of a visit that took place."""

from dataclasses import replace
from datetime import date

from chassis.kernel.decision import Decision
from services.exchange.domain.events import VisitArrived, VisitFulfilled
from services.exchange.domain.refusals import DateInTheFuture, DatesReversed, WrongState
from services.exchange.domain.visit import ARRIVED, BOOKED, FULFILLED, Visit


def arrive(visit: Visit, *, arrived_on: date, today: date) -> Decision[Visit]:
    """The visitors are there. Raises `WrongState`, `DateInTheFuture`."""
    _must_be(BOOKED, visit, "record_arrival")
    _must_have_happened(arrived_on, today)
    arrived = replace(visit, state=ARRIVED, actual_arrival=arrived_on)
    return Decision(arrived, what="arrived", events=(VisitArrived(arrived),))


def fulfil(visit: Visit, *, departed_on: date, report: str, today: date) -> Decision[Visit]:
    """The visit is over and took place. Raises `WrongState`, `DateInTheFuture`, `DatesReversed`."""
    _must_be(ARRIVED, visit, "fulfil_visit")
    _must_have_happened(departed_on, today)
    if visit.actual_arrival and departed_on < visit.actual_arrival:
        raise DatesReversed(arrival=visit.actual_arrival.isoformat(), departure=departed_on.isoformat())
    fulfilled = replace(visit, state=FULFILLED, actual_departure=departed_on, report=report)
    return Decision(fulfilled, what="fulfilled", events=(VisitFulfilled(fulfilled),))


def _must_be(state: str, visit: Visit, command: str) -> None:
    if visit.state != state:
        raise WrongState(state=visit.state, command=command, fits=[state])


def _must_have_happened(day: date, today: date) -> None:
    if day > today:
        raise DateInTheFuture(date=day.isoformat(), today=today.isoformat())
