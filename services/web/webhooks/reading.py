"""What pages about webhooks read: the sites that they belong to, and one webhook with what became of its events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort
from flask_babel import gettext as _

from chassis.kernel.actor import ADMINISTRATOR
from services.web.asking import ask, panel, signed_in_actor
from services.web.directory import ends_of
from services.web.times import End
from services.web.webhooks.forms import ALLIANCE
from services.web.words import named

View = Mapping[str, Any]
STATES = ("queued", "delivery_attempted", "delivered", "undelivered", "not_sent")
AT_ONCE = 25
"""Deliveries on one page."""


@dataclass(frozen=True)
class Owners:
    """Whose webhooks can be: the sites as exchange lists them, none while it does not say, and the alliance."""

    sites: Sequence[View]

    @cached_property
    def names(self) -> dict[str, str]:
        """What each site is called in the page's language, by its id."""
        return {site["id"]: named(site["names"]) for site in self.sites}

    @property
    def ends(self) -> tuple[End, ...]:
        return ends_of(self.sites)

    def called(self, site: str | None) -> str:
        return self.names.get(site, site) if site else str(_("The whole alliance"))

    def offered(self) -> list[tuple[str, str]]:
        """To administrators the alliance and every site, to others the sites that are theirs."""
        actor = signed_in_actor()
        if actor.has(ADMINISTRATOR):
            return [(ALLIANCE, self.called(None)), *self.names.items()]
        return [(site, self.called(site)) for site in sorted(actor.sites)]


def owners() -> Owners:
    return Owners((panel("exchange", "sites").content or {"items": []})["items"])


@dataclass(frozen=True)
class OneWebhook:
    """A webhook, some of its deliveries (`{items, next}`), and the event types that are offered."""

    webhook: View
    deliveries: View
    offered: Sequence[str]


def one_webhook(webhook_id: str, state: str | None, after: str | None) -> OneWebhook:
    """Asks notify; one that the actor may not see ends in a page of its own."""
    asked = {"state": state, "after": after, "limit": AT_ONCE}
    deliveries = ask("notify", "webhook_deliveries", webhook_id=webhook_id, **asked)
    known = ask("notify", "webhooks")
    found = next((each for each in known["items"] if each["id"] == webhook_id), None)
    return OneWebhook(found or abort(404), deliveries, known["offered"])
