"""How people say how they want to be told, and what they have seen."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands, queries
from services.notify.application.reactions import notify_of
from services.notify.domain.inbox import MOST_COUNTED
from services.notify.domain.preferences import usual
from tests.fakes.chat import addresses
from tests.fakes.notify import FakeAnnouncements, FakeInboxes, FakeNotifications, FakePeople, FakePreferences
from tests.unit.notify.samples import NOW, told_of

EVENT = "research.outcome.expected.v1"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])
SELF = Actor(ME, frozenset({VISITOR}))
ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
OTHER = Actor("per_other", frozenset({VISITOR}))
WRITER = TemplateWriter()
NIGHTS = {"quiet_from": "21:00", "quiet_until": "07:00", "working_days": [5, 1, 2, 3, 4]}


def says(kept: FakePreferences, actor: Actor = SELF, command: str = "one", **fields: Any) -> Receipt:
    given = parsed(commands.SetPreferences, fields)
    return commands.set_preferences(given, Context(command, actor, NOW), kept, addresses())


def asked(kept: FakePreferences, actor: Actor = SELF, **fields: Any) -> Any:
    return queries.preferences(parsed(queries.AskPreferences, fields), actor, kept)


def test_whoever_has_said_nothing_is_shown_what_holds() -> None:
    shown = asked(FakePreferences())
    assert (shown["version"], shown["otherwise"], shown["hours"]) == (None, {"email": "at-once"}, None)
    assert "consultations" in shown["categories"]


def test_what_is_said_is_kept_whole_and_shown_again() -> None:
    kept = FakePreferences()
    says(kept, wanted={"outcomes": {"email": "weekly"}}, hours=NIGHTS, digest_at="09:30", digest_on=4)
    shown = asked(kept)
    assert shown["wanted"] == {"outcomes": {"email": "weekly"}}
    assert shown["hours"] == NIGHTS | {"working_days": [1, 2, 3, 4, 5]}
    assert (shown["digest_at"], shown["digest_on"], shown["version"]) == ("09:30", 4, 1)


def test_saying_it_anew_replaces_all_of_it() -> None:
    kept = FakePreferences()
    says(kept, wanted={"outcomes": {"email": "weekly"}})
    says(kept, command="two", otherwise={"email": "daily"}, expected_version=1)
    assert (asked(kept)["wanted"], asked(kept)["otherwise"]) == ({}, {"email": "daily"})


def test_the_same_command_again_answers_as_before() -> None:
    kept = FakePreferences()
    assert says(kept) == says(kept)
    second = says(kept, command="two", expected_version=1)
    assert says(kept, command="two", expected_version=1) == second
    assert asked(kept)["version"] == 2


@pytest.mark.parametrize("expected", [None, 2])
def test_who_has_not_seen_what_stands_does_not_overwrite_it(expected: int | None) -> None:
    kept = FakePreferences()
    says(kept, wanted={"outcomes": {"email": "weekly"}})
    with pytest.raises(StaleVersion):
        says(kept, command="two", expected_version=expected)
    assert asked(kept)["wanted"] == {"outcomes": {"email": "weekly"}}


def test_a_version_of_what_was_never_said_is_stale() -> None:
    with pytest.raises(StaleVersion):
        says(FakePreferences(), expected_version=1)


def test_an_administrator_may_say_it_for_somebody_and_nobody_else_may() -> None:
    kept = FakePreferences()
    says(kept, ADMIN, person=ME, otherwise={"email": "daily"})
    assert asked(kept)["otherwise"] == asked(kept, ADMIN, person=ME)["otherwise"] == {"email": "daily"}
    for question in (lambda: says(kept, OTHER, person=ME), lambda: asked(kept, OTHER, person=ME)):
        with pytest.raises(NotAllowed):
            question()
    with pytest.raises(NotAllowed):
        asked(kept, SYSTEM)


@pytest.mark.parametrize(
    "fields",
    [
        {"wanted": {"gossip": {"email": "daily"}}},
        {"wanted": {"visits": {"pigeon": "daily"}}},
        {"wanted": {"visits": {"email": "hourly"}}},
        {"hours": {"quiet_from": "25:00", "quiet_until": "07:00"}},
        {"hours": NIGHTS | {"working_days": []}},
        {"hours": NIGHTS | {"working_days": [1, 1]}},
        {"hours": NIGHTS | {"working_days": [0]}},
        {"digest_on": 8},
        {"digest_at": "noon"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(fields: dict[str, Any]) -> None:
    kept = FakePreferences()
    with pytest.raises(InvalidCommand):
        says(kept, **fields)
    assert kept.of([ME]) == {ME: usual(ME)}


def three_messages() -> FakeNotifications:
    notifications = FakeNotifications(lambda: 0.0)
    for number in range(3):
        notify_of([told_of(EVENT, title=f"Outcome {number}")], notifications, NOW + timedelta(minutes=number))
    return notifications


def seen(notifications: FakeNotifications, inboxes: FakeInboxes, newest: str, actor: Actor = SELF) -> Receipt:
    command = parsed(commands.SeeInbox, {"newest": newest})
    return commands.see_inbox(command, Context(newest, actor, NOW), inboxes, notifications)


def shown(notifications: FakeNotifications, inboxes: FakeInboxes, **fields: Any) -> Any:
    asked = parsed(queries.AskInbox, fields)
    return queries.inbox(asked, SELF, notifications, inboxes, FakeAnnouncements(), FakePeople(), WRITER)


def test_what_was_shown_counts_as_seen_and_stays_unread() -> None:
    notifications, inboxes = three_messages(), FakeInboxes()
    newest_first = [item["id"] for item in shown(notifications, inboxes)["items"]]
    seen(notifications, inboxes, newest_first[1])
    after = shown(notifications, inboxes)
    assert (after["unseen"], after["unread"]) == (1, 3)
    assert [item["seen"] for item in after["items"]] == [False, True, True]


def test_every_page_says_how_many_are_unseen_in_all() -> None:
    notifications, inboxes = three_messages(), FakeInboxes()
    newest, middle, oldest = [item["id"] for item in shown(notifications, inboxes)["items"]]
    pages: list[dict[str, Any]] = [{}, *({"limit": some} for some in (1, 2)), {"after": newest}, {"after": oldest}]
    for seen_last, unseen in ((None, 3), (oldest, 2), (middle, 1), (newest, 0)):
        if seen_last:
            seen(notifications, inboxes, seen_last)
        assert [shown(notifications, inboxes, **page)["unseen"] for page in pages] == [unseen] * len(pages)


def test_more_than_a_badge_says_are_not_counted_on_the_page_either() -> None:
    notifications, inboxes = FakeNotifications(lambda: 0.0), FakeInboxes()
    for number in range(MOST_COUNTED + 2):
        notify_of([told_of(EVENT, title=f"Outcome {number}")], notifications, NOW + timedelta(minutes=number))
    first = shown(notifications, inboxes, limit=200)["items"][-1]["id"]
    seen(notifications, inboxes, first)
    assert shown(notifications, inboxes, limit=200)["unseen"] == MOST_COUNTED


def test_looking_further_down_takes_nothing_back() -> None:
    notifications, inboxes = three_messages(), FakeInboxes()
    newest_first = [item["id"] for item in shown(notifications, inboxes)["items"]]
    seen(notifications, inboxes, newest_first[0])
    seen(notifications, inboxes, newest_first[2])
    assert shown(notifications, inboxes)["unseen"] == 0


def test_somebody_elses_message_is_unknown() -> None:
    notifications, inboxes = three_messages(), FakeInboxes()
    newest = shown(notifications, inboxes)["items"][0]["id"]
    with pytest.raises(Unknown):
        seen(notifications, inboxes, newest, OTHER)
    assert inboxes.kept == {}
