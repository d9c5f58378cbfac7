"""Documents in MongoDB: each decision is one conditional write of state, holds, history, events and answer."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import count
from typing import Any, Generic, TypeVar

from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HoldTaken, Loaded, Past, Recorded
from chassis.kernel.errors import DeadlineExceeded, Unknown, WriteConflict
from chassis.store import pausing
from chassis.store.faults import store_faults
from chassis.store.looking_back import past_of
from chassis.store.shape import Shape
from chassis.store.writing import answers_in, history_of, inserted, update_of

State = TypeVar("State")
Result = TypeVar("Result")

WITHOUT_TRAIL = {"history": 0, "outbox": 0}
"""What is read where neither history nor unsent events are asked for."""
OLDEST_FIRST = (("_id", 1),)
NEWEST_FIRST = (("_id", -1),)


class DocumentStore(Generic[State]):
    """One collection of decided documents: `chassis.kernel.documents.Documents` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]], shape: Shape[State]) -> None:
        self.collection = collection
        self.shape = shape

    def load(self, document_id: str) -> Loaded[State]:
        with store_faults():
            document = self.collection.find_one({"_id": document_id}, WITHOUT_TRAIL)
        if document is None:
            raise Unknown(kind=self.shape.kind, id=document_id)
        return self.loaded(document)

    def named(self, ids: Iterable[str]) -> dict[str, State]:
        with store_faults():
            found = self.collection.find({"_id": {"$in": list(ids)}}, WITHOUT_TRAIL)
            return {document["_id"]: self.shape.state(document) for document in found}

    def recorded(self, document_id: str) -> Recorded[State]:
        with store_faults():
            document = self.collection.find_one({"_id": document_id}, {"outbox": 0})
        if document is None:
            raise Unknown(kind=self.shape.kind, id=document_id)
        return Recorded(document_id, document["version"], self.shape.state(document), history_of(document))

    def as_of(self, ids: Iterable[str], moment: datetime) -> dict[str, Past[State]]:
        return {past.id: past for past in self.matching_as_of({"_id": {"$in": list(ids)}}, moment)}

    def matching_as_of(self, where: dict[str, Any], moment: datetime, limit: int = 0) -> list[Past[State]]:
        """Every document that fits by now, or the first `limit`, as it stood then; those made later are left out."""
        with store_faults():
            found = list(self.collection.find(where, {"outbox": 0}).sort(OLDEST_FIRST).limit(limit))
        pasts = (past_of(document, moment, self.shape) for document in found)
        return [past for past in pasts if past]

    def made(self, document_id: str, context: Context) -> Receipt | None:
        with store_faults():
            document = self.collection.find_one({"_id": document_id}, WITHOUT_TRAIL)
        return self.loaded(document).answered(context) if document else None

    def matching(
        self,
        where: dict[str, Any],
        *,
        order: Sequence[tuple[str, int]] = OLDEST_FIRST,
        limit: int = 0,
        without: Sequence[str] = (),
        within: ClientSession | None = None,
    ) -> list[Loaded[State]]:
        """Every document that fits, or the first `limit`. `without`: fields too heavy for a list."""
        shown = WITHOUT_TRAIL | dict.fromkeys(without, 0)
        with store_faults(within):
            found = self.collection.find(where, shown, session=within).sort(order).limit(limit)
            return [self.loaded(document) for document in found]

    def loaded(self, document: dict[str, Any]) -> Loaded[State]:
        """A document that a query found, as `load` gives it."""
        return Loaded(document["_id"], document["version"], self.shape.state(document), answers_in(document))

    def add(
        self, document_id: str, decision: Decision[State], context: Context, within: ClientSession | None = None
    ) -> Receipt:
        document, receipt = inserted(document_id, decision, context, self.shape)
        self._before_write(context)
        try:
            with store_faults(within):
                self.collection.insert_one(document, session=within)
        except (DuplicateKeyError, HoldTaken) as taken:
            return self._first_answer(document_id, context, taken, within)
        self._after_write(within)
        return receipt

    def save(
        self, loaded: Loaded[State], decision: Decision[State], context: Context, within: ClientSession | None = None
    ) -> Receipt:
        return self.saving(loaded, decision, context)(within)

    def saving(
        self, loaded: Loaded[State], decision: Decision[State], context: Context
    ) -> Callable[[ClientSession | None], Receipt]:
        update, receipt = update_of(loaded, decision, context, self.shape)
        standing = {"_id": loaded.id, "version": loaded.version}

        def write(within: ClientSession | None) -> Receipt:
            self._before_write(context)
            with store_faults(within):
                result = self.collection.update_one(standing, update, session=within)
            if result.matched_count == 0:
                raise WriteConflict(id=loaded.id, version=loaded.version)
            self._after_write(within)
            return receipt

        return write

    def atomically(self, body: Callable[[ClientSession], Result]) -> Result:
        tries = count()

        def once_more(session: ClientSession) -> Result:
            pausing.before_try(next(tries))
            return body(session)

        with store_faults(), self.collection.database.client.start_session() as session:
            result = session.with_transaction(once_more)
        self._after_write(None)
        return result

    def _first_answer(
        self, document_id: str, context: Context, taken: Exception, within: ClientSession | None
    ) -> Receipt:
        # A repeat meets its own holds, too, and which of two unique indexes complains is the server's own affair.
        try:
            loaded = self.load(document_id)
        except Unknown:
            raise taken from None
        receipt = loaded.answered(context)
        # The server has given the transaction up: with an answer it would be committed in vain, again and again.
        if receipt is None or within is not None:
            raise WriteConflict(id=document_id)
        return receipt

    def _before_write(self, context: Context) -> None:
        # The caller may have given up while this waited for the database or a seat: then it must not happen after all.
        if context.deadline is not None and time.time() > context.deadline:
            raise DeadlineExceeded(command=context.command_id)
        crashpoints.reached("store.before-write")

    def _after_write(self, within: ClientSession | None) -> None:
        if within is None:
            crashpoints.reached("store.after-write")
