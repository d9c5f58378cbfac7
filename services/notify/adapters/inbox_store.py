"""How far people have seen their inboxes, on MongoDB."""

from typing import Any

from pymongo.collection import Collection

from chassis.store import DocumentStore
from services.notify.adapters.shapes import INBOX_SHAPE
from services.notify.domain.inbox import Inbox, inbox_id, unopened


class InboxStore(DocumentStore[Inbox]):
    """`Inboxes` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, INBOX_SHAPE)

    def of(self, person: str) -> Inbox:
        identity = inbox_id(person)
        return self.named([identity]).get(identity) or unopened(person)
