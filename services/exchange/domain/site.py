"""A partner hospital or commission, its departments, and what a day is there."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chassis.kernel.decision import Decision
from services.exchange.domain.refusals import NoSuchDepartment, UnknownZone
from services.exchange.domain.words import Names


@dataclass(frozen=True)
class Department:
    """A department that hosts; `seats` visitors can be there on one day."""

    id: str
    names: Names
    seats: int


@dataclass(frozen=True)
class Site:
    """`zone` is set explicitly: hospitals in Kashgar keep Beijing time. `coordinators` act for the site."""

    id: str
    names: Names
    country: str
    zone: str
    coordinators: tuple[str, ...]
    departments: tuple[Department, ...]

    def department(self, department_id: str) -> Department:
        """Raises `NoSuchDepartment`."""
        for department in self.departments:
            if department.id == department_id:
                return department
        raise NoSuchDepartment(site=self.id, department=department_id)

    def today(self, now: datetime) -> date:
        """The calendar day at the site."""
        return now.astimezone(ZoneInfo(self.zone)).date()


def register(site: Site) -> Decision[Site]:
    """A site joins. Raises `UnknownZone`."""
    must_be_a_zone(site.zone)
    return Decision(site, what="registered")


def must_be_a_zone(name: str) -> None:
    """Raises `UnknownZone` where no time zone has the name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(zone=name) from None
