"""Sessions of a recurring consultation, with python-dateutil.

It gives the days of a rule; the rule is read strictly before, by the domain. Where RFC 5545 says two things, or
dateutil reads it otherwise:

- A local time that a change of the clock leaves out is the one that was meant before the change (02:30 becomes 03:30),
  and of one that comes twice it is the first (3.3.5, to which 3.3.10 refers for computed times; elsewhere 3.3.10 would
  rather drop the former, and with it a session that people count on).
- BYWEEKNO without a day means the first session's weekday; to dateutil it means the whole week.
- BYDAY=MO,1TU means every Monday and the first Tuesday; to dateutil it means days that are both.

dateutil looks for the next day up to the year 9999, which takes it seconds where there is none. So it is given the same
days 400 years or several times that later, when the calendar is the same to the weekday: it stops within 400 years.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule as library

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.recurring.reading import canonical, read_rule
from services.exchange.domain.consultations.recurring.rule import (
    LONGEST,
    MOST_SESSIONS,
    Rule,
    leaving_out,
    must_be_sessions,
    must_end_behind,
)
from services.exchange.domain.site import must_be_a_zone

FREQUENCIES = {"DAILY": library.DAILY, "WEEKLY": library.WEEKLY, "MONTHLY": library.MONTHLY, "YEARLY": library.YEARLY}
CYCLE = 400
"""Years after which the Gregorian calendar repeats: 20,871 weeks."""
_LAST = 9980
"""The first session is moved to a year before this one, so that there is room behind it for all others."""


class RecurrenceRules:
    """`Recurrences` of RFC 5545."""

    def slots(
        self, rule: str, begins: datetime, zone: str, *, without: Iterable[datetime] = ()
    ) -> tuple[datetime, ...]:
        must_be_a_zone(zone)
        read = read_rule(rule)
        must_end_behind(read, begins)
        found = tuple(islice(moments(read, begins, zone_named(zone)), read.count or MOST_SESSIONS + 1))
        must_be_sessions(read, begins, found)
        return leaving_out(found, without)

    def canonical(self, rule: str) -> str:
        return canonical(rule)


def moments(rule: Rule, begins: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """What the rule gives, in UTC, until it or the longest stretch of time (`LONGEST`) ends."""
    local = begins.astimezone(zone).replace(tzinfo=None)
    later = (_LAST - local.year) // CYCLE * CYCLE
    first = local.replace(year=local.year + later)
    for each in library.rrule(dtstart=first, until=first + LONGEST, **_asked(rule, first)):
        # Without a fold, Python reads a time that is left out or comes twice as RFC 5545 does (PEP 495).
        moment = each.replace(year=each.year - later, tzinfo=zone).astimezone(UTC)
        if rule.until and moment > rule.until:
            return
        yield moment


def _asked(rule: Rule, first: datetime) -> dict[str, Any]:
    return {
        "freq": FREQUENCIES[rule.frequency],
        "interval": rule.interval,
        "wkst": rule.week_begins,
        "byweekday": _weekdays(rule, first),
        "bymonthday": rule.chosen.get("BYMONTHDAY"),
        "byyearday": rule.chosen.get("BYYEARDAY"),
        "byweekno": rule.chosen.get("BYWEEKNO"),
        "bymonth": rule.chosen.get("BYMONTH"),
        "bysetpos": rule.chosen.get("BYSETPOS"),
    }


def _weekdays(rule: Rule, first: datetime) -> list[library.weekday] | None:
    if not rule.weekdays:
        only_weeks = "BYWEEKNO" in rule.chosen and not {"BYMONTHDAY", "BYYEARDAY"} & rule.chosen.keys()
        return [library.weekday(first.weekday())] if only_weeks else None
    most = 5 if rule.frequency == "MONTHLY" or "BYMONTH" in rule.chosen else 53
    return [library.weekday(day, n) for which, day in rule.weekdays for n in ([which] if which else range(1, most + 1))]
