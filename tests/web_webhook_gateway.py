"""The part of `web_gateway` that stands in for notify where webhooks are looked after."""

from typing import Any

from chassis.rpc.client import Refused
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify
from services.notify.application.webhooks import OFFERED
from tests.web_consultation_gateway import changed, kept, known

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "notify.webhooks": ask_notify.AskWebhooks,
    "notify.webhook_deliveries": ask_notify.AskWebhookDeliveries,
    "notify.register_webhook": notify.RegisterWebhook,
    "notify.change_webhook": notify.ChangeWebhook,
    "notify.rotate_webhook_secret": notify.RotateWebhookSecret,
    "notify.disable_webhook": notify.DisableWebhook,
    "notify.enable_webhook": notify.EnableWebhook,
    "notify.remove_webhook": notify.RemoveWebhook,
    "notify.send_test_to_webhook": notify.SendTestToWebhook,
}
HIS, GONE, NEW = "whk_his", "whk_gone", "whk_new"
SIGNING_SECRET = "whsec_dG9sZC1vbmNlLWFuZC1ub3doZXJlLWVsc2U="
QUEUED_AT = "2026-11-23T02:10:00+00:00"


def webhook(identity: str, **changes: Any) -> View:
    """One as `notify.webhooks` lists it."""
    view = {
        "id": identity,
        "version": 3,
        "site": "sit_kashgar",
        "url": f"https://his.kashgar.example/{identity}",
        "event_types": ["exchange.visit.*", "research.outcome.adopted.v2"],
        "description": "Hospital information system",
        "state": "enabled",
        "reason": "",
        "registered_by": "per_zhang",
        "secrets": [{"signs_until": None}],
        "failures": 0,
        "failing_since": None,
        "paused_until": None,
    }
    return view | changes


def webhooks() -> dict[str, View]:
    """By id: one of Kashgar that fails now, with an older secret, and one of the alliance that disabled itself."""
    fails = {"failures": 6, "failing_since": QUEUED_AT, "paused_until": "2026-11-23T04:25:00+00:00"}
    secrets = [{"signs_until": None}, {"signs_until": "2026-11-24T04:00:00+00:00"}]
    alliance = {"site": None, "state": "disabled", "reason": "gone", "event_types": ["exchange.*"], "description": ""}
    return {HIS: webhook(HIS, secrets=secrets, **fails), GONE: webhook(GONE, **alliance)}


def delivery(number: int, state: str, reason: str = "", **changes: Any) -> View:
    """One as `notify.webhook_deliveries` lists it."""
    tried = state in ("delivered", "delivery_attempted", "undelivered")
    attempt = {"at": QUEUED_AT, "state": state, "reason": reason, "status": None if reason else 204, "detail": ""}
    view = {
        "id": f"whd_{number}",
        "event": f"evt_{number}",
        "event_type": "exchange.visit.booked.v1",
        "about": "vis_booked",
        "state": state,
        "reason": reason,
        "queued_at": QUEUED_AT,
        "next_try": "2026-11-23T05:00:00+00:00" if state == "delivery_attempted" else None,
        "attempts": [attempt] if tried else [],
    }
    return view | changes


def deliveries() -> list[View]:
    """Newest first, one in each state."""
    said = {"at": QUEUED_AT, "state": "delivery_attempted", "reason": "http-503", "status": 503, "detail": "At night."}
    return [
        delivery(5, "queued"),
        delivery(4, "delivery_attempted", "http-503", attempts=[said]),
        delivery(3, "delivered"),
        delivery(2, "undelivered", "certificate"),
        delivery(1, "not_sent", "webhook-disabled"),
    ]


class WebhookAnswers:
    """What notify answers about `webhooks`, by id, and the `deliveries` of each."""

    webhooks: dict[str, View]
    deliveries: list[View]

    def notify_webhooks(self, _asked: View) -> View:
        return {"items": list(self.webhooks.values()), "offered": list(OFFERED)}

    def notify_webhook_deliveries(self, asked: View) -> View:
        known(self.webhooks, "webhook", asked["webhook_id"])
        found = [each for each in self.deliveries if asked["state"] in (None, each["state"])]
        ids = [each["id"] for each in found]
        begins = ids.index(asked["after"]) + 1 if asked["after"] else 0
        page = found[begins : begins + asked["limit"]]
        return {"items": page, "next": page[-1]["id"] if len(page) == asked["limit"] else None}

    def notify_register_webhook(self, asked: View) -> View:
        said = {each: asked[each] for each in ("url", "event_types", "description")}
        made = webhook(NEW, version=1, site=asked["site_id"], **said)
        return kept(self.webhooks, made) | {"secret": SIGNING_SECRET}

    def notify_change_webhook(self, asked: View) -> View:
        said = {each: asked[each] for each in ("url", "event_types", "description")}
        return kept(self.webhooks, changed(self.webhooks, asked) | said)

    def notify_rotate_webhook_secret(self, asked: View) -> View:
        return kept(self.webhooks, changed(self.webhooks, asked)) | {"secret": SIGNING_SECRET}

    def notify_disable_webhook(self, asked: View) -> View:
        return kept(self.webhooks, changed(self.webhooks, asked) | {"state": "disabled", "reason": asked["reason"]})

    def notify_enable_webhook(self, asked: View) -> View:
        return kept(self.webhooks, changed(self.webhooks, asked) | {"state": "enabled", "reason": ""})

    def notify_remove_webhook(self, asked: View) -> View:
        gone = changed(self.webhooks, asked)
        del self.webhooks[gone["id"]]
        return {"id": gone["id"], "version": gone["version"], "state": "removed"}

    def notify_send_test_to_webhook(self, asked: View) -> View:
        standing = known(self.webhooks, "webhook", asked["webhook_id"])
        if standing["state"] != "enabled":
            raise Refused("WebhookNotEnabled", {"webhook": standing["id"], "state": "disabled", "reason": ""})
        about = {"event_type": "notify.webhook.tested.v1", "about": standing["id"]}
        self.deliveries.insert(0, delivery(6, "queued", **about))
        return {"id": "whd_6", "version": 1, "state": "queued"}
