"""One start of a timetable, looked at closely."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from chassis.kernel.errors import Refusal
from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.finding.attending import Attendance, attendances
from services.exchange.domain.consultations.finding.bits import each, ones
from services.exchange.domain.consultations.finding.rules import Cause, is_waived
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.quarters import QUARTER

Found = tuple[Refusal, bool]
"""What breaks a rule, and whether it forbids the time."""
MINUTES = 15


@dataclass(frozen=True)
class Look:
    """A session that would begin at `start`."""

    timetable: Timetable
    wish: Wish
    start: int

    @property
    def begins(self) -> datetime:
        return self.timetable.grid.at(self.start)

    @property
    def ends(self) -> datetime:
        return self.timetable.grid.at(self.start + self.wish.quarters)

    @cached_property
    def attendances(self) -> tuple[Attendance, ...]:
        return tuple(attendances(self.timetable, self.wish, self.start))

    @property
    def sites(self) -> list[str]:
        """The ends: where those who come are, in the order in which they were named."""
        return list(dict.fromkeys(each.site for each in self.attendances if each.comes))

    def at(self, site: str) -> list[str]:
        """Who comes from there, deputies by their own name."""
        return [each.comes for each in self.attendances if each.comes and each.site == site]

    def hindered(self, cause: Cause) -> list[Attendance]:
        """Those whom it keeps away, or would if it were not waived."""
        return [each for each in self.attendances if cause in each.causes]

    def forbids(self, cause: Cause) -> bool:
        """Whether somebody is missed for it."""
        return not is_waived(cause, self.wish.waives) and any(each.is_missed for each in self.hindered(cause))

    def local(self, site: str) -> tuple[datetime, datetime]:
        """Beginning and end by the site's clock."""
        zone = zone_named(self.timetable.plan.sites[site].zone)
        return self.begins.astimezone(zone), self.ends.astimezone(zone)

    def local_days(self, site: str) -> list[date]:
        """The days that it touches there: one, or two over midnight."""
        zone = zone_named(self.timetable.plan.sites[site].zone)
        # What ends at midnight does not touch the day that begins then.
        touched = (self.begins, self.ends - QUARTER)
        return sorted({moment.astimezone(zone).date() for moment in touched})

    def first_in(self, quarters: int) -> datetime:
        """Its first quarter that is in a set, of which some are."""
        return self.timetable.grid.at(next(each(quarters & ones(self.wish.quarters) << self.start)))

    def minutes_in(self, quarters: int) -> int:
        """How much of it lies in a set of quarters."""
        return MINUTES * (quarters >> self.start & ones(self.wish.quarters)).bit_count()
