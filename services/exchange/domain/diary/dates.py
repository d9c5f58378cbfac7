"""What a search says of a date: a prefix, and a stretch as long as what was written leaves open (FHIR R4, search).

A date without a zone is one of the calendar where something is booked: a visit of 6 April begins on 6 April at the
host, wherever that day begins by the clock of UTC.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chassis.kernel.zones import zone_named
from services.exchange.domain.diary.refusals import InvalidParameter

PREFIXES = ("eq", "ne", "gt", "ge", "lt", "le")
FARTHEST = timedelta(hours=14)
"""No zone is farther from UTC."""
_FORM = re.compile(
    r"(?P<prefix>[a-z]{2})?(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"(T(?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)(\.(?P<fraction>\d+))?)?(?P<zone>Z|[+ -]\d\d:\d\d)?)?)?)?"
)
_EARLIEST, _LATEST = 1900, 2200
_ALWAYS = (datetime(_EARLIEST, 1, 1, tzinfo=UTC), datetime(_LATEST + 2, 1, 1, tzinfo=UTC))
_MICRO = 6
"""So many digits behind a second's point count."""
Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class DateTest:
    """`first` to before `last`: instants, or without a zone the clock of wherever something is booked."""

    prefix: str
    first: datetime
    last: datetime

    def fits(self, moment: datetime, zone: str) -> bool:
        """Whether something that begins at the moment, and is booked in the zone, is meant."""
        at = moment if self.first.tzinfo else moment.astimezone(zone_named(zone)).replace(tzinfo=None)
        tests = {
            "eq": self.first <= at < self.last,
            "ne": not self.first <= at < self.last,
            "gt": at >= self.last,
            "ge": at >= self.first,
            "lt": at < self.first,
            "le": at < self.last,
        }
        return tests[self.prefix]

    @property
    def window(self) -> Window:
        """Instants between which everything lies that may be meant, in whichever zone."""
        first, last = (each if each.tzinfo else each.replace(tzinfo=UTC) for each in (self.first, self.last))
        first, last = first - FARTHEST, last + FARTHEST
        return {"eq": (first, last), "gt": (first, _ALWAYS[1]), "ge": (first, _ALWAYS[1])}.get(
            self.prefix, (_ALWAYS[0], last if self.prefix in ("lt", "le") else _ALWAYS[1])
        )


Dates = Sequence[Sequence[DateTest]]
"""Every one of these has to fit, and one fits where one of its alternatives does."""


def fits(dates: Dates, moment: datetime, zone: str) -> bool:
    return all(any(each.fits(moment, zone) for each in alternatives) for alternatives in dates)


def window_of(dates: Dates) -> Window:
    """Instants between which everything lies that may fit; nothing does where the first is behind the last."""
    first, last = _ALWAYS
    for alternatives in dates:
        windows = [each.window for each in alternatives]
        first = max(first, min(begins for begins, _ in windows))
        last = min(last, max(ends for _, ends in windows))
    return first, last


def is_open(moment: datetime) -> bool:
    """Whether a window's edge is none: nothing was said about that side."""
    return moment in _ALWAYS


def test_of(parameter: str, value: str) -> DateTest:
    """What the value says. Raises `InvalidParameter`."""
    found = _FORM.fullmatch(value)
    if found is None:
        raise InvalidParameter(parameter=parameter, value=value[:64], problem="a date is needed, such as ge2026-12-01")
    prefix = found["prefix"] or "eq"
    if prefix not in PREFIXES:
        raise InvalidParameter(parameter=parameter, value=value[:64], problem=f"of the prefixes only {PREFIXES} do")
    try:
        return DateTest(prefix, *_stretch(found))
    except ValueError:
        problem = f"there is no such day or time from {_EARLIEST} to {_LATEST}"
        raise InvalidParameter(parameter=parameter, value=value[:64], problem=problem) from None


def _stretch(found: re.Match[str]) -> tuple[datetime, datetime]:
    """Raises `ValueError`."""
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(year)
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    fraction = int((found["fraction"] or "0")[:_MICRO].ljust(_MICRO, "0"))
    first = datetime(year, month, day, hour, minute, second, fraction)  # noqa: DTZ001 (in which zone, the booking says)
    last = _end_of(found, first)
    if found["zone"] is None:
        return first, last
    # A + in an address that nobody escaped arrives as a blank.
    offset = datetime.strptime(found["zone"].replace(" ", "+"), "%z").tzinfo
    return first.replace(tzinfo=offset).astimezone(UTC), last.replace(tzinfo=offset).astimezone(UTC)


def _end_of(found: re.Match[str], first: datetime) -> datetime:
    """Where the stretch ends that was left open: a year, a month, a day, a minute, a second or a part of it later."""
    if found["month"] is None:
        return first.replace(year=first.year + 1)
    if found["day"] is None:
        return (first + timedelta(days=32)).replace(day=1)
    if found["hour"] is None:
        return first + timedelta(days=1)
    if found["second"] is None:
        return first + timedelta(minutes=1)
    return first + timedelta(microseconds=10 ** max(0, _MICRO - len(found["fraction"] or "")))
