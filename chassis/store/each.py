"""What was decided on many documents, in as few statements as can be: each statement is a wait for the disk of its own.

A document's update is still one write, whole or not at all, on the version that was loaded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pymongo.collection import Collection

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store.documents import DocumentStore
from chassis.store.faults import store_faults
from chassis.store.writing import ANSWERS_KEPT, update_of

State = TypeVar("State")
Document = dict[str, Any]
Alike = dict[str, Document]
"""Updates by the ids of their documents, which stand at one version and change in the same fields."""


def save_each(store: DocumentStore[State], made: Sequence[tuple[Loaded[State], Decision[State], Context]]) -> int:
    """Writes each decision that is on a document as it stands; returns how many those were.

    A repeat writes nothing twice. Raises `Unavailable`: then some may be written, and others not.
    """
    crashpoints.reached("store.before-write")
    with store_faults():
        written = sum(_write(store.collection, version, alike) for version, alike in _all_alike(store, made))
    crashpoints.reached("store.after-write")
    return written


def _all_alike(
    store: DocumentStore[State], made: Sequence[tuple[Loaded[State], Decision[State], Context]]
) -> Iterable[tuple[int, Alike]]:
    groups: dict[tuple[int, frozenset[str], frozenset[str]], Alike] = defaultdict(dict)
    for loaded, decision, context in made:
        update, _ = update_of(loaded, decision, context, store.shape)
        groups[loaded.version, frozenset(update["$set"]), frozenset(update.get("$unset", ()))][loaded.id] = update
    return [(version, alike) for (version, _, _), alike in groups.items()]


def _write(collection: Collection[Document], version: int, alike: Alike) -> int:
    standing = {"_id": {"$in": list(alike)}, "version": version}
    return collection.update_many(standing, _as_stages(version, alike)).matched_count


def _as_stages(version: int, alike: Alike) -> list[Document]:
    """One update for all of them, in which each document takes what is its own."""
    one = next(iter(alike.values()))
    pushed = {name: {each: update["$push"][name] for each, update in alike.items()} for name in one["$push"]}
    lines = {each: [line] for each, line in pushed["history"].items()}
    fields: Document = {name: _own({each: alike[each]["$set"][name] for each in alike}) for name in one["$set"]}
    fields["version"] = version + 1
    fields["history"] = {"$concatArrays": ["$history", _own(lines)]}
    fields["outbox"] = {"$concatArrays": ["$outbox", _own(_all(pushed["outbox"]))]}
    answers = {"$concatArrays": ["$applied", _own(_all(pushed["applied"]))]}
    fields["applied"] = {"$slice": [answers, -ANSWERS_KEPT]}
    gone = [{"$unset": list(one["$unset"])}] if "$unset" in one else []
    return [{"$set": fields}, *gone]


def _all(pushed: Alike) -> dict[str, Any]:
    return {each: push["$each"] for each, push in pushed.items()}


def _own(values: dict[str, Any]) -> Document:
    """The value that belongs to the document's id. Literally: what begins with `$` in it is no more than that."""
    ids, all_of_them = list(values), list(values.values())
    if all(value == all_of_them[0] for value in all_of_them):
        return {"$literal": all_of_them[0]}
    return {"$arrayElemAt": [{"$literal": all_of_them}, {"$indexOfArray": [{"$literal": ids}, "$_id"]}]}
