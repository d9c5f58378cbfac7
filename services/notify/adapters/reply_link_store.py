"""Reply links on MongoDB."""

from datetime import datetime
from typing import Any

from pymongo.collection import Collection

from chassis.store import DocumentStore, Shape, store_faults, tells_nobody
from services.notify.domain.reply_link import ReplyLink, due

REPLY_LINK_SHAPE = Shape(
    service="notify",
    kind="reply-link",
    model=ReplyLink,
    state_word=lambda link: link.state,
    publish=tells_nobody,
    due=due,
)


class ReplyLinkStore(DocumentStore[ReplyLink]):
    """`ReplyLinks` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, REPLY_LINK_SHAPE)

    def forget(self, before: datetime, limit: int) -> int:
        over = {"due.at": {"$lt": before}}
        with store_faults():
            ids = [each["_id"] for each in self.collection.find(over, {"_id": 1}).sort("due.at").limit(limit)]
            # Given back meanwhile, it is open again.
            return self.collection.delete_many({"_id": {"$in": ids}} | over).deleted_count if ids else 0
