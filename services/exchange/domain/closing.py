"""Closing a department for some days: what is free is taken, what is booked stays and is listed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.changing_site import with_department
from services.exchange.domain.directory_refusals import (
    AlreadyClosed,
    ClosureTooLarge,
    NoSuchClosure,
)
from services.exchange.domain.refusals import DateInThePast, DatesReversed, DepartmentClosed
from services.exchange.domain.site import Closure, Department, Site
from services.exchange.domain.visit import days_between, seat_key

MOST_PLACE_DAYS = 10_000
"""How many seats times days one closed period may take: they are keys of one document, written at once."""


@dataclass(frozen=True)
class TakenPlaces:
    """The places that a closed period keeps from everybody. It stands among the visits, so that the same index sees it.

    None of its fields is named as one of a visit's: no question about visits finds it. `left_to_visits` are the
    places that visits held when it began.
    """

    id: str
    closed_department: str
    seats: int
    first: date
    last: date
    left_to_visits: tuple[str, ...] = ()
    reopened: bool = False


def close(site: Site, department_id: str, closure: Closure, *, today: date) -> Decision[Site]:
    """The department hosts nobody from `first` to `last`.

    Raises `DatesReversed`, `DateInThePast`, `ClosureTooLarge`, `AlreadyClosed`, `NoSuchDepartment`.
    """
    department = site.department(department_id)
    _must_be_possible(department, closure, today)
    if other := department.closure_within(closure.first, closure.last):
        raise AlreadyClosed(closure=other.id, first=other.first.isoformat(), last=other.last.isoformat())
    closed = tuple(sorted((*department.closed, closure), key=lambda each: each.first))
    what = f"{department_id} closed from {closure.first.isoformat()} to {closure.last.isoformat()}"
    return Decision(with_department(site, replace(department, closed=closed)), what=what, why=closure.reason)


def reopen(site: Site, department_id: str, closure_id: str) -> Decision[Site]:
    """The closed period is over, or was never to be. Raises `NoSuchClosure`, `NoSuchDepartment`."""
    department = site.department(department_id)
    left = tuple(closure for closure in department.closed if closure.id != closure_id)
    if left == department.closed:
        raise NoSuchClosure(department=department_id, closure=closure_id)
    return Decision(with_department(site, replace(department, closed=left)), what=f"{department_id} reopened")


def all_places(department: Department, closure: Closure) -> list[str]:
    """The key of every place of the department on every closed day."""
    return _keys(department.id, department.seats, closure.first, closure.last)


def take(department: Department, closure: Closure, held: Iterable[str]) -> Decision[TakenPlaces]:
    """Takes every place that visits do not hold."""
    taken = TakenPlaces(
        closure.id, department.id, department.seats, closure.first, closure.last, tuple(sorted(set(held)))
    )
    return Decision(taken, what="places taken", why=closure.reason)


def give_back(taken: TakenPlaces) -> Decision[TakenPlaces]:
    """All of them are free again."""
    return Decision(replace(taken, reopened=True), what="places given back")


def places(taken: TakenPlaces) -> tuple[str, ...]:
    """The holds of a closed period."""
    if taken.reopened:
        return ()
    left = set(taken.left_to_visits)
    keys = _keys(taken.closed_department, taken.seats, taken.first, taken.last)
    return tuple(key for key in keys if key not in left)


def must_be_open(department: Department, first: date, last: date) -> None:
    """Raises `DepartmentClosed` where it is closed on one of the days."""
    if closure := department.closure_within(first, last):
        raise DepartmentClosed(
            department=department.id,
            first=closure.first.isoformat(),
            last=closure.last.isoformat(),
            reason=closure.reason,
        )


def _must_be_possible(department: Department, closure: Closure, today: date) -> None:
    first, last = closure.first, closure.last
    if last < first:
        raise DatesReversed(arrival=first.isoformat(), departure=last.isoformat())
    if last < today:
        raise DateInThePast(date=last.isoformat(), today=today.isoformat())
    if (size := department.seats * days_between(first, last)) > MOST_PLACE_DAYS:
        raise ClosureTooLarge(seats=department.seats, days=days_between(first, last), takes=size, most=MOST_PLACE_DAYS)


def _keys(department: str, seats: int, first: date, last: date) -> list[str]:
    days = [first + timedelta(days=number) for number in range(days_between(first, last))]
    return [seat_key(department, seat, day) for day in days for seat in range(1, seats + 1)]
