"""A subscriber on the chassis that has one small effect for each event: `python -m benchmarks.effects serve`.

It runs as notify. `BENCH_TOGETHER` makes it write effects in batches.
"""

from chassis.roles import asked_role

if __name__ == "__main__":
    # Before all else: it is here that eventlet patches what the rest is made of.
    asked_role()

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import BulkWriteError, DuplicateKeyError

from benchmarks.moments import Moments
from benchmarks.names import EVENT_TYPE, TOGETHER
from chassis.kernel.ids import derived
from chassis.processes import prepared
from chassis.rpc.server import Application
from chassis.settings import ServiceSettings
from chassis.subscriber import Batch, Handlers
from chassis.subscriber.entrypoint import subscription
from contracts.envelope import CloudEvent, EventData
from services.notify.manifest import MANIFEST


class Effects:
    """Each event's effect once: its id is made of the event's."""

    def __init__(self, collection: Collection[dict[str, Any]], moments: Moments) -> None:
        self._collection = collection
        self._moments = moments

    def one(self, event: CloudEvent, _: EventData) -> None:
        with suppress(DuplicateKeyError):
            self._collection.insert_one(_effect(event))
        self._moments.note(event.correlationid)

    def many(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        try:
            self._collection.insert_many([_effect(event) for event, _ in events], ordered=False)
        except BulkWriteError as error:
            if any(each["code"] != 11000 for each in error.details["writeErrors"]):
                raise
        self._moments.note(*(event.correlationid for event, _ in events))


def _effect(event: CloudEvent) -> dict[str, Any]:
    return {"_id": derived(event.id, "effect"), "event": event.id}


class Subscriber:
    """The service's nameko class."""

    name = "notify"
    application = Application()

    @subscription
    def events(self) -> Handlers:
        together = TOGETHER in os.environ
        return {EVENT_TYPE: Batch(self.application.many) if together else self.application.one}


def main() -> None:
    process = prepared(MANIFEST, "serve", ServiceSettings)
    process.serve(Subscriber, Effects(process.database["bench_effects"], Moments.asked_for()))


if __name__ == "__main__":
    main()
