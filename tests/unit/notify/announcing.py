"""A desk at which things are announced, on documents in memory."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands, queries
from services.notify.application.email import Email
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from tests.alliance import StandingClock
from tests.fakes.notify import (
    FakeAnnouncements,
    FakeInboxes,
    FakeNotifications,
    FakePeople,
    FakePreferences,
    KeepingPostman,
    sending_mails,
)
from tests.unit.notify.samples import person
from tests.who_may import PLACES

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
GILGIT, KASHGAR = PLACES["sending"], PLACES["host"]
ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
MANAGER = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({GILGIT}))
CAST = (
    replace(person("per_ali"), sites=(GILGIT,), fields=("Liver echinococcosis",)),
    replace(person("per_bano", "ur"), sites=(GILGIT,), fields=("telemedicine",)),
    replace(person("per_guo", "zh"), sites=(KASHGAR,), fields=("liver echinococcosis",)),
    replace(person("per_manager"), sites=(GILGIT,)),
    replace(person("per_admin"), sites=()),
)
SAID = {"title": {"en": "The pass is closed"}, "text": {"en": "No buses before Monday."}}
WEB_URL = "https://khunjerab.example"


class Desk:
    def __init__(self, *people: Person) -> None:
        self.clock = StandingClock(NOW)
        self.announcements, self.people = FakeAnnouncements(), FakePeople(*(people or CAST))
        self.notifications, self.preferences = FakeNotifications(lambda: 0.0), FakePreferences()
        self.writer, self.postman = TemplateWriter(WEB_URL), KeepingPostman()
        self._calls = 0

    def announce(self, actor: Actor = ADMIN, command_id: str = "", **fields: Any) -> Receipt:
        asked = parsed(commands.Announce, SAID | ({} if "sites" in fields or "fields" in fields else ALL) | fields)
        return commands.announce(asked, self.context(actor, command_id), self.announcements, self.people)

    def withdraw(self, announcement: str, actor: Actor = ADMIN, command_id: str = "") -> Receipt:
        asked = parsed(commands.WithdrawAnnouncement, {"announcement_id": announcement, "reason": "It is open again."})
        return commands.withdraw_announcement(asked, self.context(actor, command_id), self.announcements)

    def tell(self, announcement: str) -> None:
        """What the timer does at one moment."""
        commands.tell_announced(announcement, self.context(SYSTEM), self.announcements, self.notifications)

    def preview(self, actor: Actor = ADMIN, **fields: Any) -> Any:
        asked = parsed(queries.AskAnnouncementPreview, SAID | fields)
        return queries.preview_announcement(asked, actor, NOW, self.people, self.writer)

    def send(self) -> None:
        """What the worker does until nothing is due."""
        carrier = Email(self.writer, self.postman)
        while sending_mails(
            self.notifications,
            self.people,
            carrier,
            self.clock,
            self.preferences,
            announcements=self.announcements,
        ).send_due():
            pass

    def inbox(self, person_id: str) -> list[Any]:
        asked, stands = queries.AskInbox(), (self.announcements, self.people, self.writer)
        shown = queries.inbox(asked, Actor(person_id), self.notifications, FakeInboxes(), *stands)
        return list(shown["items"])

    def told(self) -> list[str]:
        """Who has a notification, in order."""
        return sorted(each.recipient for each in self.queued())

    def queued(self) -> list[Notification]:
        return [kept.state for kept in self.notifications.kept.values()]

    def context(self, actor: Actor, command_id: str = "") -> Context:
        self._calls += 1
        self.clock.advance(timedelta(milliseconds=1))
        return Context(command_id or derived(str(self._calls)), actor, self.clock.now())


ALL = {"everybody": True}
