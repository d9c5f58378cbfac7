"""Pages in the order in which documents changed: each question has one range at most, for an index to serve it.

It is asked in stretches that grow, from where a page begins until it is full: there are servers that read all that lies
in a range before they count.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo.collection import Collection

from chassis.store import WITHOUT_TRAIL
from services.research.domain.harvesting.tokens import Mark

Document = dict[str, Any]
_ORDER = (("changed_at", 1), ("_id", 1))
_LENGTHS = [timedelta(hours=6 * 8**power) for power in range(4)]
"""Of the stretches; behind the last, all the rest comes at once."""


def stretches(since: datetime | None, before: datetime | None, after: Mark | None) -> Iterator[Document]:
    """What lies behind the mark, or all: the rest of what changed at its moment, and what changed later, bit by bit."""
    begins, opening = since, "$gte"
    if after and (since is None or since <= after.changed_at):
        begins, opening = after.changed_at, "$gt"
        if before is None or begins < before:
            yield {"changed_at": begins, "_id": {"$gt": after.id}}
    edges = [edge for edge in _edges(begins) if before is None or edge < before] if begins else []
    for edge, end in zip([begins, *edges], [*edges, before], strict=True):
        bounds = {name: bound for name, bound in ((opening, edge), ("$lt", end)) if bound}
        yield {"changed_at": bounds} if bounds else {}
        opening = "$gte"


def first(
    collection: Collection[Document], ways: Sequence[Document], within: Iterable[Document], limit: int
) -> list[Document]:
    """The first `limit` at least, of what fits any way; no more stretches are looked through than it takes."""
    found: list[Document] = []
    for stretch in within:
        for way in ways:
            found += collection.find(way | stretch, WITHOUT_TRAIL).sort(_ORDER).limit(limit)
        if len(found) >= limit:
            break
    return found


def _edges(begins: datetime) -> Iterator[datetime]:
    for length in _LENGTHS:
        begins += length
        yield begins
