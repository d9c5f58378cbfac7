"""Series as they might be: any rule, zone and length, some sessions moved, longer, called off or left out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

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
QUARTER = timedelta(minutes=15)


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
