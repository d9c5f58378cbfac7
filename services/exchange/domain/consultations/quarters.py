"""The grid that consultations are booked on: quarters of an hour, by the clock of UTC.

Every zone of today is whole quarters from UTC, so that a quarter there is a quarter here.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from services.exchange.domain.consultations.refusals import NotOnTheQuarter, SessionTooLong

QUARTER = timedelta(minutes=15)
MOST_MINUTES = 480
"""How long one session may take."""


def must_be_on_the_quarter(moment: datetime) -> None:
    """Raises `NotOnTheQuarter`."""
    if moment.minute % 15 or moment.second or moment.microsecond:
        raise NotOnTheQuarter(at=moment.isoformat())


def must_not_be_too_long(minutes: int) -> None:
    """Raises `SessionTooLong`."""
    if minutes > MOST_MINUTES:
        raise SessionTooLong(minutes=minutes, most=MOST_MINUTES)


def quarters(begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The beginning of each quarter from `begins` to before `ends`."""
    at = begins
    while at < ends:
        yield at
        at += QUARTER


def key_of(kind: str, thing: str, quarter: datetime) -> str:
    """The hold on a person or a room (`kind`) for one quarter, such as `person:per_…:2026-12-01T03:15Z`."""
    return f"{kind}:{thing}:{quarter.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def parts_of_key(key: str) -> tuple[str, str, datetime]:
    """Kind, thing and the quarter's beginning, UTC."""
    kind, thing, quarter = key.split(":", 2)
    return kind, thing, datetime.fromisoformat(quarter)
