"""Series as they might be: any rule, zone and length, some sessions moved, longer, called off or left out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from services.exchange.adapters.recurrences import RecurrenceRules
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import CALLED_OFF, Session
from services.exchange.domain.visit import BOOKED
from tests.unit.exchange.given_consultation import consultation, session

ZONES = (
    *("Asia/Shanghai", "Asia/Karachi", "Asia/Kathmandu", "Europe/Berlin", "America/New_York", "UTC"),
    *("Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Europe/Dublin"),
)
"""Some with DST, of half an hour in Lord Howe, in the south, around Ramadan, and below the standard time in Dublin."""
RULES = (
    *(
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=10",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=WEEKLY;BYDAY=MO",
    ),
    *("FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY"),
)
EVERY_KIND = (
    *("FREQ=DAILY;BYDAY=MO,WE", "FREQ=DAILY;BYMONTHDAY=6,7", "FREQ=DAILY;BYMONTH=4", "FREQ=WEEKLY;BYMONTH=4,6"),
    *("FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"),
    *("FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=1MO,-1FR", "FREQ=MONTHLY;BYDAY=MO,1TU", "FREQ=MONTHLY;BYDAY=MO,2WE"),
    *("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=4,-1", "FREQ=MONTHLY;BYMONTHDAY=6,20;BYSETPOS=1"),
    *("FREQ=MONTHLY;BYMONTHDAY=6,-1", "FREQ=MONTHLY;BYMONTHDAY=6,13;BYDAY=MO", "FREQ=MONTHLY;BYMONTH=4,6;BYDAY=1MO"),
    *("FREQ=YEARLY", "FREQ=YEARLY;BYDAY=MO", "FREQ=YEARLY;BYDAY=14MO,20MO", "FREQ=YEARLY;BYDAY=MO,20TU"),
    *("FREQ=YEARLY;BYWEEKNO=15,16", "FREQ=YEARLY;BYWEEKNO=15,-1;BYDAY=MO", "FREQ=YEARLY;BYYEARDAY=96,-1"),
    *("FREQ=YEARLY;BYMONTH=4,5", "FREQ=YEARLY;BYMONTH=4,5;BYMONTHDAY=6,7", "FREQ=YEARLY;BYMONTH=4,5;BYDAY=MO,2TU"),
    *("FREQ=YEARLY;BYMONTHDAY=6", "FREQ=YEARLY;BYMONTHDAY=6,13;BYDAY=MO"),
    "FREQ=YEARLY;BYMONTH=4;BYDAY=MO,TU;BYSETPOS=1,-1",
)
"""Each begins on Monday, 6 April 2026. Programs go different ways with some of them."""
QUARTER = timedelta(minutes=15)


def series_by(rule: str) -> Consultation:
    """Six sessions by the rule, without the third."""
    begins, zone = datetime(2026, 4, 6, 3, 0, tzinfo=UTC), "Asia/Shanghai"
    slots = RecurrenceRules().slots(f"{rule};COUNT=6", begins, zone)
    kept = tuple(session(slot) for slot in slots if slot != slots[2])
    return consultation(state=BOOKED, zone=zone, recurrence=f"{rule};COUNT=6", sessions=kept)


def random_series(chance: Random) -> Consultation:
    """On the quarter, from 3 to 12 sessions, at any hour of the day but those that clocks skip or repeat."""
    zone, rule, count = ZoneInfo(chance.choice(ZONES)), chance.choice(RULES), chance.randint(3, 12)
    first = datetime(2026, 1, 1) + timedelta(days=chance.randrange(365), hours=chance.randrange(4, 24))  # noqa: DTZ001
    local = list(rrulestr(f"{rule};COUNT={count}", dtstart=first + chance.randrange(4) * QUARTER))
    slots = [each.replace(tzinfo=zone).astimezone(UTC) for each in local]
    ended = chance.choice([f"COUNT={count}", f"UNTIL={slots[-1]:%Y%m%dT%H%M%SZ}"])
    sessions = [_happened(chance, session(slot)) for slot in slots]
    kept = [each for number, each in enumerate(sessions) if number == 0 or chance.random() < 0.9]
    return consultation(
        state=BOOKED, zone=zone.key, recurrence=f"{rule};{ended}", sessions=tuple(kept), sequence=chance.randrange(9)
    )


def _happened(chance: Random, planned: Session) -> Session:
    what = chance.random()
    if what < 0.15:
        by = chance.randrange(-40, 40) * QUARTER
        return replace(planned, begins=planned.begins + by, ends=planned.ends + by)
    if what < 0.25:
        return replace(planned, ends=planned.ends + QUARTER)
    return replace(planned, state=CALLED_OFF) if what < 0.35 else planned
