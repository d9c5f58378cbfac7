"""Calendars to subscribe to: who may open an address, what stands there, and that it goes when a right does."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import NotAllowed, StaleVersion, Unknown
from services.exchange.application import queries
from services.exchange.application.commands import calendars as commands
from services.exchange.domain.calendar_address import MOST_OPEN
from services.exchange.domain.calendar_address_refusals import TooManyCalendarAddresses
from services.exchange.domain.refusals import WrongState
from tests.consulting import ADMIN, Consulting


def opened(there: Consulting, by: Actor, kind: str, subject: str, context: Context | None = None) -> dict[str, Any]:
    command = parsed(commands.OpenCalendarAddress, {"kind": kind, "subject": subject})
    return there.exchange.open_calendar_address(command, context or there.context(by))


def secret_of(answer: dict[str, Any]) -> str:
    return str(answer["address"]).rpartition("/")[2].removesuffix(".ics")


def read(there: Consulting, by: Actor, secret: str, *known: str) -> dict[str, Any]:
    asked = parsed(queries.AskCalendarFeed, {"secret": secret, "known_tags": known})
    return there.exchange.calendar_feed(asked, by)


def titles(content: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


def revoke(there: Consulting, by: Actor, address: str, version: int = 1, context: Context | None = None) -> Any:
    command = parsed(commands.RevokeCalendarAddress, {"address_id": address, "expected_version": version})
    return there.exchange.revoke_calendar_address(command, context or there.context(by, version))


def test_an_address_is_told_once_and_a_repeat_tells_it_no_more(there: Consulting) -> None:
    chair = there.actor("chair")
    context = there.context(chair)
    first = opened(there, chair, "person", there.people["chair"], context)
    again = opened(there, chair, "person", there.people["chair"], context)
    assert again == first | {"address": None}
    assert len(secret_of(first)) >= 43
    kept = there.exchange.stores.calendar_addresses.load(first["id"]).state
    assert secret_of(first) not in str(kept)
    assert len(there.exchange.stores.calendar_addresses.page(None, after=None, limit=9)) == 1


def test_a_feed_changes_with_what_it_tells_of_and_is_not_written_where_it_is_known(there: Consulting) -> None:
    chair = there.actor("chair")
    secret = secret_of(opened(there, chair, "person", there.people["chair"]))
    empty = read(there, chair, secret)
    assert (titles(empty["content"]), empty["changed_at"]) == ([], None)
    made = there.booked()
    told = read(there, chair, secret, empty["tag"])
    assert titles(told["content"]) == ["Cyst of the liver"]
    assert "mailto:presenter@gilgit.example" in told["content"]
    there.exchange.feeding.feeds.write = None  # type: ignore[method-assign, assignment]
    assert read(there, chair, secret, "another", told["tag"]) == {
        "tag": told["tag"],
        "content": None,
        "changed_at": None,
    }
    there.give("cancel_consultation", made, reason="Snow.")
    with pytest.raises(TypeError):
        read(there, chair, secret, told["tag"])


@pytest.mark.parametrize("what", ["a person", "a site"])
def test_a_feed_changes_when_whom_or_what_it_names_does(there: Consulting, what: str) -> None:
    chair = there.actor("chair")
    secret = secret_of(opened(there, chair, "person", there.people["chair"]))
    there.booked()
    before = read(there, chair, secret)["tag"]
    shelf: Any = {"a person": there.exchange.stores.people, "a site": there.exchange.stores.sites}[what]
    changed: Any = shelf.load(there.people["presenter"] if what == "a person" else there.sites["gilgit"])
    shelf.save(changed, Decision(changed.state, "changed"), there.context(ADMIN))
    assert read(there, chair, secret)["tag"] != before


def test_what_only_waits_is_in_no_feed_and_what_is_long_over_is_not_either(there: Consulting) -> None:
    chair = there.actor("chair")
    secret = secret_of(opened(there, chair, "person", there.people["chair"]))
    there.booked()
    there.propose(wait=True)
    assert len(titles(read(there, chair, secret)["content"])) == 1
    there.clock.moment += timedelta(days=200)
    assert titles(read(there, chair, secret)["content"]) == []


def test_a_deputys_feed_has_what_they_come_to_alone(there: Consulting) -> None:
    deputy = there.actor("deputy")
    secret = secret_of(opened(there, deputy, "person", there.people["deputy"]))
    made = there.propose(by=there.coordinator).id
    assert titles(read(there, deputy, secret)["content"]) == []
    there.reply(made, "deputy", participant=there.people["presenter"])
    assert titles(read(there, deputy, secret)["content"]) == ["Cyst of the liver"]


@pytest.mark.parametrize(("kind", "may", "may_not"), [
    ("person", "chair", "presenter"),
    ("site", "coordinator", "chair"),
    ("department", "coordinator", "chair"),
    ("agreement", "people", "stranger"),
])  # fmt: skip
def test_who_may_open_which(there: Consulting, kind: str, may: str, may_not: str) -> None:
    kashgar = there.sites["kashgar"]
    department = there.exchange.stores.sites.load(kashgar).state.departments[0].id
    of_kashgar = Actor(there.people["chair"], frozenset(), frozenset({kashgar}))
    subjects = {"person": there.people["chair"], "site": kashgar, "department": department}
    subject = subjects.get(kind, there.agreement)
    who = {"coordinator": there.coordinator, "people": of_kashgar, "stranger": Actor("per_stranger")}
    allowed, refused = (who.get(name) or there.actor(name) for name in (may, may_not))
    made = opened(there, allowed, kind, subject)
    assert made["state"] == "open"
    assert b"VCALENDAR" in read(there, allowed, secret_of(made))["content"].encode()
    with pytest.raises(NotAllowed):
        opened(there, refused, kind, subject)


def test_a_sites_feed_has_its_bookings_and_no_address_of_anybody(there: Consulting) -> None:
    there.booked()
    secret = secret_of(opened(there, there.coordinator, "site", there.sites["kashgar"]))
    content = read(there, there.coordinator, secret)["content"]
    assert (titles(content), "@kashgar.example" in content) == (["Cyst of the liver"], False)


def test_who_lost_the_role_loses_the_feed(there: Consulting) -> None:
    kashgar, by = there.sites["kashgar"], there.coordinator
    secret = secret_of(opened(there, by, "site", kashgar))
    for lost in (Actor(by.person, frozenset(), by.sites), Actor(by.person, by.roles, frozenset())):
        with pytest.raises(Unknown):
            read(there, lost, secret)


@pytest.mark.parametrize("by", [Actor("per_other", frozenset({COORDINATOR}), frozenset()), ADMIN, SYSTEM])
def test_nobody_else_reads_with_an_address(there: Consulting, by: Actor) -> None:
    secret = secret_of(opened(there, there.coordinator, "site", there.sites["kashgar"]))
    other = Actor(by.person, by.roles, frozenset(there.sites.values()))
    with pytest.raises(Unknown):
        read(there, other, secret)


def test_an_address_that_is_revoked_and_one_that_never_was_are_told_alike(there: Consulting) -> None:
    chair = there.actor("chair")
    made = opened(there, chair, "person", there.people["chair"])
    context = there.context(chair, 1)
    assert revoke(there, chair, made["id"], context=context) == revoke(there, chair, made["id"], context=context)
    told = []
    questions: list[tuple[Any, Any]] = [
        (queries.AskCalendarOwner, there.exchange.calendar_owner),
        (queries.AskCalendarFeed, there.exchange.calendar_feed),
    ]
    for secret in (secret_of(made), "x" * 43, ""):
        for question, ask in questions:
            with pytest.raises(Unknown) as unknown:
                ask(parsed(question, {"secret": secret}), chair)
            told.append(str(unknown.value))
    assert len(set(told)) == 1
    with pytest.raises(WrongState):
        revoke(there, chair, made["id"], 2)
    with pytest.raises(StaleVersion):
        revoke(there, chair, made["id"], 1)


def test_only_the_owner_and_administrators_revoke_one_or_know_of_it(there: Consulting) -> None:
    made = opened(there, there.actor("chair"), "person", there.people["chair"])
    with pytest.raises(Unknown):
        revoke(there, there.actor("presenter"), made["id"])
    listed = {
        name: [
            each["id"]
            for each in there.exchange.calendar_addresses(parsed(queries.AskCalendarAddresses, {}), by)["items"]
        ]
        for name, by in (("own", there.actor("chair")), ("other", there.actor("presenter")), ("all", ADMIN))
    }
    assert listed == {"own": [made["id"]], "other": [], "all": [made["id"]]}
    assert revoke(there, ADMIN, made["id"]).state == "revoked"


def test_nobody_has_more_open_than_so_many(there: Consulting) -> None:
    chair = there.actor("chair")
    made = [opened(there, chair, "person", there.people["chair"])["id"] for _ in range(MOST_OPEN)]
    with pytest.raises(TooManyCalendarAddresses):
        opened(there, chair, "person", there.people["chair"])
    revoke(there, chair, made[0])
    assert opened(there, chair, "person", there.people["chair"])["state"] == "open"


@pytest.mark.parametrize("kind", ["person", "site", "department", "agreement"])
def test_a_calendar_of_nothing_is_none(there: Consulting, kind: str) -> None:
    with pytest.raises(Unknown):
        opened(there, ADMIN, kind, f"{kind[:3]}_nowhere")
