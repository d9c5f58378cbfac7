"""What a decision leaves in the database: all of it in one document; what the relay took out does not come back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.store import database_at
from contracts.catalogue import read
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitBooked
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

TRACE = "00-a025a1052c4c57caaae9cc1fddb35888-8a5e30771aff5e34-01"


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    installation = make_installation([EXCHANGE_ALONE])
    return Alliance(database_at(installation.mongo_url("exchange")), acceptance=("sending-site", "host-department"))


def stored(alliance: Alliance, visit: Receipt) -> dict[str, Any]:
    return alliance.database["visits"].find_one({"_id": visit.id}) or {}


def told(alliance: Alliance, visit: Receipt) -> list[CloudEvent]:
    return [CloudEvent.model_validate_json(entry["body"]) for entry in stored(alliance, visit)["outbox"]]


def test_a_decision_leaves_its_events_in_the_document_that_it_changed(alliance: Alliance) -> None:
    visit = alliance.reply(alliance.accept(alliance.propose()), "accepted", party="sending-site")
    assert [(event.type, event.sequence) for event in told(alliance, visit)] == [
        ("exchange.visit.proposed.v1", "0000000001.000"),
        ("exchange.visit.replied.v1", "0000000002.000"),
        ("exchange.visit.replied.v1", "0000000003.000"),
        ("exchange.visit.booked.v1", "0000000003.001"),
    ]
    assert {event.subject for event in told(alliance, visit)} == {f"visit/{visit.id}"}
    assert len({event.id for event in told(alliance, visit)}) == 4


def test_an_event_says_what_caused_it_and_in_which_trace(alliance: Alliance) -> None:
    visit = alliance.accept(alliance.propose(), correlation_id="chain", causation_id="cause", traceparent=TRACE)
    first, second = told(alliance, visit)
    assert (second.correlationid, second.causationid, second.traceparent) == ("chain", "cause", TRACE)
    assert (first.correlationid, first.causationid, first.traceparent) == (visit.id[4:], visit.id[4:], None)
    assert second.time == alliance.clock.now()


def test_a_booking_tells_both_ends_without_a_question(alliance: Alliance) -> None:
    visit = alliance.reply(alliance.accept(alliance.propose()), "accepted", party="sending-site")
    booked = read(told(alliance, visit)[-1])
    assert isinstance(booked, VisitBooked)
    assert (booked.sending_site.zone, booked.host_site.zone) == ("Asia/Karachi", "Asia/Shanghai")
    assert (booked.host_department.names["en"], booked.state) == ("Surgery", "booked")


def test_what_the_relay_took_out_does_not_come_back_with_the_next_decision(alliance: Alliance) -> None:
    visits = alliance.exchange.stores.visits
    proposed = alliance.propose()
    seen = visits.load(proposed.id)
    alliance.database["visits"].update_one({"_id": proposed.id}, {"$set": {"outbox": []}})
    context = alliance.context(alliance.coordinator)
    moved = replace(seen.state, purpose="Another")
    visits.save(seen, Decision(moved, what="moved"), context)
    assert stored(alliance, proposed)["outbox"] == []


def test_what_holds_nothing_and_waits_for_nothing_stands_in_no_sparse_index(alliance: Alliance) -> None:
    visit = alliance.accept(alliance.propose())
    assert {"holds", "due"} <= stored(alliance, visit).keys()
    over = alliance.reply(visit, "declined", party="sending-site")
    assert not {"holds", "due"} & stored(alliance, over).keys()


def test_a_day_stands_as_text_and_an_instant_of_the_store_as_an_instant(alliance: Alliance) -> None:
    document = stored(alliance, alliance.propose())
    assert document["planned_arrival"] == "2026-04-06"
    assert document["made_at"] == alliance.clock.now()
    assert document["due"][0]["at"] == alliance.clock.now() + timedelta(days=14)


def test_no_field_of_a_command_reaches_the_database_as_an_operator(alliance: Alliance) -> None:
    visit = alliance.propose()
    context: Context = alliance.context(alliance.manager)
    odd = replace(alliance.exchange.stores.visits.load(visit.id).state, purpose="$where", report="{'$ne': 1}")
    alliance.exchange.stores.visits.save(
        alliance.exchange.stores.visits.load(visit.id), Decision(odd, what="moved"), context
    )
    assert (stored(alliance, visit)["purpose"], stored(alliance, visit)["report"]) == ("$where", "{'$ne': 1}")
