"""The part of `web_gateway` that stands in for notify where people say who stands in for them."""

from typing import Any

from chassis.rpc.client import Refused
from services.notify.application import commands as notify
from services.notify.application import queries as ask_notify

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "notify.deputy": ask_notify.AskDeputy,
    "notify.name_deputy": notify.NameDeputy,
    "notify.withdraw_deputy": notify.WithdrawDeputy,
}
ID = "dpt_zhang"
NOBODY: View = {"deputy": None, "first": None, "last": None, "away": False}


def deputation() -> View:
    """As `notify.deputy` answers about somebody who is away."""
    away = {"first": "2026-11-20", "last": "2026-11-27", "away": True}
    return {"person": "per_zhang", "deputy": "per_gulnar", "version": 2} | away


class DeputyAnswers:
    """What notify answers about the `deputation` of who is signed in."""

    deputation: View

    def notify_deputy(self, _asked: View) -> View:
        return self.deputation

    def notify_name_deputy(self, asked: View) -> View:
        version = (self.deputation["version"] or 0) + 1
        days = {each: asked[each] for each in ("first", "last")}
        self.deputation |= {"deputy": asked["deputy_id"], "away": bool(asked["first"]), "version": version} | days
        return {"id": ID, "version": version, "state": "named"}

    def notify_withdraw_deputy(self, asked: View) -> View:
        stands = self.deputation["version"]
        if asked["expected_version"] != stands:
            raise Refused("StaleVersion", {"id": ID, "expected": asked["expected_version"], "actual": stands})
        self.deputation |= NOBODY | {"version": stands + 1}
        return {"id": ID, "version": stands + 1, "state": "withdrawn"}
