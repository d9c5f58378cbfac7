"""What the fake gateway answers to web has the very shape of what the services answer."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from services.exchange.application import queries as ask_exchange
from services.exchange.application.commands import calendars
from services.notify.adapters.reply_tokens import HmacTokens
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import queries as ask_notify
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.reply_links import Linking
from services.research.application import queries as ask_research
from tests.alliance import StandingClock
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.fakes.notify import FakeAnnouncements, FakeInboxes, FakeNotifications, FakeReplyLinks
from tests.fakes.notify import FakePeople as PeopleOfNotify
from tests.fakes.research import ResearchInMemory
from tests.unit.notify import samples as of_notify
from tests.unit.research import given
from tests.web_calendar_gateway import OWN
from tests.web_gateway import FakeGateway
from tests.web_reply_gateway import OF_VISIT

ANSWERS = ["correct_outcome", "attribute_outcome"]
BY_LAW = ["state_directions", "open_track"]
OPEN_KEYS = {"names", "replies", "rooms", "answers", "rules"}
"""Mappings whose keys are languages, parties, sites, people or rules: one of their values stands for all."""


def shape(value: Any) -> Any:
    """What is alike in two answers: keys, and the shape of what they hold; scalars are all alike."""
    if isinstance(value, list):
        return [merged([shape(each) for each in value])] if value else []
    if isinstance(value, dict):
        return {
            key: merged([shape(each) for each in held.values()])
            if key in OPEN_KEYS and isinstance(held, dict)
            else shape(held)
            for key, held in value.items()
        }
    return "value"


def merged(shapes: list[Any]) -> Any:
    """The fullest of several shapes, as lists may be empty in some of them."""
    return max(shapes, key=lambda each: len(repr(each)), default=None)


def assert_same(faked: Any, real: Any) -> None:
    assert shape(faked) == shape(real)


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


def ask(gateway: FakeGateway, method: str, **fields: Any) -> Any:
    service, _, name = method.partition(".")
    return gateway.call(service, name, fields, SYSTEM)


@pytest.fixture
def alliance() -> AllianceInMemory:
    """With one visit that was accepted."""
    made = alliance_in_memory()
    made.accept(made.propose())
    return made


def test_visits(gateway: FakeGateway, alliance: AllianceInMemory) -> None:
    listed = alliance.exchange.visits(parsed(ask_exchange.AskVisits, {}), alliance.manager)
    assert_same(ask(gateway, "exchange.visits"), listed)
    asked = parsed(ask_exchange.AskVisit, {"visit_id": listed["items"][0]["id"]})
    real = alliance.exchange.visit(asked, alliance.host_manager)
    assert_same(ask(gateway, "exchange.visit", visit_id="vis_booked"), real)
    assert {"cancel_visit", "record_arrival"} <= set(real["may"])


def test_agreements(gateway: FakeGateway, alliance: AllianceInMemory) -> None:
    assert_same(ask(gateway, "exchange.agreements"), alliance.exchange.agreements(alliance.manager))
    asked = parsed(ask_exchange.AskAgreement, {"agreement_id": alliance.agreement})
    real = alliance.exchange.agreement(asked, alliance.manager)
    faked = ask(gateway, "exchange.agreement", agreement_id="agr_memorandum")
    assert_same(faked | {"fields": [], "may": []}, real | {"fields": [], "may": []})


def test_sites_and_people(gateway: FakeGateway, alliance: AllianceInMemory) -> None:
    sites = alliance.exchange.sites(alliance.manager)
    for site in sites["items"]:
        site["coordinators"] = site["managers"] = ["per_1"]
        site["rooms"] = [{"id": "rom_1", "names": {"en": "Telemedicine room"}, "places": 12}]
    assert_same(ask(gateway, "exchange.sites"), sites)
    people = alliance.exchange.people(alliance.manager)
    for person in people["items"]:
        person |= {"fields": ["interpreting"], "languages": ["ur"]}
    assert_same(ask(gateway, "exchange.people"), people)


def test_calendars(gateway: FakeGateway, alliance: AllianceInMemory) -> None:
    """Opened, told no second time, listed, read and revoked."""
    exchange, reader = alliance.exchange, replace(alliance.manager, person=alliance.person())
    wished = {"kind": "person", "subject": reader.person, "language": "zh"}
    context = alliance.context(reader)
    command = parsed(calendars.OpenCalendarAddress, wished)
    for _time in ("first", "again"):
        real = exchange.open_calendar_address(command, context)
        faked = gateway.call("exchange", "open_calendar_address", wished, reader, context.command_id)
        assert_same(faked, real)
        assert (faked["address"] is None) == (real["address"] is None) == (_time == "again")
    listed = exchange.calendar_addresses(parsed(ask_exchange.AskCalendarAddresses, {}), reader)
    assert_same(ask(gateway, "exchange.calendar_addresses"), listed)
    revoking = {"address_id": real["id"], "expected_version": 1}
    given = exchange.revoke_calendar_address(
        parsed(calendars.RevokeCalendarAddress, revoking), alliance.context(reader, 1)
    )
    assert (
        ask(gateway, "exchange.revoke_calendar_address", **revoking | {"address_id": OWN}).keys() == vars(given).keys()
    )


def test_outcomes(gateway: FakeGateway) -> None:
    research = ResearchInMemory(StandingClock(given.NOW))
    reported = given.at("protection")
    research.fake_outcomes.add(
        "out_1", Decision(reported, what="reported"), Context("1" * 32, given.MANAGER, given.NOW)
    )
    listed = research.outcomes(parsed(ask_research.AskOutcomes, {}), given.MANAGER)
    assert_same(ask(gateway, "research.outcomes"), listed)
    real = research.outcome(parsed(ask_research.AskOutcome, {"outcome_id": "out_1"}), given.MANAGER)
    faked = ask(gateway, "research.outcome", outcome_id="out_reported")
    assert_same(faked, real)
    assert (
        (faked["may"], faked["next_gate"])
        == (real["may"], real["next_gate"])
        == ([*ANSWERS, "decide_gate", "rate_readiness", "merge_outcomes", *BY_LAW], "terms")
    )


def test_the_inbox(gateway: FakeGateway) -> None:
    told = of_notify.told_of("research.outcome.expected.v1")
    kept = FakeNotifications(lambda: 0.0)
    notify_of([told], kept, of_notify.NOW)
    reader = of_notify.person(str(told[1].model_dump()["responsible"]))
    actor = given.RESPONSIBLE.__class__(reader.id)
    real = ask_notify.inbox(
        parsed(ask_notify.AskInbox, {}),
        actor,
        kept,
        FakeInboxes(),
        FakeAnnouncements(),
        PeopleOfNotify(reader),
        TemplateWriter(),
    )
    assert len(real["items"]) == 1
    assert_same(ask(gateway, "notify.inbox"), real)


def test_reply_links(gateway: FakeGateway) -> None:
    notifications = FakeNotifications(lambda: 0.0)
    links = FakeReplyLinks()
    notify_of([of_notify.told_of("exchange.visit.proposed.v1")], notifications, of_notify.NOW)
    kept = (each.state for each in notifications.kept.values())
    message = next(each for each in kept if each.purpose == "reply-asked")
    offer = Linking(HmacTokens("a secret of thirty-two characters"), links).offered(message, of_notify.NOW)
    assert offer
    asked = parsed(ask_notify.AskReplyLink, {"token": offer.token})
    people = PeopleOfNotify(of_notify.person(message.recipient))
    real = ask_notify.reply_link(asked, of_notify.NOW, links, notifications, people, TemplateWriter())
    assert_same(ask(gateway, "notify.reply_link", token=OF_VISIT), real)
