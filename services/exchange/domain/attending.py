"""What happens at the host: arrivals, departures, and the end of a visit that took place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.events import VisitArrived, VisitDeparted, VisitFulfilled
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.refusals import DatesReversed
from services.exchange.domain.standing import AWAITED, PRESENT, must_have_happened, picked, those
from services.exchange.domain.visit import ARRIVED, FULFILLED, Visit
from services.exchange.domain.visit_refusals import ArrivalTooEarly

EARLY_DAYS = 14
"""So many days before the planned arrival somebody may really have come; what is longer ago is a slip of the pen."""


def arrive(visit: Visit, *, arrived_on: date, today: date, persons: Iterable[str] = ()) -> Decision[Visit]:
    """The persons named, or all who are awaited, are there. An unplanned day is recorded and flagged.

    Raises `WrongState`, `DateInTheFuture`, `ArrivalTooEarly`, `NotAVisitor`, `VisitorNotExpected`, `NobodyExpected`.
    """
    must_fit(visit, "record_arrival")
    must_have_happened(arrived_on, today)
    _must_be_near(visit, arrived_on)
    who = picked(visit, persons, AWAITED, "record_arrival")
    visitors = tuple(replace(each, arrived_on=arrived_on) if each.person in who else each for each in visit.visitors)
    arrived = _flagged(
        replace(
            visit,
            state=ARRIVED,
            visitors=visitors,
            actual_arrival=min(each.arrived_on for each in visitors if each.arrived_on),
        ),
        early=arrived_on < visit.planned_arrival,
        late=arrived_on > visit.planned_departure,
    )
    return Decision(arrived, what=_told("arrived", visit, who), events=(VisitArrived(arrived, who, arrived_on),))


def depart(visit: Visit, *, departed_on: date, today: date, persons: Iterable[str] = ()) -> Decision[Visit]:
    """The persons named, or all who are there, left: what they held of the days after is free.

    Raises `WrongState`, `DateInTheFuture`, `DatesReversed`, `NotAVisitor`, `VisitorNotExpected`, `NobodyExpected`.
    """
    must_fit(visit, "record_departure")
    must_have_happened(departed_on, today)
    who = picked(visit, persons, PRESENT, "record_departure")
    departed = _left(visit, who, departed_on)
    return Decision(departed, what=_told("departed", visit, who), events=(VisitDeparted(departed, who, departed_on),))


def fulfil(visit: Visit, *, departed_on: date, report: str, today: date) -> Decision[Visit]:
    """The visit is over and took place; `departed_on` is the day on which those still there left.

    Raises `WrongState`, `DateInTheFuture`, `DatesReversed`.
    """
    must_fit(visit, "fulfil_visit")
    must_have_happened(departed_on, today)
    left = _left(visit, those(visit, PRESENT), departed_on)
    last = max(each.departed_on for each in left.visitors if each.departed_on)
    fulfilled = replace(left, state=FULFILLED, actual_departure=last, report=report, extension=None)
    return Decision(fulfilled, what="fulfilled", events=(VisitFulfilled(fulfilled),))


def _left(visit: Visit, who: Iterable[str], departed_on: date) -> Visit:
    for each in visit.visitors:
        came = visit.arrival_of(each)
        if each.person in who and came and departed_on < came:
            raise DatesReversed(arrival=came.isoformat(), departure=departed_on.isoformat())
    visitors = tuple(replace(each, departed_on=departed_on) if each.person in who else each for each in visit.visitors)
    stayed_on = bool(who) and departed_on > visit.planned_departure
    return _flagged(replace(visit, visitors=visitors), overstay=stayed_on)


def _must_be_near(visit: Visit, arrived_on: date) -> None:
    if arrived_on < visit.planned_arrival - timedelta(days=EARLY_DAYS):
        raise ArrivalTooEarly(
            date=arrived_on.isoformat(), planned_arrival=visit.planned_arrival.isoformat(), margin_days=EARLY_DAYS
        )


def _flagged(visit: Visit, **raised: bool) -> Visit:
    """With the flags that were raised beside those that it has: `early`, `late`, `overstay`."""
    return replace(visit, flags=tuple(sorted({*visit.flags, *(flag for flag, is_up in raised.items() if is_up)})))


def _told(what: str, visit: Visit, who: tuple[str, ...]) -> str:
    """The history says how many where it is not everybody."""
    return what if len(who) == len(visit.going) else f"{what} ({len(who)} of {len(visit.going)})"
