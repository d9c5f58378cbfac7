"""A partner hospital or commission, its departments, and what a day is there."""

from dataclasses import dataclass
from dataclasses import field as having
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

from chassis.kernel.decision import Decision
from chassis.kernel.zones import zone_named
from services.exchange.domain.calendar import OwnHoliday, Season
from services.exchange.domain.directory_refusals import NoSuchRoom
from services.exchange.domain.refusals import NoSuchDepartment, UnknownZone
from services.exchange.domain.words import Names, Texts


@dataclass(frozen=True)
class Closure:
    """Days on which a department hosts nobody, both ends included. `id` names what holds its places meanwhile."""

    first: date
    last: date
    reason: str
    id: str = ""

    def covers(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last` is closed."""
        return self.first <= last and first <= self.last


@dataclass(frozen=True)
class Department:
    """A department that hosts; `seats` visitors can be there on one day, in the `fields` that it works in."""

    id: str
    names: Names
    seats: int
    closed: tuple[Closure, ...] = ()
    fields: tuple[str, ...] = ()

    def closure_within(self, first: date, last: date) -> Closure | None:
        """The earliest closed period that touches one of the days, if any."""
        touching = [closure for closure in self.closed if closure.covers(first, last)]
        return min(touching, key=lambda closure: closure.first, default=None)


@dataclass(frozen=True)
class Room:
    """A room with a screen, from which up to `places` of the site's people take part in a consultation together."""

    id: str
    names: Names
    places: int


@dataclass(frozen=True)
class Factsheet:
    """What a host tells its visitors, in each language it has; `lead_days` is the notice that it needs."""

    visa: Texts = having(default_factory=dict)
    housing: Texts = having(default_factory=dict)
    insurance: Texts = having(default_factory=dict)
    lead_days: int = 0


@dataclass(frozen=True)
class Site:
    """`zone` is set explicitly: hospitals in Kashgar keep Beijing time. `coordinators` act for the site.

    `managers` are its programme managers, to whom goes what coordinators leave unanswered.

    `languages`: what is spoken there, as ISO 639 codes. `hours` and `holidays` are its own; national holidays are not
    kept here.
    """

    id: str
    names: Names
    country: str
    zone: str
    coordinators: tuple[str, ...]
    departments: tuple[Department, ...]
    languages: tuple[str, ...] = ()
    hours: tuple[Season, ...] = ()
    holidays: tuple[OwnHoliday, ...] = ()
    factsheet: Factsheet = Factsheet()
    rooms: tuple[Room, ...] = ()
    managers: tuple[str, ...] = ()

    def department(self, department_id: str) -> Department:
        """Raises `NoSuchDepartment`."""
        for department in self.departments:
            if department.id == department_id:
                return department
        raise NoSuchDepartment(site=self.id, department=department_id)

    def room(self, room_id: str) -> Room:
        """Raises `NoSuchRoom`."""
        for room in self.rooms:
            if room.id == room_id:
                return room
        raise NoSuchRoom(site=self.id, room=room_id)

    def today(self, now: datetime) -> date:
        """The calendar day at the site."""
        return now.astimezone(zone_named(self.zone)).date()

    def begin_of(self, day: date) -> datetime:
        """The moment at which the day begins at the site."""
        return datetime.combine(day, time(), zone_named(self.zone))

    def moment_of(self, day: date, clock: str) -> datetime:
        """When the site's clock shows `HH:MM` on the day, in UTC; `24:00` is where the next day begins."""
        if clock == "24:00":
            day, clock = day + timedelta(days=1), "00:00"
        return datetime.combine(day, time.fromisoformat(clock), zone_named(self.zone)).astimezone(UTC)


def register(site: Site) -> Decision[Site]:
    """A site joins. Raises `UnknownZone`."""
    must_be_a_zone(site.zone)
    return Decision(site, what="registered")


def must_be_a_zone(name: str) -> None:
    """Raises `UnknownZone` where no time zone has the name."""
    try:
        zone_named(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(zone=name) from None
