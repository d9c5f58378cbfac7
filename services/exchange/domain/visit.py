"""A staff visit: who goes where, when, under which promise, and how far it has come."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from dataclasses import field as having
from datetime import date, datetime, timedelta
from typing import Any

from services.exchange.domain.parties import NEEDS_ACTION, Deputy, Extension, Note, Reply

PROPOSED, PENDING, BOOKED, ARRIVED = "proposed", "pending", "booked", "arrived"
FULFILLED, CANCELLED = "fulfilled", "cancelled"
NOSHOW, ENTERED_IN_ERROR = "noshow", "entered-in-error"

HOLDING = frozenset({PENDING, BOOKED, ARRIVED})
"""A proposal holds nothing; what is over holds nothing any more."""
OPEN = frozenset({PROPOSED, PENDING})
"""States in which replies are still awaited."""

MOST_DAYS = 365


@dataclass(frozen=True)
class Visitor:
    """`seat` is one of the department's numbered places, from 1, while the visit holds.

    `arrived_on` and `departed_on` are this visitor's own days at the host. Who is `withdrawn` no longer goes.
    `planned_until`: of who had left when the visit was extended, the departure that had been planned for them.
    """

    person: str
    seat: int | None = None
    arrived_on: date | None = None
    departed_on: date | None = None
    withdrawn: bool = False
    planned_until: date | None = None


@dataclass(frozen=True)
class Expectation:
    """What the agreement expects of a fulfilled visit: an outcome's type, so many days after the departure."""

    type: str
    due_days: int


@dataclass(frozen=True)
class Warned:
    """What a rule found when the visit was decided on, and let pass. `facts` are plain JSON values."""

    rule: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Visit:
    """Days are calendar days at the host, both ends included. `needs` are the parties whose acceptance books it."""

    id: str
    state: str
    agreement: str
    condition: str
    kind: str
    field: str
    purpose: str
    sending_site: str
    host_site: str
    host_department: str
    proposer: str | None
    leader: str
    visitors: tuple[Visitor, ...]
    planned_arrival: date
    planned_departure: date
    reply_by: datetime
    needs: tuple[str, ...]
    replies: Mapping[str, Reply] = having(default_factory=dict)
    expects: Expectation | None = None
    actual_arrival: date | None = None
    actual_departure: date | None = None
    report: str = ""
    flags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    extension: Extension | None = None
    warnings: tuple[Warned, ...] = ()

    @property
    def is_holding(self) -> bool:
        return self.state in HOLDING

    @property
    def year(self) -> int:
        """The year whose quota the visit counts against: that of its arrival."""
        return self.planned_arrival.year

    @property
    def going(self) -> tuple[Visitor, ...]:
        """Those who have not withdrawn."""
        return tuple(visitor for visitor in self.visitors if not visitor.withdrawn)

    @property
    def statuses(self) -> Mapping[str, str]:
        """What each party whose acceptance it needs has answered: `needs-action` where nothing yet."""
        return {party: each.status if (each := self.replies.get(party)) else NEEDS_ACTION for party in self.needs}

    @property
    def visitor_days(self) -> int:
        """Planned days of everybody who goes; of who has left, the planned days until then."""
        return sum(len(self.days_of(visitor)) for visitor in self.visitors)

    @property
    def planned_visitor_days(self) -> int:
        """All days that were ever planned for those who go, whenever they really left."""
        until = (each.planned_until or self.planned_departure for each in self.going)
        return sum(days_between(self.planned_arrival, departure) for departure in until)

    @property
    def actual_visitor_days(self) -> int:
        """Days that really passed, of everybody who came; 0 before it is over."""
        if self.actual_departure is None:
            return 0
        return sum(_passed(self.arrival_of(each), each.departed_on or self.actual_departure) for each in self.going)

    @property
    def expected_outcome(self) -> tuple[str, date] | None:
        """Type and due day of the outcome expected of it; `None` before it is fulfilled or where none is expected."""
        if self.expects is None or self.actual_departure is None:
            return None
        return self.expects.type, self.actual_departure + timedelta(days=self.expects.due_days)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day from planned arrival to planned departure, inclusive."""
        return _days(self.planned_arrival, self.planned_departure)

    def days_of(self, visitor: Visitor) -> tuple[date, ...]:
        """The planned days of one visitor: none once withdrawn, those until the departure once departed."""
        if visitor.withdrawn:
            return ()
        return _days(self.planned_arrival, min(self.planned_departure, visitor.departed_on or self.planned_departure))

    def arrival_of(self, visitor: Visitor) -> date | None:
        """The day on which the visitor arrived; where no visitor has a day of their own, that of the whole visit."""
        if any(each.arrived_on for each in self.visitors):
            return visitor.arrived_on
        return None if visitor.withdrawn else self.actual_arrival


def days_between(arrival: date, departure: date) -> int:
    """How many days a stay takes, both ends counted."""
    return (departure - arrival).days + 1


def seat_key(department: str, seat: int, day: date) -> str:
    """The hold on one numbered place of a department on one day."""
    return f"seat:{department}:{seat}:{day.isoformat()}"


def parts_of_seat_key(key: str) -> tuple[int, str]:
    """Number and day (ISO 8601) of the place that a key holds."""
    _, _, seat, day = key.split(":")
    return int(seat), day


def is_seat_within(key: str, departments: Set[str], first: date, last: date) -> bool:
    """Whether the key is the hold on a seat of one of the departments, on a day from `first` to `last`."""
    kind, _, rest = key.partition(":")
    department, day = rest.split(":")[0], rest.rpartition(":")[2]
    return kind == "seat" and department in departments and first.isoformat() <= day <= last.isoformat()


def person_key(person: str, day: date) -> str:
    """The hold on one person on one day."""
    return f"person:{person}:{day.isoformat()}"


def holds(visit: Visit) -> tuple[str, ...]:
    """Every seat-day and person-day that the visit occupies; none unless it holds."""
    if not visit.is_holding:
        return ()
    return tuple(
        key
        for visitor in visit.visitors
        for day in visit.days_of(visitor)
        for key in (person_key(visitor.person, day), seat_key(visit.host_department, visitor.seat or 0, day))
    )


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(days_between(first, last)))


def _passed(arrival: date | None, departure: date) -> int:
    return days_between(arrival, departure) if arrival else 0
