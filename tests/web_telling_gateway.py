"""The part of `web_gateway` that stands in for notify where people say how they want to be told."""

from typing import Any

from chassis.rpc.client import Refused
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify
from services.notify.domain.purposes import CATEGORIES

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "notify.preferences": ask_notify.AskPreferences,
    "notify.addresses": ask_notify.AskAddresses,
    "notify.set_preferences": notify.SetPreferences,
    "notify.add_address": notify.AddAddress,
    "notify.confirm_address": notify.ConfirmAddress,
    "notify.remove_address": notify.RemoveAddress,
}
CODE, UNTIL = "482915", "2026-11-23T04:45:00+00:00"
PREFERENCES = "prf_zhang"


def preferences() -> View:
    """As `notify.preferences` answers about somebody who has said something."""
    return {
        "person": "per_zhang",
        "version": 3,
        "categories": list(CATEGORIES),
        "wanted": {"outcomes": {"email": "weekly", "sms": "if-others-fail"}, "visits": {"wecom": "at-once"}},
        "otherwise": {"email": "at-once"},
        "hours": {"quiet_from": "19:30", "quiet_until": "08:30", "working_days": [1, 2, 3, 4, 5]},
        "digest_at": "07:45",
        "digest_on": 4,
    }


def reached_at() -> View:
    """As `notify.addresses` answers: one address is confirmed, and one is not."""
    awaited = {"state": "sent", "reason": "", "until": UNTIL, "tries_left": 5}
    return {
        "person": "per_zhang",
        "offered": ["wecom", "dingtalk", "sms"],
        "items": [
            {"channel": "wecom", "state": "confirmed", "shown": "…b7e2", "code": None},
            {"channel": "sms", "state": "unconfirmed", "shown": "…4567", "code": awaited},
        ],
    }


class TellingAnswers:
    """What notify answers about `preferences` and `reached_at`."""

    preferences: View
    reached_at: View

    def notify_preferences(self, _asked: View) -> View:
        return self.preferences

    def notify_addresses(self, _asked: View) -> View:
        return self.reached_at

    def notify_set_preferences(self, asked: View) -> View:
        seen, stands = asked["expected_version"] or 0, self.preferences["version"] or 0
        if seen != stands:
            raise Refused("StaleVersion", {"id": PREFERENCES, "expected": seen, "actual": stands})
        said = {each: asked[each] for each in ("wanted", "otherwise", "hours", "digest_on")}
        hours = asked["hours"] and asked["hours"] | {
            each: asked["hours"][each][:5] for each in ("quiet_from", "quiet_until")
        }
        self.preferences |= said | {"hours": hours, "digest_at": asked["digest_at"][:5], "version": stands + 1}
        return {"id": PREFERENCES, "version": stands + 1, "state": "kept"}

    def notify_add_address(self, asked: View) -> View:
        channel = asked["address"]["channel"]
        awaited = {"state": "on-its-way", "reason": "", "until": UNTIL, "tries_left": 5}
        self._let_go(channel)
        self.reached_at["items"].append({"channel": channel, "state": "unconfirmed", "shown": "…new", "code": awaited})
        return {"id": "adr_1", "version": 1, "state": "unconfirmed"}

    def notify_confirm_address(self, asked: View) -> View:
        if asked["code"] != CODE:
            raise Refused("CodeWrong", {"left": 4})
        (found,) = [each for each in self.reached_at["items"] if each["channel"] == asked["channel"]]
        found |= {"state": "confirmed", "code": None}
        return {"id": "adr_1", "version": 2, "state": "confirmed"}

    def notify_remove_address(self, asked: View) -> View:
        self._let_go(asked["channel"])
        return {"id": "adr_1", "version": 3, "state": "removed"}

    def _let_go(self, channel: str) -> None:
        self.reached_at["items"] = [each for each in self.reached_at["items"] if each["channel"] != channel]
