"""The newest of what fits any of several filters: one query for each, so that each is served by an index of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from chassis.kernel.documents import Loaded
from chassis.store.documents import WITHOUT_TRAIL, DocumentStore
from chassis.store.faults import store_faults
from chassis.store.stretches import Behind, Filter

State = TypeVar("State")
Found = dict[str, dict[str, Any]]
Order = list[tuple[str, int]]


@dataclass(frozen=True)
class Ways:
    """Filters, of which an index serves each.

    `many` are those that very many documents may fit: they are asked stretch by stretch. `few`, for the documents of
    one person for instance, are asked for all at once.
    """

    many: Sequence[Filter]
    few: Sequence[Filter] = ()


def newest(
    store: DocumentStore[State],
    ways: Ways,
    behind: Behind,
    *,
    by: Sequence[str],
    limit: int,
    read: Mapping[str, int] | None = WITHOUT_TRAIL,
) -> list[Loaded[State]]:
    """The first `limit`, counted from the end, of what fits any of the filters; in the order of the fields `by`.

    `behind`: ranges of those fields. No more stretches are looked through than it takes to find so many.
    `read`: which fields of a document are; all of them for `None`, as short ones are read faster whole.
    """
    order = [(name, -1) for name in by]
    few = _found(store, [way | whole for way in ways.few for whole in behind.whole], read, order, limit)
    many: Found = {}
    for stretch in behind.stretches if ways.many else ():
        many |= _found(store, [way | stretch for way in ways.many], read, order, limit)
        if len(many) >= limit:
            break
    last_first = sorted((few | many).values(), key=itemgetter(*by), reverse=True)
    return [store.loaded(document) for document in last_first[:limit]]


def _found(
    store: DocumentStore[Any], filters: Iterable[Filter], read: Mapping[str, int] | None, order: Order, limit: int
) -> Found:
    with store_faults():
        return {
            document["_id"]: document
            for where in filters
            for document in store.collection.find(where, read).sort(order).limit(limit)
        }
