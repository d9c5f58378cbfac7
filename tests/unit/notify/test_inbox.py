"""The inbox is one's own, in one's own language; deliveries are for those who have to look after them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import InvalidCommand, NotAllowed, Unknown
from chassis.kernel.ids import derived
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands, queries
from services.notify.application.reactions.notify_of import notify_of
from tests.fakes.notify import FakeAnnouncements, FakeEscalations, FakeInboxes, FakeNotifications, FakePeople
from tests.unit.notify.samples import NOW, person, told_of

EVENT = "research.outcome.expected.v1"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])
WRITER = TemplateWriter()
SELF = Actor(ME, frozenset({VISITOR}))
OTHER = Actor("per_other", frozenset({ADMINISTRATOR}))


@pytest.fixture
def notifications() -> FakeNotifications:
    """Five for one person, the last the newest."""
    made = FakeNotifications(lambda: 0.0)
    for number in range(5):
        at = NOW + timedelta(minutes=number)
        notify_of([told_of(EVENT, title=f"Outcome {number}")], made, at)
    return made


def inbox(notifications: FakeNotifications, actor: Actor = SELF, language: str = "en", **fields: Any) -> Any:
    asked = parsed(queries.AskInbox, fields)
    return queries.inbox(
        asked, actor, notifications, FakeInboxes(), FakeAnnouncements(), FakePeople(person(ME, language)), WRITER
    )


def mark_read(notifications: FakeNotifications, notification: str, actor: Actor = SELF) -> Any:
    context = Context(derived(notification, str(actor)), actor, NOW)
    return commands.mark_read(parsed(commands.MarkRead, {"notification_id": notification}), context, notifications)


def test_it_shows_ones_own_newest_first(notifications: FakeNotifications) -> None:
    found = inbox(notifications)
    assert [item["subject"][-9:] for item in found["items"]] == [f"Outcome {number}" for number in (4, 3, 2, 1, 0)]
    assert found["unread"] == 5
    assert found["next"] is None
    assert inbox(notifications, OTHER) == {"unread": 0, "unseen": 0, "items": [], "next": None, "language": "en"}


def test_an_item_has_what_a_page_needs(notifications: FakeNotifications) -> None:
    item = inbox(notifications)["items"][0]
    assert item["purpose"] == "outcome-expected"
    assert item["about"].startswith("out_")
    assert item["leads_to"] == f"/outcomes/{item['about']}"
    assert item["read_at"] is None
    assert item["deliveries"] == [{"channel": "email", "state": "queued"}]
    assert item["at"] == told_of(EVENT)[0].time.isoformat()


@pytest.mark.parametrize(("language", "word"), [("en", "Please"), ("zh", "请"), ("ur", "براہِ کرم")])
def test_it_speaks_the_readers_language(language: str, word: str, notifications: FakeNotifications) -> None:
    found = inbox(notifications, language=language)
    assert found["language"] == language
    assert found["items"][0]["subject"].startswith(word)


def test_it_comes_in_pages(notifications: FakeNotifications) -> None:
    first = inbox(notifications, limit=2)
    second = inbox(notifications, limit=2, after=first["next"])
    third = inbox(notifications, limit=2, after=second["next"])
    ids = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert ids == [item["id"] for item in inbox(notifications)["items"]]
    assert third["next"] is None


def test_the_system_has_no_inbox(notifications: FakeNotifications) -> None:
    with pytest.raises(NotAllowed):
        inbox(notifications, SYSTEM)


def test_reading_lowers_the_count_once(notifications: FakeNotifications) -> None:
    newest = inbox(notifications)["items"][0]["id"]
    first = mark_read(notifications, newest)
    assert (first.version, first.state) == (2, "queued")
    assert mark_read(notifications, newest) == first
    found = inbox(notifications)
    assert found["unread"] == 4
    assert found["items"][0]["read_at"] == NOW.isoformat()


def test_reading_again_by_another_command_changes_nothing(notifications: FakeNotifications) -> None:
    newest = inbox(notifications)["items"][0]["id"]
    mark_read(notifications, newest)
    again = mark_read(notifications, newest, replace(SELF, roles=frozenset({COORDINATOR})))
    assert again.version == 2


def test_somebody_elses_is_unknown_even_to_an_administrator(notifications: FakeNotifications) -> None:
    newest = inbox(notifications)["items"][0]["id"]
    with pytest.raises(Unknown):
        mark_read(notifications, newest, OTHER)
    assert inbox(notifications)["unread"] == 5


def acknowledge(notifications: FakeNotifications, notification: str, actor: Actor = SELF, command: str = "") -> Any:
    context = Context(derived(notification, command), actor, NOW)
    given = parsed(commands.Acknowledge, {"notification_id": notification})
    return commands.acknowledge(given, context, notifications, FakeEscalations())


def test_acknowledging_is_noted_once_and_is_reading_too(notifications: FakeNotifications) -> None:
    newest = inbox(notifications)["items"][0]["id"]
    first = acknowledge(notifications, newest)
    assert acknowledge(notifications, newest) == first
    assert acknowledge(notifications, newest, command="another").version == 2
    found = inbox(notifications)
    assert (found["unread"], found["items"][0]["acknowledged_at"]) == (4, NOW.isoformat())


def test_somebody_elses_is_acknowledged_by_nobody_else(notifications: FakeNotifications) -> None:
    newest = inbox(notifications)["items"][0]["id"]
    with pytest.raises(Unknown):
        acknowledge(notifications, newest, OTHER)
    assert inbox(notifications)["items"][0]["acknowledged_at"] is None


def test_a_notification_knows_the_version_that_it_tells_of(notifications: FakeNotifications) -> None:
    event, data = told_of(EVENT, envelope={"sequence": "0000000017.002"})
    notify_of([(event, data)], notifications, NOW)
    assert 17 in {kept.state.cause.version for kept in notifications.kept.values()}


def deliveries(notifications: FakeNotifications, actor: Actor, **fields: Any) -> list[dict[str, Any]]:
    found = queries.deliveries(parsed(queries.AskDeliveries, fields), actor, notifications)
    items: list[dict[str, Any]] = found["items"]
    return items


@pytest.mark.parametrize("role", [ADMINISTRATOR, PROGRAMME_MANAGER])
def test_deliveries_are_searched_by_who_looks_after_them(role: str, notifications: FakeNotifications) -> None:
    actor = Actor("per_someone", frozenset({role}))
    assert len(deliveries(notifications, actor)) == 5
    assert len(deliveries(notifications, actor, recipient=ME, state="queued", limit=3)) == 3
    assert deliveries(notifications, actor, state="sent") == []
    about = deliveries(notifications, actor)[0]["about"]
    assert len(deliveries(notifications, actor, about=about)) == 5
    assert [deliveries(notifications, actor, about=each) for each in ("vis_other", "con_other")] == [[], []]


def test_and_by_nobody_else(notifications: FakeNotifications) -> None:
    with pytest.raises(NotAllowed):
        deliveries(notifications, SELF)


def test_a_delivery_does_not_say_what_the_message_says(notifications: FakeNotifications) -> None:
    assert "Outcome" not in str(deliveries(notifications, OTHER))


@pytest.mark.parametrize(
    "fields", [{"limit": 0}, {"limit": "all"}, {"after": {"$gt": ""}}, {"after": "vis_1"}, {"recipient": "per_1"}]
)
def test_a_question_that_makes_no_sense_is_refused(fields: dict[str, Any], notifications: FakeNotifications) -> None:
    with pytest.raises(InvalidCommand):
        inbox(notifications, **fields)
