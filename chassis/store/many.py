"""Many new documents in one go, where a repeat finds them kept."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pymongo.collection import Collection
from pymongo.errors import BulkWriteError

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.store.documents import DocumentStore
from chassis.store.faults import DUPLICATE_KEY, store_faults
from chassis.store.writing import inserted

State = TypeVar("State")
Document = dict[str, Any]

MOST_AT_ONCE = 500
"""How many are written in one go: a burst of events must not run into the time that one operation may take."""


def add_new(store: DocumentStore[State], made: Sequence[tuple[Decision[State], Context]]) -> None:
    """Keeps those that are not kept yet, each under its state's `id`; those that are stay as they are."""
    documents = [inserted(_id(decision), decision, context, store.shape)[0] for decision, context in made]
    crashpoints.reached("store.before-write")
    insert_new(store.collection, documents)
    crashpoints.reached("store.after-write")


def insert_new(collection: Collection[Document], documents: Sequence[Document]) -> None:
    """Inserts those of which the `_id` is not there yet; those that are stay as they are."""
    for first in range(0, len(documents), MOST_AT_ONCE):
        _insert(collection, documents[first : first + MOST_AT_ONCE])


def _id(decision: Decision[Any]) -> str:
    return str(decision.state.id)


def _insert(collection: Collection[Document], documents: Sequence[Document]) -> None:
    try:
        with store_faults():
            collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        _raise_unless_kept_already(error)


def _raise_unless_kept_already(error: BulkWriteError) -> None:
    details = error.details or {}
    others = [each for each in details.get("writeErrors", []) if not _is_kept_already(each)]
    if others or details.get("writeConcernErrors"):
        raise error


def _is_kept_already(error: Document) -> bool:
    return error.get("code") == DUPLICATE_KEY and "_id" in error.get("keyPattern", {})
