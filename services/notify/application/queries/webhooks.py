"""Which systems are told of events, and how that goes."""

from collections.abc import Mapping

from chassis.commands import Command
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from services.notify.application.queries.views import View, text_of
from services.notify.application.webhooks import OFFERED, Lane, Lanes, Webhooks
from services.notify.domain.webhooks.permissions import may_see_some
from services.notify.domain.webhooks.webhook import Webhook


class AskWebhooks(Command):
    """All that the actor looks after."""


def webhooks(asked: AskWebhooks, actor: Actor, standing: Webhooks, lanes: Lanes) -> View:  # noqa: ARG001
    """`{items, offered}`: in the order in which they were registered; never a secret. Raises `NotAllowed`."""
    may_see_some(actor)
    known = lanes.every()
    found = standing.of(None if actor.has(ADMINISTRATOR) else actor.sites)
    return {"items": [_item(each, known) for each in found], "offered": list(OFFERED)}


def _item(found: Loaded[Webhook], known: Mapping[str, Lane]) -> View:
    webhook, circuit = found.state, known.get(found.id, Lane()).circuit
    return {
        "id": found.id,
        "version": found.version,
        "site": webhook.site,
        "url": webhook.url,
        "event_types": list(webhook.event_types),
        "description": webhook.description,
        "state": webhook.state,
        "reason": webhook.reason,
        "registered_by": webhook.registered_by,
        "secrets": [{"signs_until": text_of(each.until)} for each in webhook.secrets],
        "failures": circuit.failures,
        "failing_since": text_of(circuit.failing_since),
        "paused_until": text_of(circuit.open_until),
    }
