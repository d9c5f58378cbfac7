"""Webhooks with everything around them in memory, and a clock that a test moves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chassis.commands import Command, parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent, EventData
from services.notify.adapters.webhook_courier import SecretMaker
from services.notify.application import commands, queries
from services.notify.application.reactions import tell_webhooks
from services.notify.application.webhook_sending import WebhookSending
from services.notify.domain.limits import Limits
from services.notify.domain.webhooks.delivery import WebhookDelivery
from services.notify.domain.webhooks.webhook import Webhook
from tests.fakes.notify import NO_LIMITS, turnstile_with
from tests.fakes.sealing import seals
from tests.fakes.webhooks import FakeLanes, FakeOutgoing, FakeWebhookDeliveries, FakeWebhooks, KeepingCourier
from tests.unit.notify.samples import NOW, told_of

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
MANAGER = Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_gilgit"}))
URL = "https://hospital.example/hook"
BOOKED = "exchange.visit.booked.v1"


@dataclass
class MovedClock:
    """A clock that stands until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


class WebhookOffice:
    """`now` is the time of the clock, and of the turns."""

    def __init__(self, *answers: Any, limits: Limits = NO_LIMITS) -> None:
        self.clock = MovedClock(NOW)
        self.webhooks, self.deliveries = FakeWebhooks(), FakeWebhookDeliveries()
        self.lanes, self.courier = FakeLanes(self.seconds), KeepingCourier(*answers)
        self.addresses = FakeOutgoing()
        self.sending = WebhookSending(
            self.webhooks,
            self.deliveries,
            self.lanes,
            self.courier,
            seals(),
            self.clock,
            turnstile_with(limits),
            seconds=self.seconds,
        )

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def seconds(self) -> float:
        return self.now.timestamp()

    def let_pass(self, time: timedelta) -> None:
        self.clock.moment += time

    def context(self, actor: Actor, command: str, seen: int | None = None) -> Context:
        return Context(derived(command), actor, self.now, expected_version=seen)

    def given(self, model: type[Any], actor: Actor = ADMIN, command: str = "", **fields: Any) -> Any:
        """Gives a command, with what it needs."""
        asked: Command = parsed(model, fields)
        context = self.context(actor, command or f"{model.__name__}{fields}", getattr(asked, "expected_version", None))
        does, needs = self._of(model)
        return does(asked, context, *needs)

    def _of(self, model: Any) -> tuple[Any, tuple[Any, ...]]:
        hooks, lanes, addresses, maker = self.webhooks, self.lanes, self.addresses, SecretMaker()
        return {
            commands.RegisterWebhook: (commands.register_webhook, (hooks, addresses, maker, seals())),
            commands.ChangeWebhook: (commands.change_webhook, (hooks, addresses)),
            commands.RotateWebhookSecret: (commands.rotate_webhook_secret, (hooks, maker, seals())),
            commands.DisableWebhook: (commands.disable_webhook, (hooks,)),
            commands.EnableWebhook: (commands.enable_webhook, (hooks, lanes)),
            commands.RemoveWebhook: (commands.remove_webhook, (hooks,)),
            commands.SendTestToWebhook: (commands.send_test_to_webhook, (hooks, self.deliveries, lanes)),
        }[model]

    def registered(self, actor: Actor = ADMIN, url: str = URL, **fields: Any) -> Any:
        return self.given(commands.RegisterWebhook, actor, url=url, **({"event_types": ["exchange.visit.*"]} | fields))

    def webhook(self, webhook_id: str) -> Webhook:
        return self.webhooks.load(webhook_id).state

    def tell(self, *events: tuple[CloudEvent, EventData]) -> None:
        tell_webhooks(events, self.webhooks, self.deliveries, self.now)

    def books(self, number: int = 0) -> None:
        self.tell(told_of(BOOKED, purpose=f"Visit {number}"))

    def waiting(self) -> list[WebhookDelivery]:
        return [kept.state for kept in self.deliveries.kept.values()]

    def states(self) -> list[str]:
        return [each.state for each in self.waiting()]

    def sends(self) -> int:
        """Turns until nothing is due; returns how many attempts were made."""
        before = len(self.courier.given)
        while self.sending.send_due():
            continue
        return len(self.courier.given) - before

    def shown(self, actor: Actor = ADMIN) -> Any:
        return queries.webhooks(queries.AskWebhooks(), actor, self.webhooks, self.lanes)["items"]
