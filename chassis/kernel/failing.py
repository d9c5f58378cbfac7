"""Work that no worker could finish: what is told of it, and when it is tried again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""After the first failure, the second ...; the last of them from then on."""


@dataclass(frozen=True)
class Failing:
    """`error` is the type of what was raised last and nothing of its text, which may quote what people typed.

    `since` and `last`: when it failed first and last without having worked in between.
    """

    error: str
    since: datetime
    last: datetime
    times: int
    again_at: datetime


def failing_view(found: Failing | None) -> dict[str, Any] | None:
    """`{error, since, last, times, again_at}` in plain JSON values, or null."""
    if found is None:
        return None
    moments = {name: getattr(found, name).isoformat() for name in ("since", "last", "again_at")}
    return {"error": found.error, "times": found.times, **moments}


def failing(before: Failing | None, error: str, now: datetime) -> Failing:
    """It has failed once more."""
    times = before.times + 1 if before else 1
    pause = PAUSES[min(times, len(PAUSES)) - 1]
    return Failing(error, before.since if before else now, now, times, now + pause)


def at_once(before: Failing | None, now: datetime) -> Failing | None:
    """It is tried again now; what is known of it stands until it works."""
    return replace(before, again_at=now) if before else None
