"""The part of `web_gateway` that stands in for notify where somebody looks after messages."""

from typing import Any

from chassis.rpc.client import Refused
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify
from tests.web_samples import BOOKED, PROPOSED

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "notify.deliveries": ask_notify.AskDeliveries,
    "notify.resend": notify.Resend,
    "notify.explain": ask_notify.AskExplain,
    "notify.channels": ask_notify.AskChannels,
    "notify.pause_channel": notify.PauseChannel,
    "notify.resume_channel": notify.ResumeChannel,
}
WAITS_UNTIL = "2026-11-23T04:45:00+00:00"
BOUNCED, WAITING, UNTOLD = "ntf_bounced", "ntf_waiting", "ntf_inbox"


def log() -> list[View]:
    """As `notify.deliveries` answers: one that came back, one that waits, and one that stands in the inbox alone."""
    away = attempt("2026-11-21T03:40:05+00:00", "delivery_attempted", "smtp 421", "4.3.2 Come back later")
    back = attempt("2026-11-21T03:41:05+00:00", "bounced", "bounced 5.1.1")
    read = {"read_at": "2026-11-21T08:00:00+00:00", "acknowledged_at": "2026-11-21T08:01:00+00:00"}
    return [
        notification(WAITING, "per_bano", PROPOSED, delivery("email", "queued", "quiet-hours", WAITS_UNTIL)),
        notification(BOUNCED, "per_chen", BOOKED, delivery("email", "bounced", "bounced 5.1.1", None, away, back))
        | read,
        notification(UNTOLD, "per_nobody", "imp_1"),
    ]


def notification(identity: str, recipient: str, about: str, *deliveries: View) -> View:
    return {
        "id": identity,
        "recipient": recipient,
        "purpose": "visit-proposed",
        "because": "host-department",
        "about": about,
        "at": "2026-11-21T03:40:00+00:00",
        "queued_at": "2026-11-21T03:40:01+00:00",
        "state": "sent",
        "read_at": None,
        "acknowledged_at": None,
        "deliveries": list(deliveries),
    }


def delivery(channel: str, state: str, reason: str = "", next_try: str | None = None, *attempts: View) -> View:
    return {
        "channel": channel,
        "state": state,
        "reason": reason,
        "detail": "",
        "next_try": next_try,
        "attempts": list(attempts),
    }


def attempt(at: str, state: str, reason: str = "", detail: str = "") -> View:
    return {"at": at, "state": state, "reason": reason, "detail": detail}


def explained() -> View:
    """As `notify.explain` answers: the person was told the second time; the first was their own deed."""
    sentence = "It came back: bounced 5.1.1."
    told = notification(
        BOUNCED, "per_chen", BOOKED, delivery("email", "bounced", "bounced 5.1.1") | {"sentence": sentence}
    )
    quiet = {"event": "1", "at": "2026-11-20T03:40:00+00:00", "told": 3, "why": "own-deed", "notifications": []}
    return {
        "person": "per_chen",
        "about": BOOKED,
        "whole": True,
        "items": [
            {
                "event": "2",
                "at": "2026-11-21T03:40:00+00:00",
                "told": 1,
                "why": "told",
                "sentence": "",
                "notifications": [told],
            },
            quiet | {"sentence": "They did it themselves: nobody is told what they did."},
        ],
    }


def standing() -> list[View]:
    """As `notify.channels` answers: the server of one is away, and one is paused."""
    in_use = {"state": "in-use", "reason": "", "since": None, "failures": 0, "away_until": None}
    none = {"queued": 0, "delivery_attempted": 0}
    away = {"failures": 4, "away_until": WAITS_UNTIL, "waiting": {"queued": 12, "delivery_attempted": 7}}
    paused = {"state": "paused", "reason": "Too dear.", "since": "2026-11-21T03:40:00+00:00"}
    changes: dict[str, View] = {"email": away, "sms": paused}
    names = ("email", "wecom", "dingtalk", "feishu", "whatsapp", "sms")
    return [{"channel": name, **in_use, "waiting": none} | changes.get(name, {}) for name in names]


class DeliveryAnswers:
    """What notify answers about `log`, `explained`, `standing`; `next_of_log` is where the log's next page begins."""

    log: list[View]
    next_of_log: str | None
    explained: View
    standing: list[View]

    def notify_deliveries(self, asked: View) -> View:
        found = [each for each in self.log if asked["recipient"] in (None, each["recipient"])]
        return {"items": found, "next": self.next_of_log}

    def notify_resend(self, asked: View) -> View:
        found = next((each for each in self.log if each["id"] == asked["notification"]), None)
        if found is None:
            raise Refused("Unknown", {"kind": "notification", "id": asked["notification"]})
        before = next((each for each in found["deliveries"] if each["channel"] == asked["channel"]), None)
        if before and before["next_try"]:
            facts = {"channel": asked["channel"], "state": before["state"], "next_try": before["next_try"]}
            raise Refused("StillWaiting", facts)
        others = [each for each in found["deliveries"] if each is not before]
        found["deliveries"] = [*others, delivery(asked["channel"], "queued", "resent", WAITS_UNTIL)]
        return {"id": found["id"], "version": 2, "state": "queued"}

    def notify_explain(self, _asked: View) -> View:
        return self.explained

    def notify_channels(self, _asked: View) -> View:
        return {"items": self.standing}

    def notify_pause_channel(self, asked: View) -> View:
        found = self._channel(asked)
        if found["state"] == "paused":
            raise Refused("ChannelPaused", {"channel": asked["channel"], "reason": found["reason"]})
        found |= {"state": "paused", "reason": asked["reason"], "since": WAITS_UNTIL}
        return {"id": "chn_1", "version": 1, "state": "paused"}

    def notify_resume_channel(self, asked: View) -> View:
        found = self._channel(asked)
        if found["state"] != "paused":
            raise Refused("ChannelNotPaused", {"channel": asked["channel"]})
        found |= {"state": "in-use", "reason": "", "since": None}
        return {"id": "chn_1", "version": 2, "state": "in-use"}

    def _channel(self, asked: View) -> View:
        return next(each for each in self.standing if each["channel"] == asked["channel"])
