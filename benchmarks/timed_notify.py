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
from services.notify.bootstrap import Notify, Outgoing, outgoing
from services.notify.entrypoints.rpc import NotifyService
from services.notify.manifest import MANIFEST
from services.notify.webhook_settings import WebhookSettings


class TimedNotify(Notify):
    """Notes the command that led to each event."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock, out: Outgoing, moments: Moments) -> None:
        super().__init__(database, clock, out)
        self._moments = moments

    def notify_of(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        super().notify_of(events)
        self._moments.note(*(event.correlationid for event, _ in events))


def main() -> None:
    process = prepared(MANIFEST, "serve", WebhookSettings)
    out, moments = outgoing(process.settings), Moments.asked_for()
    process.serve(NotifyService, TimedNotify(process.database, process.clock, out, moments))


if __name__ == "__main__":
    main()
