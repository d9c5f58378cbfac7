"""Reading a recurrence rule: strictly, since it comes from anywhere and goes into calendars (RFC 5545, 3.3.10)."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NoReturn

from services.exchange.domain.consultations.recurring.refusals import (
    RecurrencePartNotTaken,
    RecurrenceTooOften,
    RecurrenceUnreadable,
    RecurrenceWithoutEnd,
    TooManySessions,
)
from services.exchange.domain.consultations.recurring.rule import MOST_SESSIONS, ORDER, UNTIL_FORM, WEEKDAYS, Rule

MOST_SIGNS = 500
LARGEST_POSITION = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
"""The frequencies, and how many days BYSETPOS has to choose from."""
TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
PARTS = ("FREQ", "UNTIL", "COUNT", "INTERVAL", *ORDER, "WKST")
LARGEST = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12}
ONLY_FOR = {"BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"), "BYYEARDAY": ("YEARLY",), "BYWEEKNO": ("YEARLY",)}
"""Frequencies that a part goes with, as RFC 5545 has them; a part that is not named goes with all."""

_PART = re.compile(r"([A-Z-]{1,20})=([0-9A-Z,+-]+)")
_COUNT = re.compile(r"[1-9][0-9]{0,11}")
_INTERVAL = re.compile(r"[1-9][0-9]{0,3}")
_UNTIL = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_NUMBER = re.compile(r"[+-]?0?[1-9][0-9]{0,2}")
_WEEKDAY = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})")


def read_rule(text: str) -> Rule:
    """The rule that a text such as `FREQ=WEEKLY;COUNT=8;BYDAY=TU` spells, in whichever case and order.

    Times of day are those of the first session, so that BYHOUR, BYMINUTE and BYSECOND are not taken. UNTIL is a moment
    in UTC, as the standard wants it for meetings in a zone. Raises `RecurrenceUnreadable`, `RecurrencePartNotTaken`,
    `RecurrenceTooOften`, `RecurrenceWithoutEnd`, `TooManySessions` where COUNT says so.
    """
    parts = _parts(text)
    frequency = _frequency(parts)
    rule = Rule(
        frequency=frequency,
        count=_count(parts),
        until=_until(parts),
        interval=int(_one(parts, "INTERVAL", _INTERVAL, "1")),
        weekdays=tuple(sorted(set(_weekdays(parts, frequency)))),
        chosen={name: chosen for name in ORDER[1:] if (chosen := _numbers(parts, name, frequency))},
        week_begins=WEEKDAYS.index(_one(parts, "WKST", re.compile("|".join(WEEKDAYS)), "MO")),
    )
    if "BYSETPOS" in rule.chosen and not rule.weekdays and len(rule.chosen) == 1:
        _unreadable("BYSETPOS", "it chooses from what another BY part gives")
    return rule


def canonical(text: str) -> str:
    """The same rule, always written in the same way. Raises what `read_rule` raises."""
    return read_rule(text).text()


def _parts(text: str) -> dict[str, str]:
    if len(text) > MOST_SIGNS:
        _unreadable("", f"longer than {MOST_SIGNS} signs")
    if not text.isascii():  # else ſ would be raised to S
        _unreadable("", "other signs than ASCII's")
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        found = _PART.fullmatch(part)
        if not found:
            _unreadable("", "parts are NAME=VALUE, with a semicolon between two")
        name, value = found.groups()
        if name not in PARTS:
            raise RecurrencePartNotTaken(part=name, takes=list(PARTS))
        if name in parts:
            _unreadable(name, "it is there twice")
        parts[name] = value
    return parts


def _frequency(parts: Mapping[str, str]) -> str:
    frequency = parts.get("FREQ", "")
    if frequency in TOO_OFTEN:
        raise RecurrenceTooOften(frequency=frequency, takes=list(LARGEST_POSITION))
    if frequency not in LARGEST_POSITION:
        _unreadable("FREQ", f"one of {', '.join(LARGEST_POSITION)} is needed")
    for name, fits in ONLY_FOR.items():
        if name in parts and frequency not in fits:
            _unreadable(name, f"it does not go with FREQ={frequency}")
    return frequency


def _count(parts: Mapping[str, str]) -> int | None:
    if "COUNT" in parts and "UNTIL" in parts:
        _unreadable("UNTIL", "COUNT and UNTIL exclude each other")
    if "COUNT" not in parts:
        return None
    count = int(_one(parts, "COUNT", _COUNT, ""))
    if count > MOST_SESSIONS:
        raise TooManySessions(most=MOST_SESSIONS)
    return count


def _until(parts: Mapping[str, str]) -> datetime | None:
    if "UNTIL" not in parts:
        if "COUNT" not in parts:
            raise RecurrenceWithoutEnd(needs=["COUNT", "UNTIL"])
        return None
    try:
        return datetime.strptime(_one(parts, "UNTIL", _UNTIL, ""), UNTIL_FORM).replace(tzinfo=UTC)
    except ValueError:
        _unreadable("UNTIL", "no such day or time")


def _weekdays(parts: Mapping[str, str], frequency: str) -> Iterator[tuple[int, int]]:
    within_month = frequency == "MONTHLY" or "BYMONTH" in parts
    largest = 0 if frequency in ("DAILY", "WEEKLY") or "BYWEEKNO" in parts else 5 if within_month else 53
    for each in parts["BYDAY"].split(",") if "BYDAY" in parts else ():
        found = _WEEKDAY.fullmatch(each)
        which = int(found[1] or 0) if found else 0
        if not found or (found[1] and which == 0) or abs(which) > largest:
            _unreadable("BYDAY", f"weekdays as MO, with at most {largest} before them, are needed")
        yield which, WEEKDAYS.index(found[2])


def _numbers(parts: Mapping[str, str], name: str, frequency: str) -> tuple[int, ...]:
    if name not in parts:
        return ()
    written = parts[name].split(",")
    numbers = [int(each) for each in written if _NUMBER.fullmatch(each)]
    largest = LARGEST.get(name, LARGEST_POSITION[frequency])
    smallest = 1 if name == "BYMONTH" else -largest
    if len(numbers) < len(written) or not all(smallest <= each <= largest for each in numbers):
        _unreadable(name, f"numbers between {smallest} and {largest} but 0 are needed")
    return tuple(sorted(set(numbers)))


def _one(parts: Mapping[str, str], name: str, form: re.Pattern[str], default: str) -> str:
    value = parts.get(name, default)
    if not form.fullmatch(value):
        _unreadable(name, "it has no such value")
    return value


def _unreadable(part: str, problem: str) -> NoReturn:
    raise RecurrenceUnreadable(part=part, problem=problem)
