"""Escalations in memory, and the life of one visit or consultation as they hear of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from services.notify.adapters.published_events import published
from services.notify.application import commands, queries
from services.notify.application.reactions import keep_escalations, notify_of
from services.notify.domain.deputy import NAMED, Deputation, deputation_id, name
from services.notify.domain.escalation.escalation import Escalation, due
from services.notify.domain.notification import Notification
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory
from tests.fakes.notify import FakeEscalations, FakeNotifications
from tests.unit.notify.reminding import Told, at


def site(name: str, coordinators: list[str], managers: list[str]) -> dict[str, Any]:
    """One that an event tells of."""
    zone = "Asia/Shanghai" if name == "host" else "Asia/Karachi"
    names = {"en": name, "zh": name, "ur": name}
    return {"id": f"sit_{name}", "names": names, "zone": zone, "coordinators": coordinators, "managers": managers}


HOST = site("host", ["per_zhang", "per_wang"], ["per_li"])
SENDING = site("sending", ["per_hussain"], ["per_ali"])


@dataclass
class Desk:
    """What is kept and queued. `deputies`: as they are named by the test; `gone`: who was erased."""

    escalations: FakeEscalations = field(default_factory=FakeEscalations)
    notifications: FakeNotifications = field(default_factory=lambda: FakeNotifications(lambda: 0.0))
    deputies: InMemoryDocuments[Deputation] = field(
        default_factory=lambda: InMemoryDocuments(Memory(), "deputation", lambda each: each.state)
    )
    gone: frozenset[str] = frozenset()

    def hears(self, *events: Told) -> None:
        keep_escalations(events, self.escalations, at("01-01 00:00"))

    def tells(self, *events: Told) -> None:
        """As `hears`, and people are told of it."""
        self.hears(*events)
        notify_of(events, self.notifications, at("02-01 00:01"))

    def named(self, whose: str, deputy: str) -> None:
        wished = Deputation(deputation_id(whose), NAMED, whose, deputy)
        decision = name(wished, persons_sites=["sit"], deputys_sites=["sit"], today=at("01-01 00:00").date())
        self.deputies.add(wished.id, decision, Context(f"name {whose}", SYSTEM, at("01-01 00:00")))

    @property
    def escalation(self) -> Escalation:
        """The only one."""
        (document,) = self.escalations.kept.values()
        return document.state

    @property
    def moments(self) -> list[str]:
        """The steps that are still to come: names, and their moments as UTC without the year."""
        return [f"{each.name} {each.at:%m-%d %H:%M}" for each in sorted(due(self.escalation), key=lambda each: each.at)]

    @property
    def news(self) -> list[str]:
        """What others were told of it: that it went on, or why it goes no further."""
        told = (published(event) for event in self.escalations.told)
        return [getattr(each, "step", "") or getattr(each, "because", "") for each in told]

    @property
    def ended(self) -> list[str]:
        """Why what was asked goes on no further."""
        return [each.because for each in self.escalation.ended]

    def looks(self, moment: str) -> list[Notification]:
        """A worker looks at the escalation at that moment; what it queued."""
        return self.looks_when(at(moment))

    def looks_when(self, now: datetime) -> list[Notification]:
        before = set(self.notifications.kept)
        if any(each.at <= now for each in due(self.escalation)):
            # As the timer's command: document, name and moment.
            context = Context(f"timer {now}", SYSTEM, now)
            shelves = self.escalations, self.deputies, self.notifications
            commands.escalate(self.escalation.id, context, *shelves, self.gone.intersection)
        return [kept.state for each, kept in self.notifications.kept.items() if each not in before]

    def latest_of(self, who: str) -> str:
        """The id of their latest message."""
        (*_, own) = (each for each, kept in self.notifications.kept.items() if kept.state.recipient == who)
        return own

    def acknowledges(self, who: str, moment: str) -> None:
        """They say that they know of their latest message."""
        self.acknowledges_message(self.latest_of(who), who, moment)

    def acknowledges_message(self, message: str, who: str, moment: str) -> None:
        command = parsed(commands.Acknowledge, {"notification_id": message})
        context = Context(f"known {message} {moment}", Actor(who), at(moment))
        commands.acknowledge(command, context, self.notifications, self.escalations)

    def asked(self, actor: Actor, **about: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = queries.escalations(queries.AskEscalations(**about), actor, self.escalations)[
            "items"
        ]
        return items


def told(queued: list[Notification]) -> Mapping[str, str]:
    """Who is told as what."""
    return {each.recipient: each.because for each in queued}
