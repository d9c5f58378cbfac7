"""Pages in the order in which documents changed: each question has one range at most, for an index to serve it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pymongo.collection import Collection

from chassis.store import WITHOUT_TRAIL
from services.research.domain.harvesting.tokens import Mark

Document = dict[str, Any]
_ORDER = (("changed_at", 1), ("_id", 1))


def stretches(since: datetime | None, before: datetime | None, after: Mark | None) -> Iterator[Document]:
    """What lies behind the mark: the rest of what changed at its moment, and all that changed later."""
    edges = {name: edge for name, edge in (("$gte", since), ("$lt", before)) if edge}
    if after is None:
        yield {"changed_at": edges} if edges else {}
        return
    if (since is None or since <= after.changed_at) and (before is None or after.changed_at < before):
        yield {"changed_at": after.changed_at, "_id": {"$gt": after.id}}
    yield {"changed_at": edges | {"$gt": after.changed_at}}


def first(collection: Collection[Document], ways: Iterable[Document], limit: int) -> Iterator[Document]:
    """The first `limit` of each way."""
    for where in ways:
        yield from collection.find(where, WITHOUT_TRAIL).sort(_ORDER).limit(limit)
