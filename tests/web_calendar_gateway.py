"""The part of `web_gateway` that stands in for the exchange where calendars are subscribed to and read."""

from typing import Any

from chassis.kernel.actor import ADMINISTRATOR
from services.exchange.application import queries as ask_exchange
from services.exchange.application.commands import calendars as commands
from tests import web_samples as samples
from tests.web_consultation_gateway import changed, kept, known

View = dict[str, Any]
MODELS: dict[str, Any] = {
    "exchange.calendar_addresses": ask_exchange.AskCalendarAddresses,
    "exchange.open_calendar_address": commands.OpenCalendarAddress,
    "exchange.revoke_calendar_address": commands.RevokeCalendarAddress,
    "exchange.calendar_owner": ask_exchange.AskCalendarOwner,
    "exchange.calendar_feed": ask_exchange.AskCalendarFeed,
}
SECRET, TAG = "s3cret-of-the-coordinator_of-Kashgar", '"a-tag"'
SECRET_OPENED = "s3cret_that-is-told-once_0123456789abcdefghi"
LATER = "2026-11-23T04:30:00+00:00"
OWN, OF_AGREEMENT, OF_ANOTHER, REVOKED = "cal_1", "cal_2", "cal_3", "cal_4"


def address(identity: str, kind: str, subject: str, language: str = "en", **changes: Any) -> View:
    """One as `exchange.calendar_addresses` lists it."""
    view = {
        "id": identity,
        "version": 1,
        "state": "open",
        "kind": kind,
        "subject": subject,
        "language": language,
        "owner": "per_zhang",
        "opened_at": "2026-11-20T08:12:00+00:00",
        "revoked_at": None,
    }
    return view | changes


def addresses() -> dict[str, View]:
    """By id: two of the coordinator of Kashgar, one of somebody else, and one that is read no more."""
    made = [
        address(OWN, "person", "per_zhang", "zh"),
        address(OF_AGREEMENT, "agreement", samples.AGREEMENT),
        address(OF_ANOTHER, "department", "dep_gilgit-0", "ur", owner="per_ali"),
        address(REVOKED, "site", "sit_kashgar", version=2, state="revoked", revoked_at=LATER),
    ]
    return {view["id"]: view for view in made}


class CalendarAnswers:
    """What the exchange answers about `addresses`, by id, and the `owners` of their secrets.

    `told`: the commands whose answer told an address; `asked`: the calls so far, this one last.
    """

    addresses: dict[str, View]
    owners: dict[str, str]
    told: set[str | None]
    asked: list[Any]

    def exchange_calendar_addresses(self, asked: View) -> View:
        actor = self.asked[-1].actor
        sees_all = actor.is_system or actor.has(ADMINISTRATOR)
        seen = [each for each in self.addresses.values() if sees_all or each["owner"] == actor.person]
        found = [each for each in seen if asked["after"] is None or each["id"] > asked["after"]]
        return {"items": found[: asked["limit"]], "more": len(found) > asked["limit"]}

    def exchange_open_calendar_address(self, asked: View) -> View:
        call = self.asked[-1]
        is_first, owner = call.command_id not in self.told, str(call.actor.person)
        self.told.add(call.command_id)
        made = address("cal_new", asked["kind"], asked["subject"], asked["language"], owner=owner, opened_at=LATER)
        self.owners[SECRET_OPENED] = owner
        at = f"https://khunjerab.example/calendars/{SECRET_OPENED}.ics"
        return kept(self.addresses, made) | {"address": at if is_first else None}

    def exchange_revoke_calendar_address(self, asked: View) -> View:
        return kept(self.addresses, changed(self.addresses, asked) | {"state": "revoked", "revoked_at": LATER})

    def exchange_calendar_owner(self, asked: View) -> View:
        return {"owner": known(self.owners, "calendar-address", asked["secret"])}

    def exchange_calendar_feed(self, asked: View) -> View:
        if TAG in asked["known_tags"]:
            return {"tag": TAG, "content": None, "changed_at": None}
        return {"tag": TAG, "content": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "changed_at": LATER}
