"""Decided documents in MongoDB: state, holds, history and unsent events in one conditional write.

visits = DocumentStore(database["visits"], VISIT_SHAPE)
loaded = visits.load("vis_…")
receipt = visits.save(loaded, decision, context)
"""

from chassis.store.connecting import database_at
from chassis.store.counting import counted
from chassis.store.documents import NEWEST_FIRST, OLDEST_FIRST, WITHOUT_TRAIL, DocumentStore
from chassis.store.faults import DUPLICATE_KEY, StoreUnavailable, store_faults
from chassis.store.newest import Ways, newest
from chassis.store.shape import Edition, Publish, Shape, one_by_one, tells_nobody
from chassis.store.stretches import behind_id, behind_moment

__all__ = [
    "DUPLICATE_KEY",
    "NEWEST_FIRST",
    "OLDEST_FIRST",
    "WITHOUT_TRAIL",
    "DocumentStore",
    "Edition",
    "Publish",
    "Shape",
    "StoreUnavailable",
    "Ways",
    "behind_id",
    "behind_moment",
    "counted",
    "database_at",
    "newest",
    "one_by_one",
    "store_faults",
    "tells_nobody",
]
