"""What is sought among notifications, as filters that indexes serve."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from chassis.store import behind_moment
from chassis.store.stretches import Behind
from services.notify.application.searching import SoughtNotifications

Filter = dict[str, Any]
Place = tuple[datetime, str]

_MILLISECOND = timedelta(milliseconds=1)
"""As exactly as moments are kept."""
_BEFORE_ALL = ""
"""An id that no other lies behind."""


def filter_of(sought: SoughtNotifications) -> Filter:
    """The fields that have to fit, without the period."""
    fields = {
        "about": sought.about,
        "recipient": sought.recipient,
        "purpose": sought.purpose,
        "deliveries.state": sought.state,
    }
    return {name: value for name, value in fields.items() if value is not None} | _by_channel(sought)


def stretches_of(sought: SoughtNotifications, place: Place | None, now: datetime) -> Behind:
    """The period from its end on, or from behind `place`, back to its beginning."""
    begins = place or ((sought.until, _BEFORE_ALL) if sought.until else None)
    behind = behind_moment("made_at", begins, now)
    if sought.since is None:
        return behind
    return Behind(_not_before(sought.since, behind.whole), _not_before(sought.since, behind.stretches))


def _by_channel(sought: SoughtNotifications) -> Filter:
    if sought.channel is None:
        return {}
    if sought.state is None:
        return {"deliveries.channel": sought.channel}
    return {"deliveries": {"$elemMatch": {"channel": sought.channel, "state": sought.state}}}


def _not_before(since: datetime, ranges: Sequence[Filter]) -> list[Filter]:
    clipped = (each | {"made_at": _clipped(each.get("made_at", {}), since)} for each in ranges)
    return [each for each in clipped if each["made_at"] is not None]


def _clipped(moments: Any, since: datetime) -> Any:
    """The range without what lies before; `None` where nothing is left of it."""
    if isinstance(moments, datetime):
        return moments if moments >= since else None
    last = moments.get("$lt")
    if last is not None and last <= since:
        return None
    # Behind the millisecond before: the embedded server leaves out what lies on the edge of `$gte` in such an index.
    begins = {"$gt": max(since, moments.get("$gte", since)) - _MILLISECOND}
    return begins if last is None else begins | {"$lt": last}
