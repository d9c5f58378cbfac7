"""How many fit, up to a number that is as good as any larger one: for badges, not for books."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo.collection import Collection

from chassis.store.faults import store_faults
from chassis.store.stretches import FIRST, Filter, behind_moment


def counted(
    collection: Collection[dict[str, Any]],
    where: Filter,
    field: str,
    *,
    since: datetime | None,
    now: datetime,
    most: int,
    first: timedelta = FIRST,
) -> int:
    """Documents that fit, of those whose moment in `field` lies after `since`, at most `most`; the last counted first.
    `first`: how long the first stretch is, see `behind_moment`.

    An index on what `where` asks and then the field serves it. It is asked stretch by stretch: a server that counts
    all that fits before it looks at a limit reads no more than a stretch too much.
    """
    found = 0
    for stretch in _later_than(since, field, behind_moment(field, None, now, first).stretches):
        with store_faults():
            found += collection.count_documents(where | stretch, limit=most)
        if found >= most:
            break
    return min(found, most)


def _later_than(since: datetime | None, field: str, stretches: Sequence[Filter]) -> list[Filter]:
    """Those stretches that lie after the moment, the one in which it lies shortened."""
    if since is None:
        return list(stretches)
    later = [each for each in stretches if "$lt" not in each[field] or each[field]["$lt"] > since]
    return [{field: _shortened(each[field], since)} for each in later]


def _shortened(stretch: Filter, since: datetime) -> Filter:
    if stretch["$gte"] > since:
        return stretch
    return {name: edge for name, edge in stretch.items() if name != "$gte"} | {"$gt": since}
