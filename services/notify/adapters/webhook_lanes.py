"""The way to each webhook, on MongoDB: a document for each, taken and given back by one conditional write.

It is no document that anybody decides on: it may be lost, and what is lost with it is a pause.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from chassis.store import store_faults
from services.notify.application.webhooks import Lane, Turn
from services.notify.domain.webhooks.circuit import Circuit

LEASE_SECONDS = 60.0
"""How long a turn keeps others away. On the machine's own clock: a demo that moves its clock ends no lease."""

_CIRCUIT = TypeAdapter(Circuit)


class WebhookLanes:
    """`Lanes` on MongoDB."""

    def __init__(
        self,
        collection: Collection[dict[str, Any]],
        lease_seconds: float = LEASE_SECONDS,
        seconds: Callable[[], float] = time.time,
    ) -> None:
        self._collection, self._lease_seconds, self._seconds = collection, lease_seconds, seconds

    def every(self) -> Mapping[str, Lane]:
        now = self._seconds()
        with store_faults():
            return {each["_id"]: _lane(each, now) for each in self._collection.find()}

    def take(self, webhook: str) -> Turn | None:
        now = self._seconds()
        until = now + self._lease_seconds
        with store_faults():
            try:
                free = {"_id": webhook, "until": {"$lt": now}}
                self._collection.update_one(free, {"$set": {"last": now, "until": until}}, upsert=True)
            except DuplicateKeyError:
                return None
            mine = self._collection.find_one({"_id": webhook, "until": until})
        return Turn(webhook, _lane(mine, now).circuit, until) if mine else None

    def leave(self, turn: Turn, circuit: Circuit) -> None:
        self._write({"_id": turn.webhook, "until": turn.until}, circuit, until=0.0)

    def clear(self, webhook: str) -> None:
        self._write({"_id": webhook}, Circuit())

    def _write(self, where: dict[str, Any], circuit: Circuit, **more: float) -> None:
        fields = {"circuit": _CIRCUIT.dump_python(circuit, mode="json"), **more}
        with store_faults():
            self._collection.update_one(where, {"$set": fields})


def _lane(document: dict[str, Any], now: float) -> Lane:
    circuit = _CIRCUIT.validate_python(document.get("circuit", {}))
    return Lane(circuit, is_taken=document["until"] >= now, last=document["last"])
