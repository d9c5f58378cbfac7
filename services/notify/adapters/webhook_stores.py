"""Webhooks, and what is on its way to them, on MongoDB."""

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, Ways, behind_moment, newest, one_by_one, store_faults, tells_nobody
from chassis.store.many import add_new
from services.notify.adapters.published_events import published
from services.notify.domain.webhooks.delivery import WebhookDelivery, due
from services.notify.domain.webhooks.webhook import REMOVED, Webhook

Document = dict[str, Any]

WEBHOOK_SHAPE = Shape(
    service="notify",
    kind="webhook",
    model=Webhook,
    state_word=lambda webhook: webhook.state,
    publish=one_by_one(published),
)
WEBHOOK_DELIVERY_SHAPE = Shape(
    service="notify",
    kind="webhook-delivery",
    model=WebhookDelivery,
    state_word=lambda delivery: delivery.state,
    publish=tells_nobody,
    due=due,
)
_REGISTERED_FIRST = (("made_at", 1), ("_id", 1))


class WebhookStore(DocumentStore[Webhook]):
    """`Webhooks` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        super().__init__(collection, WEBHOOK_SHAPE)

    def of(self, sites: Iterable[str] | None) -> list[Loaded[Webhook]]:
        whose: Document = {} if sites is None else {"site": {"$in": list(sites)}}
        return self.matching(whose | {"state": {"$ne": REMOVED}}, order=_REGISTERED_FIRST)

    def every(self) -> list[Loaded[Webhook]]:
        return self.matching({}, order=_REGISTERED_FIRST)


class WebhookDeliveryStore(DocumentStore[WebhookDelivery]):
    """`WebhookDeliveries` on MongoDB."""

    def __init__(self, collection: Collection[Document]) -> None:
        super().__init__(collection, WEBHOOK_DELIVERY_SHAPE)

    def add_new(self, queued: Sequence[tuple[Decision[WebhookDelivery], Context]]) -> None:
        add_new(self, queued)

    def is_any_due(self, now: datetime) -> bool:
        with store_faults():
            return self.collection.find_one({"due.at": {"$lte": now}}, {"_id": 1}) is not None

    def due(self, webhook: str, now: datetime, limit: int) -> list[Loaded[WebhookDelivery]]:
        return self.matching({"webhook": webhook, "due.at": {"$lte": now}}, order=(("due.at", 1),), limit=limit)

    def of_webhook(
        self, webhook: str, *, state: str | None, after: str | None, limit: int
    ) -> list[Loaded[WebhookDelivery]]:
        asked = {"webhook": webhook} | ({"state": state} if state else {})
        behind = behind_moment("made_at", self._place(webhook, after), datetime.fromtimestamp(time.time(), UTC))
        return newest(self, Ways([asked]), behind, by=("made_at", "_id"), limit=limit)

    def forget(self, state: str, before: datetime, limit: int) -> int:
        old = {"state": state, "made_at": {"$lt": before}}
        with store_faults():
            ids = [each["_id"] for each in self.collection.find(old, {"_id": 1}).sort("made_at", 1).limit(limit)]
            return self.collection.delete_many({"_id": {"$in": ids}, "state": state}).deleted_count if ids else 0

    def _place(self, webhook: str, after: str | None) -> tuple[datetime, str] | None:
        if after is None:
            return None
        with store_faults():
            last = self.collection.find_one({"_id": after}, {"made_at": 1, "webhook": 1})
        return (last["made_at"], after) if last and last["webhook"] == webhook else None
