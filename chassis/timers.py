"""Timers: what a document wants done at a moment is done then, once, whoever notices.

A document's `due` lists names and moments. What is due becomes a command whose id is made of document, name and moment,
so that two copies of this, or a crash between the effect and its note, still give one effect.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import structlog
from pymongo.collection import Collection

from chassis import crashpoints
from chassis.clock import Clock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from chassis.store import StoreUnavailable, store_faults

Fire = Callable[[str, Context], None]
"""Does what is due: takes the document's id and the circumstances of the command."""

LATER = timedelta(minutes=1)
"""How long a timer that was tried is left alone, should it still be there: those behind it get their turn."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Timer:
    """One due moment of one document. `moment` is the one decided, `at` when it is next tried."""

    document: str
    name: str
    moment: datetime
    at: datetime

    @property
    def command_id(self) -> str:
        return derived(self.document, self.name, self.moment.isoformat())


class Timers:
    """The timers of one collection. `fires` says what each name does."""

    def __init__(self, collection: Collection[dict[str, Any]], fires: Mapping[str, Fire], clock: Clock) -> None:
        self._collection, self._fires, self._clock = collection, fires, clock

    def run_due(self, limit: int = 200) -> int:
        """Does what is due by now, at most `limit` documents' worth, the oldest first; returns how many were tried.

        Raises `StoreUnavailable`: nothing is lost, the timers stand where they stood.
        """
        now = self._clock.now()
        return sum(self._run(timer, now) for timer in self._due(now, limit))

    def _due(self, now: datetime, limit: int) -> list[Timer]:
        # The index hands them out oldest first. To ask for that order would read all that is due, whatever the `limit`:
        # an index on an array's parts does not serve for sorting.
        with store_faults():
            found = list(self._collection.find({"due.at": {"$lte": now}}, {"due": 1}).limit(limit))
        timers = (
            Timer(document["_id"], entry["name"], entry["moment"], entry["at"])
            for document in found
            for entry in document["due"]
        )
        return sorted((timer for timer in timers if timer.at <= now), key=attrgetter("at"))

    def _run(self, timer: Timer, now: datetime) -> bool:
        """Tries one timer; false when somebody else is at it."""
        until = now + LATER
        if not self._put_off(timer, until):
            return False
        try:
            self._fires[timer.name](timer.document, Context(timer.command_id, SYSTEM, now))
        except StoreUnavailable:
            raise
        except Refusal as refusal:
            _log.info("timer refused", document=timer.document, timer=timer.name, refusal=refusal.name)
        except Exception as error:  # noqa: BLE001 - whatever one timer raises, those behind it get their turn
            _log.error("timer failed", document=timer.document, timer=timer.name, error=type(error).__name__)
            return True
        crashpoints.reached("timers.after-effect")
        self._clear(timer, until)
        return True

    def _put_off(self, timer: Timer, until: datetime) -> bool:
        """Before it is tried: one that ends the process then waits like any that fails, and stops nobody behind it."""
        seen = {"name": timer.name, "moment": timer.moment, "at": timer.at}
        with store_faults():
            taken = self._collection.update_one(
                {"_id": timer.document, "due": {"$elemMatch": seen}}, {"$set": {"due.$.at": until}}
            )
        return taken.modified_count == 1

    def _clear(self, timer: Timer, until: datetime) -> None:
        """The very one that was tried: a decision made meanwhile may ask for the same moment anew."""
        tried = {"name": timer.name, "moment": timer.moment, "at": until}
        with store_faults():
            self._collection.update_one({"_id": timer.document}, {"$pull": {"due": tried}})
