"""The days of a series in RFC 5545: by its rule and what differs from that, or one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import vRecur

from chassis.kernel.zones import zone_named
from services.exchange.adapters.recurrences import moments
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.recurring.reading import read_rule
from services.exchange.domain.consultations.recurring.rule import LONGEST, UNTIL_FORM, Rule
from services.exchange.domain.consultations.sessions import CALLED_OFF

OF_ADDED = 30
"""An RDATE costs as many EXDATEs: to Outlook it is the other time of a session (MS-OXCICAL, 2.1.3.1.1.20.18)."""


@dataclass(frozen=True)
class Dates:
    """`first`: the slot that the rule counts from (DTSTART). Moments are UTC.

    `rule`: empty where there is none. `left_out`: occurrences of the rule that are no sessions, or are called off.
    `added`: sessions that the rule does not yield.
    """

    first: datetime
    rule: vRecur | None
    left_out: tuple[datetime, ...]
    added: tuple[datetime, ...]

    @property
    def cost(self) -> int:
        return len(self.left_out) + OF_ADDED * len(self.added)


def dates_of(consultation: Consultation) -> Dates:
    """By the rule where that costs less than each session for itself.

    The rule counts from the slot from which it costs least: what took place before the rest was rescheduled may be none
    of its occurrences, and what it yields between the two is no session.
    """
    slots = [session.slot for session in consultation.sessions]
    there = [session.slot for session in consultation.sessions if session.state != CALLED_OFF]
    best: Dates | None = None
    for dates in _by_rule(consultation, slots, there):
        if best is None or dates.cost < best.cost:
            best = dates
        # Counted from a later one it would have to add those before.
        if best.cost <= OF_ADDED * sum(each <= dates.first for each in there):
            break
    return best if best and best.cost <= OF_ADDED * len(slots) else _one_by_one(slots, there)


def _one_by_one(slots: list[datetime], there: list[datetime]) -> Dates:
    # Each session is added, the first as well: ical.js takes DTSTART for none of several otherwise.
    return Dates(there[0] if there else slots[0], None, () if there else tuple(slots[:1]), tuple(there))


def _by_rule(consultation: Consultation, slots: list[datetime], there: list[datetime]) -> Iterator[Dates]:
    """The rule up to the last session, counted from each of the slots."""
    last = there[-1] if there else slots[-1]
    rule = _until(consultation.recurrence.removeprefix("RRULE:"), last)
    if rule is None:
        return
    told, zone = vRecur.from_ical(rule.text()), zone_named(consultation.zone)
    for first in slots:
        if first <= last <= first + LONGEST:
            yielded = list(moments(rule, first, zone))
            if yielded[:1] == [first]:
                left_out, added = set(yielded) - set(there), set(there) - set(yielded)
                yield Dates(first, told, tuple(sorted(left_out)), tuple(sorted(added)))


def _until(recurrence: str, last: datetime) -> Rule | None:
    """The rule with another end, in UTC as it has to be beside a zone (RFC 5545, 3.3.10); none where there is none.

    A COUNT would go on counting what is no session any more behind the last one.
    """
    if not recurrence:
        return None
    unended = [part for part in recurrence.split(";") if not part.upper().startswith(("COUNT=", "UNTIL="))]
    rule = read_rule(";".join([*unended, f"UNTIL={last.astimezone(UTC).strftime(UNTIL_FORM)}"]))
    return rule if _is_read_alike(rule) else None


def _is_read_alike(rule: Rule) -> bool:
    """Whether programs agree on its days. Tried: ical.js and dateutil, which others are built on.

    They go different ways with weeks by their number, with MO,1TU, with the 14th Monday of a year, with a day of every
    month of a year, and with the first of several days that are no weekdays of a month.
    """
    numbered = {which != 0 for which, _ in rule.weekdays}
    if "BYWEEKNO" in rule.chosen or len(numbered) > 1:
        return False
    if "BYSETPOS" in rule.chosen:
        return rule.frequency == "MONTHLY" and "BYMONTHDAY" not in rule.chosen
    within_the_year = True in numbered or "BYMONTHDAY" in rule.chosen
    return rule.frequency != "YEARLY" or "BYMONTH" in rule.chosen or not within_the_year
