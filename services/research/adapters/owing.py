"""Expected outcomes by the day until which they are due: one query for each way in which one may see them."""

from collections.abc import Iterable
from datetime import timedelta
from operator import itemgetter
from typing import Any

from chassis.store import WITHOUT_TRAIL, DocumentStore, store_faults
from services.research.application.ports.outcomes import Owing
from services.research.domain.outcome import EXPECTED, Outcome

Document = dict[str, Any]

_PLACE = ("due_on", "_id")


def owed(
    store: DocumentStore[Outcome], ways: Iterable[Document], owing: Owing, place: tuple[str, str] | None, limit: int
) -> list[Document]:
    """The first `limit` from behind `place`, each once; `place`: day and id of an outcome."""
    found: dict[str, Document] = {}
    order = [(name, 1) for name in _PLACE]
    asked = {"responsible": owing.responsible} if owing.responsible else {}
    # Whoever sees only what they owe themselves, and asks for what another owes, finds nothing that way.
    for way in (way for way in ways if {**asked, **way} == {**way, **asked}):
        for behind in _behind(owing, place):
            where = asked | way | {"state": EXPECTED} | behind
            with store_faults():
                some = store.collection.find(where, WITHOUT_TRAIL).sort(order).limit(limit)
                found |= {document["_id"]: document for document in some}
    return sorted(found.values(), key=itemgetter(*_PLACE))[:limit]


def _behind(owing: Owing, place: tuple[str, str] | None) -> list[Document]:
    days: Document = {}
    if owing.since:
        days["$gte"] = owing.since.isoformat()
    if owing.until:
        # The embedded server loses what lies at the closed end of a range within an index that goes on behind it.
        days["$lt"] = (owing.until + timedelta(days=1)).isoformat()
    if place is None:
        return [{"due_on": days} if days else {}]
    day, after = place
    return [{"due_on": {**days, "$gt": day}}, {"due_on": day, "_id": {"$gt": after}}]
