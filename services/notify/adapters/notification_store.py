"""Notifications on MongoDB."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unavailable
from chassis.store import DocumentStore, Ways, behind_moment, counted, newest, store_faults
from chassis.store.each import save_each
from chassis.store.many import add_new
from services.notify.adapters.claims import LEASE_SECONDS, Claims
from services.notify.adapters.delivery_search import Place, filter_of, stretches_of
from services.notify.adapters.shapes import NOTIFICATION_SHAPE
from services.notify.application.erasures import Erased, nobody_was
from services.notify.application.ports import Made
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.delivery import WAITING
from services.notify.domain.holding_back import awaits_digest
from services.notify.domain.inbox import MOST_COUNTED
from services.notify.domain.notification import Notification, furthest
from services.notify.domain.purposes import WITHDRAWABLE
from services.notify.domain.superseding import Told, overtaken_by

Document = dict[str, Any]

UNFINISHED: Document = {"deliveries.state": {"$in": sorted(WAITING)}}

FILLED_IN = timedelta(days=8)
"""In so long a time a page of one person's inbox is nearly always full."""


class NotificationStore(DocumentStore[Notification]):
    """`Notifications` on MongoDB."""

    def __init__(
        self,
        collection: Collection[Document],
        lease_seconds: float = LEASE_SECONDS,
        seconds: Callable[[], float] = time.time,
        erased: Erased = nobody_was,
    ) -> None:
        super().__init__(collection, NOTIFICATION_SHAPE)
        self._seconds, self._erased = seconds, erased
        self._claims = Claims(collection.database["claims"], collection.name, lease_seconds, seconds)

    def add_new(self, queued: Sequence[tuple[Decision[Notification], Context]]) -> None:
        gone = self._erased({decision.state.recipient for decision, _ in queued})
        add_new(self, [each for each in queued if each[0].state.recipient not in gone])

    def due(self, channel: str, now: datetime, limit: int) -> list[str]:
        with store_faults():
            # By the channel, too: what waits for another must not take all the places.
            some = {"due.at": {"$lte": now}, "due.name": channel}
            waiting = self.collection.find(some, {"due": 1}).sort("due.at").limit(limit)
            return [each["_id"] for each in waiting if any(_is_due(entry, channel, now) for entry in each["due"])]

    def lease(self, ids: Sequence[str], channel: str, now: datetime) -> list[Loaded[Notification]]:
        claimed = self._claims.take(ids, channel)
        if not claimed:
            return []
        # Looked at once it is ours: until then another may have sent it.
        waiting = {"due": {"$elemMatch": {"name": channel, "at": {"$lte": now}}}}
        leased = self.matching({"_id": {"$in": claimed}} | waiting)
        self._claims.give_back(set(claimed) - {each.id for each in leased}, channel)
        return sorted(leased, key=lambda each: ids.index(each.id))

    def record(self, made: Sequence[Made], channel: str) -> set[str]:
        try:
            written = save_each(self, made)
        except Unavailable:
            # What went out already: the driver asks once more for single writes alone.
            written = save_each(self, made)
        changed = set() if written == len(made) else self._unwritten(made)
        self._claims.give_back({loaded.id for loaded, _, _ in made} - changed, channel)
        return changed

    def forget(self, before: datetime, limit: int) -> int:
        over = {"due": {"$exists": False}, "outbox.id": {"$exists": False}}
        with store_faults():
            # Which of them are over is seen here: asked for both, the embedded server would look through all.
            old = self.collection.find({"made_at": {"$lt": before}}, {"due": 1, "outbox.id": 1}).sort("made_at", 1)
            ids = list(islice((each["_id"] for each in old if not each.get("due") and not each.get("outbox")), limit))
            return self.collection.delete_many({"_id": {"$in": ids}} | over).deleted_count if ids else 0

    def overtaken(self, waiting: Sequence[Notification]) -> dict[str, str]:
        exposed = [each for each in waiting if each.purpose in WITHDRAWABLE]
        if not exposed:
            return {}
        told = self._told_about({each.about for each in exposed})
        found = {each.id: overtaken_by(each, told) for each in exposed}
        return {waiting_id: later for waiting_id, later in found.items() if later}

    def awaiting_digest(self, recipient: str, channel: str, moment: datetime) -> list[Notification]:
        unread = [each.state for each in self.matching({"recipient": recipient, "read_at": None})]
        return [each for each in unread if awaits_digest(each, channel, moment)]

    def inbox(self, recipient: str, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        place = self._place({"_id": after, "recipient": recipient}) if after else None
        behind = behind_moment("made_at", place, self._now(), FILLED_IN)
        ones_own = Ways([{"recipient": recipient}])
        # Their trails are short: a server may take longer to leave them out than to send them.
        return newest(self, ones_own, behind, by=("made_at", "_id"), limit=limit, read=None)

    def unread(self, recipient: str) -> int:
        return self._counted({"recipient": recipient, "read_at": None})

    def unseen(self, recipient: str, since: datetime | None) -> int:
        return self._counted({"recipient": recipient}, since)

    def how_far(self, about: str) -> tuple[Mapping[str, int], int]:
        with store_faults():
            found = list(self.collection.find({"about": about}, {"deliveries.state": 1, "read_at": 1}))
        states = Counter(furthest(delivery["state"] for delivery in each["deliveries"]) for each in found)
        return states, sum(each["read_at"] is not None for each in found)

    def waiting(self, most: int) -> Mapping[tuple[str, str], int]:
        with store_faults():
            found = list(self.collection.find(UNFINISHED, {"deliveries.channel": 1, "deliveries.state": 1}).limit(most))
        deliveries = [(each["channel"], each["state"]) for waiting in found for each in waiting["deliveries"]]
        return Counter(each for each in deliveries if each[1] in WAITING)

    def search(self, sought: SoughtNotifications, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        place = self._place({"_id": after}) if after else None
        behind = stretches_of(sought, place, datetime.fromtimestamp(self._seconds(), UTC))
        return newest(self, Ways([filter_of(sought)]), behind, by=("made_at", "_id"), limit=limit)

    def _counted(self, where: Document, since: datetime | None = None) -> int:
        return counted(
            self.collection, where, "made_at", since=since, now=self._now(), most=MOST_COUNTED, first=FILLED_IN
        )

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._seconds(), UTC)

    def _unwritten(self, made: Sequence[Made]) -> set[str]:
        """Those of which the database does not remember the command; what was deleted is not to be written."""
        commands = {loaded.id: context.command_id for loaded, _, context in made}
        with store_faults():
            found = list(self.collection.find({"_id": {"$in": list(commands)}}, {"applied.id": 1}))
        applied = {each["_id"]: {answer["id"] for answer in each["applied"]} for each in found}
        return {each for each, answered in applied.items() if commands[each] not in answered}

    def _told_about(self, subjects: Iterable[str]) -> list[Told]:
        shown = {"recipient": 1, "about": 1, "purpose": 1, "cause.happened_at": 1}
        with store_faults():
            found = list(self.collection.find({"about": {"$in": list(subjects)}}, shown))
        return [
            Told(
                each["_id"],
                each["recipient"],
                each["about"],
                each["purpose"],
                datetime.fromisoformat(each["cause"]["happened_at"]),
            )
            for each in found
        ]

    def _place(self, where: Document) -> Place | None:
        with store_faults():
            last = self.collection.find_one(where, {"made_at": 1})
        return (last["made_at"], where["_id"]) if last else None


def _is_due(entry: Document, channel: str, now: datetime) -> bool:
    return bool(entry["name"] == channel and entry["at"] <= now)
