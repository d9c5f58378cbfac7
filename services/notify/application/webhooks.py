"""Webhooks, and what is on its way to them: what the application needs from outside, and who may see which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Documents, Loaded
from chassis.kernel.errors import Unknown
from contracts.catalogue import EVENT_MODELS, producer
from contracts.exchange.v1 import ConsultationInvited, PersonChanged
from contracts.notify.escalations import EVENTS as ESCALATIONS
from contracts.research.versions import newest_type
from services.notify.domain.webhooks.circuit import Circuit
from services.notify.domain.webhooks.delivery import Answer, WebhookDelivery
from services.notify.domain.webhooks.permissions import looks_after
from services.notify.domain.webhooks.webhook import REMOVED, Webhook

_PERSONAL = {PersonChanged.type, ConsultationInvited.type}
"""Names and mail addresses of people: the first is a person's record, the second has everybody's calendar files."""

OFFERED = (
    *(
        each
        for each in EVENT_MODELS
        if producer(each) in ("exchange", "research") and each not in _PERSONAL and newest_type(each) == each
    ),
    *(each.type for each in ESCALATIONS),
)
"""The event types that webhooks are told of: all that exchange and research publish, each in its newest version, and
what is heard of nowhere else: what nobody answered in time. What became of single messages concerns nobody.
"""


class Webhooks(Documents[Webhook], Protocol):
    """Every webhook."""

    def of(self, sites: Iterable[str] | None) -> list[Loaded[Webhook]]:
        """Those of these sites, or all for `None`, that are not removed; in the order in which they were registered."""
        ...

    def every(self) -> list[Loaded[Webhook]]:
        """All that there ever were: what waits for one that is removed has to be let go."""
        ...


class WebhookDeliveries(Documents[WebhookDelivery], Protocol):
    """What is or was on its way."""

    def add_new(self, queued: Sequence[tuple[Decision[WebhookDelivery], Context]]) -> None:
        """Keeps those that are not kept yet, in one go."""
        ...

    def is_any_due(self, now: datetime) -> bool:
        """Whether anything, for whichever webhook, is to be tried by now."""
        ...

    def due(self, webhook: str, now: datetime, limit: int) -> list[Loaded[WebhookDelivery]]:
        """A webhook's that are to be tried by now, the longest due first."""
        ...

    def of_webhook(
        self, webhook: str, *, state: str | None, after: str | None, limit: int
    ) -> list[Loaded[WebhookDelivery]]:
        """A webhook's, newest first, from behind the delivery `after`; in one state, where one is named."""
        ...

    def forget(self, state: str, before: datetime, limit: int) -> int:
        """Deletes those that ended in a state and were queued before; returns how many."""
        ...


@dataclass(frozen=True)
class Lane:
    """What is known of the way to one webhook. `is_taken`: somebody is at it. `last`: when it last had a turn."""

    circuit: Circuit = field(default_factory=Circuit)
    is_taken: bool = False
    last: float = 0.0


@dataclass(frozen=True)
class Turn:
    """Somebody's turn on a lane, which ends by itself at `until`, in seconds."""

    webhook: str
    circuit: Circuit
    until: float


class Lanes(Protocol):
    """The way to each webhook, on which one worker is at a time."""

    def every(self) -> Mapping[str, Lane]:
        """Those that ever were taken, by webhook."""
        ...

    def take(self, webhook: str) -> Turn | None:
        """Takes it for a while; `None` where another has it."""
        ...

    def leave(self, turn: Turn, circuit: Circuit) -> None:
        """Gives it back, with what came of it; nothing where it took too long, and another has it by now."""
        ...

    def clear(self, webhook: str) -> None:
        """Forgets what failed: somebody says that it works again."""
        ...


class Addresses(Protocol):
    """What may be spoken to."""

    def check(self, address: str) -> None:
        """Raises `AddressNotAllowed`."""
        ...


class SecretMaker(Protocol):
    """Makes signing secrets."""

    def new(self) -> str:
        """A secret that nobody can guess, as Standard Webhooks writes it: `whsec_…`."""
        ...


@dataclass(frozen=True)
class Posting:
    """What goes out: `id` is the same at each attempt; `secrets` sign it, each once."""

    id: str
    url: str
    body: str
    secrets: Sequence[str]


class Courier(Protocol):
    """Brings events to webhooks."""

    def send(self, posting: Posting) -> Answer:
        """Sends once; raises nothing that the address or its server is to blame for."""
        ...


def seen(webhook_id: str, actor: Actor, webhooks: Webhooks) -> Loaded[Webhook]:
    """The webhook. Raises `Unknown` also for one that is removed, or that the actor does not look after."""
    found = webhooks.load(webhook_id)
    if found.state.state == REMOVED or not looks_after(actor, found.state.site):
        raise Unknown(kind="webhook", id=webhook_id)
    return found
