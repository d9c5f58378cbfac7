"""A person's hours: when messages that can wait do wait, by the clocks of where they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count

from chassis.kernel.zones import zone_named

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Hours:
    """Quiet from `quiet_from` to `quiet_until`, over midnight where the first is the later one; never where they are
    the same. `working_days` are ISO weekdays, 1 for Monday; on other days it is quiet all day.
    """

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    working_days: tuple[int, ...] = EVERY_DAY

    def opens(self, zone: str, now: datetime) -> datetime:
        """The first moment from `now` on at which it is not quiet, in UTC. `zone`: an IANA name."""
        local = now.astimezone(zone_named(zone))
        if self._is_open(local):
            return now
        return next(at for at in self._openings(local) if at > now)

    def _is_open(self, local: datetime) -> bool:
        return local.isoweekday() in self.working_days and not self._is_quiet(local.time())

    def _is_quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def _openings(self, local: datetime) -> Iterator[datetime]:
        """The moments at which quiet ends, from the local day on: after midnight, and after quiet hours."""
        for days in count():
            day = (local + timedelta(days=days)).date()
            if day.isoweekday() in self.working_days:
                starts = sorted({time(0), self.quiet_until})
                yield from (
                    datetime.combine(day, start, local.tzinfo).astimezone(UTC)
                    for start in starts
                    if not self._is_quiet(start)
                )


def next_at(hour: time, weekdays: tuple[int, ...], zone: str, now: datetime) -> datetime:
    """The first moment after `now` when the clocks of the zone show `hour` on one of the ISO weekdays, in UTC."""
    local = now.astimezone(zone_named(zone))
    days = ((local + timedelta(days=number)).date() for number in range(9))
    moments = (
        datetime.combine(day, hour, local.tzinfo).astimezone(UTC) for day in days if day.isoweekday() in weekdays
    )
    return next(moment for moment in moments if moment > now)
