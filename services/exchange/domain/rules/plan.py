"""What a visit would be, and everything that the rules have to know to judge it."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.exchange.domain.agreement import Agreement, Condition
from services.exchange.domain.holidays import Calendar
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.site import Department, Site
from services.exchange.domain.visit import days_between

Taken = Mapping[str, Mapping[int, tuple[date, ...]]]
"""Department -> seat -> the days on which somebody has it, in order. A seat that is always free may be missing."""


@dataclass(frozen=True)
class Stay:
    """Another visit of a person, that holds or took place: its days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Guest:
    """Somebody who is to come, and where else they are or were."""

    person: str
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A visit as it would be. Days are calendar days at the host, both ends included; `today` is the host's.

    What is known of the surroundings (`taken`, the guests' stays, `ledgers` by year, calendars) leaves out the visit
    itself where there is one already, and reaches as far as other dates are to be tried.
    The first guest leads. `since`: of guests who are there already, the first of the days that they ask for besides;
    `None` where all of them are asked for. `held_arrival`: the day of arrival of a visit that holds already.
    """

    arrival: date
    departure: date
    guests: tuple[Guest, ...]
    agreement: Agreement
    condition: Condition
    sending: Site
    host: Site
    department: Department
    today: date
    taken: Taken
    ledgers: Mapping[int, Ledger]
    host_calendar: Calendar
    sending_calendar: Calendar
    since: date | None = None
    held_arrival: date | None = None

    @property
    def first_asked(self) -> date:
        """The first day that is not theirs already."""
        return self.since or self.arrival

    @property
    def asks_for_arrival(self) -> bool:
        """Whether the arrival is not theirs already."""
        return self.since is None and self.arrival != self.held_arrival

    @property
    def length(self) -> int:
        """How many days it takes."""
        return days_between(self.arrival, self.departure)

    @property
    def visitor_days(self) -> int:
        """Those asked for."""
        return len(self.guests) * days_between(self.first_asked, self.departure)

    @property
    def free_seats(self) -> tuple[int, ...]:
        """The department's seats that are free on all of the days."""
        taken = self.taken.get(self.department.id, {})
        numbers = range(1, self.department.seats + 1)
        return tuple(seat for seat in numbers if not self._touches(taken.get(seat, ())))

    def asks_for(self, day: date) -> bool:
        return self.first_asked <= day <= self.departure

    def _touches(self, days: tuple[date, ...]) -> bool:
        first = bisect_left(days, self.arrival)
        return first < len(days) and days[first] <= self.departure
