"""How far each visitor has come, and picking those whom a command is about."""

from collections.abc import Iterable
from datetime import date

from services.exchange.domain.refusals import DateInTheFuture
from services.exchange.domain.visit import Visit, Visitor
from services.exchange.domain.visit_refusals import NobodyExpected, NotAVisitor, VisitorNotExpected

AWAITED, PRESENT, DEPARTED, WITHDRAWN = "awaited", "arrived", "departed", "withdrawn"


def standing(visit: Visit, visitor: Visitor) -> str:
    """`awaited`, `arrived` (and still there), `departed` or `withdrawn`."""
    if visitor.withdrawn:
        return WITHDRAWN
    if visitor.departed_on:
        return DEPARTED
    return PRESENT if visit.arrival_of(visitor) else AWAITED


def those(visit: Visit, wanted: str) -> tuple[str, ...]:
    """The people who stand so."""
    return tuple(each.person for each in visit.visitors if standing(visit, each) == wanted)


def picked(visit: Visit, persons: Iterable[str], wanted: str, command: str) -> tuple[str, ...]:
    """The persons named, or everybody who stands as wanted where none is.

    Raises `NotAVisitor`, `VisitorNotExpected` for one who stands otherwise, `NobodyExpected` where there is none.
    """
    named = tuple(dict.fromkeys(persons)) or those(visit, wanted)
    if not named:
        raise NobodyExpected(command=command)
    for person in named:
        must_stand(visit, person, wanted)
    return named


def must_stand(visit: Visit, person: str, wanted: str) -> Visitor:
    """The visitor. Raises `NotAVisitor`, `VisitorNotExpected`."""
    visitor = next((each for each in visit.visitors if each.person == person), None)
    if visitor is None:
        raise NotAVisitor(person=person)
    if (stands := standing(visit, visitor)) != wanted:
        raise VisitorNotExpected(person=person, because=stands)
    return visitor


def must_have_happened(day: date, today: date) -> None:
    """Raises `DateInTheFuture`."""
    if day > today:
        raise DateInTheFuture(date=day.isoformat(), today=today.isoformat())
