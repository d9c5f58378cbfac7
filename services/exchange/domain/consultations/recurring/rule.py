"""The rule by which a consultation meets again and again (RFC 5545, 3.3.10), and the sessions that it may have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from services.exchange.domain.consultations.recurring.refusals import (
    FirstSessionElsewhere,
    FirstSessionLeftOut,
    NoSuchSlot,
    RecurrenceTooLong,
    SessionsCoincide,
    TooManySessions,
    UntilBeforeBegin,
)

MOST_SESSIONS = 60
"""A weekly meeting of a year has them."""
LONGEST = timedelta(days=3660)
"""How far behind the first session the last one may lie."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDER = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS")
"""The parts that choose days, in the order in which they are written."""
UNTIL_FORM = "%Y%m%dT%H%M%SZ"

Chosen = tuple[int, ...]


@dataclass(frozen=True)
class Rule:
    """A rule that was read. Either `count` or `until` (UTC) is there. `frequency`: `DAILY`, `WEEKLY` and so on.

    `weekdays`: of BYDAY, each as (which of the month or year, or 0 for all; weekday from Monday, 0). `chosen`: the
    numbers of the other parts of `ORDER`. `week_begins`: a weekday. Whatever is a list is sorted and has nothing twice.
    """

    frequency: str
    count: int | None = None
    until: datetime | None = None
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    chosen: Mapping[str, Chosen] = field(default_factory=dict)
    week_begins: int = 0

    def text(self) -> str:
        """The rule as it is always written: FREQ first, nothing that goes without saying; ASCII on one line."""
        parts = {"FREQ": self.frequency, "UNTIL": self.until and self.until.strftime(UNTIL_FORM), "COUNT": self.count}
        parts["INTERVAL"] = self.interval if self.interval > 1 else None
        parts |= {name: self._list(name) for name in ORDER}
        parts["WKST"] = WEEKDAYS[self.week_begins] if self.week_begins else None
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def _list(self, name: str) -> str:
        if name == "BYDAY":
            return ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in self.weekdays)
        return ",".join(map(str, self.chosen.get(name, ())))


def must_end_behind(rule: Rule, begins: datetime) -> None:
    """Raises `UntilBeforeBegin`."""
    if rule.until and rule.until < begins:
        raise UntilBeforeBegin(until=rule.until.isoformat(), begins=begins.isoformat())


def must_be_sessions(rule: Rule, begins: datetime, found: Sequence[datetime]) -> None:
    """Whether what the rule gives can be the sessions of a consultation that begins at `begins`.

    `found`: the moments that it gives from that day on and within `LONGEST`, up to one more than `MOST_SESSIONS`.
    Raises `FirstSessionElsewhere`, `TooManySessions`, `RecurrenceTooLong`, `SessionsCoincide`.
    """
    if not found or found[0] != begins:
        raise FirstSessionElsewhere(begins=begins.isoformat(), first=found[0].isoformat() if found else None)
    if len(found) > MOST_SESSIONS:
        raise TooManySessions(most=MOST_SESSIONS)
    latest = begins + LONGEST
    if len(found) < (rule.count or 0) or (rule.until and rule.until > latest):
        raise RecurrenceTooLong(begins=begins.isoformat(), latest=latest.isoformat())
    for before, after in pairwise(found):
        if before >= after:
            raise SessionsCoincide(slot=after.isoformat())


def leaving_out(slots: Sequence[datetime], without: Iterable[datetime]) -> tuple[datetime, ...]:
    """The slots but those of `without` (RFC 5545, EXDATE). Raises `NoSuchSlot`, `FirstSessionLeftOut`."""
    left_out = frozenset(without)
    for slot in sorted(left_out):
        if slot not in slots:
            raise NoSuchSlot(slot=slot.isoformat())
        if slot == slots[0]:
            raise FirstSessionLeftOut(slot=slot.isoformat())
    return tuple(slot for slot in slots if slot not in left_out)
