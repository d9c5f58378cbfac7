"""Notify as it is, except that it notes when notifications are stored: `python -m benchmarks.timed_notify serve`."""

from chassis.roles import asked_role

if __name__ == "__main__":
    # Before all else: it is here that eventlet patches what the rest is made of.
    asked_role()

from collections.abc import Sequence
from typing import Any

from pymongo.database import Database

from benchmarks.moments import Moments
from chassis.clock import Clock
from chassis.processes import prepared
from contracts.envelope import CloudEvent, EventData
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.bootstrap import Notify, outgoing
from services.notify.entrypoints.rpc import NotifyService
from services.notify.manifest import MANIFEST
from services.notify.webhook_settings import AskedSettings


class TimedNotify(Notify):
    """Notes the command that led to each event."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock, settings: AskedSettings) -> None:
        super().__init__(database, clock, outgoing(settings), HmacPaceTokens(settings.link_key))
        self._moments = Moments.asked_for()

    def notify_of(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        super().notify_of(events)
        self._moments.note(*(event.correlationid for event, _ in events))


def main() -> None:
    process = prepared(MANIFEST, "serve", AskedSettings)
    process.serve(NotifyService, TimedNotify(process.database, process.clock, process.settings))


if __name__ == "__main__":
    main()
