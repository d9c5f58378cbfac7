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
}
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
    items = [("wecom", "confirmed", "…b7e2"), ("sms", "unconfirmed", "…4567")]
    return {
        "person": "per_zhang",
        "offered": ["wecom", "sms"],
        "items": [{"channel": each, "state": state, "shown": shown, "code": None} for each, state, shown in items],
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
