"""Which events a webhook is told of."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from services.notify.domain.webhooks.refusals import EventTypeNotOffered
from services.notify.domain.webhooks.webhook import ENABLED, Webhook

_ANY = ".*"
_SITE = re.compile(r"sit_[0-9a-z-]{1,60}")


def must_be_offered(event_types: Iterable[str], offered: Collection[str]) -> None:
    """Each is offered, or ends in `.*` and stands for one at least that is. Raises `EventTypeNotOffered`."""
    for wanted in event_types:
        if not any(_stands_for(wanted, each) for each in offered):
            raise EventTypeNotOffered(event_type=wanted)


def is_told(webhook: Webhook, event_type: str, sites: Collection[str]) -> bool:
    """Whether it wants such events, and the event involves its site."""
    wants = any(_stands_for(each, event_type) for each in webhook.event_types)
    return webhook.state == ENABLED and wants and (webhook.site is None or webhook.site in sites)


def sites_in(facts: Any) -> frozenset[str]:
    """The sites that an event's data involves: every one whose id stands anywhere in it, whatever the field is called.

    So an event that names no site is told to the alliance's webhooks alone.
    """
    if isinstance(facts, str):
        return frozenset({facts} if _SITE.fullmatch(facts) else ())
    inside = facts.values() if isinstance(facts, dict) else facts if isinstance(facts, list | tuple) else ()
    return frozenset[str]().union(*map(sites_in, inside))


def _stands_for(wanted: str, event_type: str) -> bool:
    if wanted.endswith(_ANY):
        return event_type.startswith(wanted.removesuffix("*"))
    return wanted == event_type
