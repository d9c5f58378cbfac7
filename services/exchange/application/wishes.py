"""What is asked for, and what the visit that asks holds itself: it does not stand in its own way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.exchange.domain.extending import arrival_held, asked_since
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.rules import Taken
from services.exchange.domain.seating import who_needs_a_seat
from services.exchange.domain.visit import MOST_DAYS, Visit, holds


@dataclass(frozen=True)
class Wish:
    """What is asked for. `people`: the leader first. `visit`: the visit itself where there is one already.

    `since`: of people who are there already, the first of the days that they ask for besides.
    `held_arrival`: the day of arrival of a visit that holds already.
    """

    agreement: str
    condition: str
    department: str
    people: tuple[str, ...]
    arrival: date
    departure: date
    visit: Visit | None = None
    since: date | None = None
    held_arrival: date | None = None


def wish_of(visit: Visit, standing: Visit | None = None) -> Wish:
    """What a visit asks for; `standing` is how it stands, where it is only to become `visit`.

    Who has left asks for nothing more.
    """
    staying = who_needs_a_seat(visit) or visit.going
    going = sorted(staying, key=lambda visitor: visitor.person != visit.leader)
    return Wish(
        agreement=visit.agreement,
        condition=visit.condition,
        department=visit.host_department,
        people=tuple(visitor.person for visitor in going),
        arrival=visit.planned_arrival,
        departure=visit.planned_departure,
        visit=standing or visit,
        since=asked_since(standing),
        held_arrival=arrival_held(standing),
    )


def last_day(wish: Wish) -> date:
    """The last day that is looked at: what is longer than any visit may be is refused for that."""
    return min(wish.departure, wish.arrival + timedelta(days=MOST_DAYS - 1))


def days_from(first: date, last: date) -> list[date]:
    """Every day, both ends included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def own_holds(wish: Wish) -> frozenset[str]:
    """What the visit itself holds already."""
    return frozenset(holds(wish.visit)) if wish.visit else frozenset()


def taken_seats(keys: Iterable[str]) -> Taken:
    """The seat-days that keys of holds tell of."""
    taken: dict[str, dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(keys):
        _, department, seat, day = key.split(":")
        taken[department][int(seat)].append(date.fromisoformat(day))
    return {each: {seat: tuple(days) for seat, days in seats.items()} for each, seats in taken.items()}


def without(ledger: Ledger, wish: Wish) -> Ledger:
    """The ledger as if the visit held nothing: a visit does not stand in its own way.

    Where further days alone are asked for, those that it holds are not.
    """
    visit = wish.visit
    if visit is None or wish.since or not visit.is_holding or ledger.year != visit.year:
        return ledger
    visits, days = ledger.visits, ledger.visitor_days
    return replace(
        ledger,
        visits=replace(visits, held=visits.held - 1),
        visitor_days=replace(days, held=days.held - visit.visitor_days),
    )
