"""Reminders in memory, and the life of one visit, consultation or agreement as they hear of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from contracts.envelope import CloudEvent, EventData, sequence
from services.notify.application.commands import remind
from services.notify.application.reactions import keep_reminders
from services.notify.domain.notification import Notification
from services.notify.domain.reminders.reminder import Reminder, due
from tests.fakes.notify import FakeNotifications, FakeReminders
from tests.unit.notify.samples import told_of

Told = tuple[CloudEvent, EventData]


def at(text: str) -> datetime:
    """A moment of 2026: `04-20 09:00`, UTC."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def told_at(moment: str, version: int, what: str, **data: Any) -> Told:
    """An event of that moment, the `version`th decision on the one visit, consultation or agreement that there is."""
    return told_when(at(moment), version, what, **data)


def told_when(moment: datetime, version: int, what: str, **data: Any) -> Told:
    """The same where the moment is at hand."""
    kind = what.partition(".")[0]
    envelope = {
        "sequence": sequence(version, 0),
        "time": moment.isoformat(),
        "subject": f"{kind}/{kind[:3]}_019c1c9d59407c3cbc3c3c3c3c3c3c3c",
    }
    return told_of(f"exchange.{what}.v1", envelope=envelope, **data)


@dataclass
class Desk:
    """What is kept and queued."""

    reminders: FakeReminders = field(default_factory=FakeReminders)
    notifications: FakeNotifications = field(default_factory=lambda: FakeNotifications(lambda: 0.0))

    def hears(self, *events: Told) -> None:
        keep_reminders(events, self.reminders, at("01-01 00:00"))

    @property
    def reminder(self) -> Reminder:
        """The only one."""
        (document,) = self.reminders.kept.values()
        return document.state

    @property
    def moments(self) -> dict[str, list[str]]:
        """What is waited for: kinds, and their moments as UTC without the year."""
        waited: dict[str, list[str]] = {}
        for each in sorted(due(self.reminder), key=lambda each: each.at):
            waited.setdefault(each.name, []).append(f"{each.at:%m-%d %H:%M}")
        return waited

    def looks(self, moment: str) -> list[Notification]:
        """A worker looks at the reminder at that moment; what it queued."""
        before = set(self.notifications.kept)
        now = at(moment)
        come = [each for each in due(self.reminder) if each.at <= now]
        if come:
            # As the timer's command: document, name and moment.
            remind(self.reminder.id, Context("timer", SYSTEM, now), self.reminders, self.notifications)
        return [kept.state for each, kept in self.notifications.kept.items() if each not in before]


def purposes(queued: Sequence[Notification]) -> Mapping[str, set[str]]:
    """Who is told for which purpose."""
    told: dict[str, set[str]] = {}
    for each in queued:
        told.setdefault(each.purpose, set()).add(each.recipient)
    return told
