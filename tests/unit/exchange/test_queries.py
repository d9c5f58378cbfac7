"""What the exchange answers: plain JSON values, complete, and only to those who may see."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, Unknown
from services.exchange.application import queries
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

STRANGER = Actor("per_stranger", frozenset({VISITOR}), frozenset({"sit_elsewhere"}))


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def shown(alliance: AllianceInMemory, visit: Receipt, actor: Actor | None = None) -> dict[str, Any]:
    return alliance.exchange.visit(parsed(queries.AskVisit, {"visit_id": visit.id}), actor or alliance.manager)


def listed(alliance: AllianceInMemory, actor: Actor | None = None, **fields: Any) -> dict[str, Any]:
    return alliance.exchange.visits(parsed(queries.AskVisits, fields), actor or alliance.manager)


def agreement(alliance: AllianceInMemory, actor: Actor | None = None) -> dict[str, Any]:
    asked = parsed(queries.AskAgreement, {"agreement_id": alliance.agreement})
    return alliance.exchange.agreement(asked, actor or alliance.manager)


def test_a_visit_is_shown_whole_and_as_plain_json(alliance: AllianceInMemory) -> None:
    visit = shown(alliance, alliance.accept(alliance.propose()))
    assert visit.keys() == {
        "id", "version", "state", "agreement", "condition", "kind", "field", "purpose", "sending_site", "host_site",
        "host_department", "proposer", "leader", "visitors", "planned_arrival", "planned_departure", "actual_arrival",
        "actual_departure", "reply_by", "report", "replies", "history", "may", "uncovered", "warnings",
        "flags", "extension", "notes", "deputies",
    }  # fmt: skip
    assert json.loads(json.dumps(visit)) == visit
    assert (visit["state"], visit["version"], visit["planned_arrival"]) == ("booked", 2, "2026-04-06")
    assert visit["host_department"] == {"id": alliance.department, "names": {"en": "Surgery"}}


def test_each_party_that_is_asked_has_a_reply_or_is_awaited() -> None:
    alliance = alliance_in_memory(acceptance=("sending-site", "host-department"))
    replies = shown(alliance, alliance.accept(alliance.propose()))["replies"]
    stands_alone = {"for": None, "arrival": None, "departure": None}
    assert replies == {
        "sending-site": {"status": "needs-action", "by": None, "at": None, "reason": "", **stands_alone},
        "host-department": {
            "status": "accepted",
            "by": "per_coordinator",
            "at": alliance.clock.now().isoformat(),
            "reason": "",
            **stands_alone,
        },
    }


def test_the_history_says_who_in_words(alliance: AllianceInMemory) -> None:
    visit = alliance.propose()
    alliance.clock.advance(timedelta(days=14))
    alliance.exchange.lapse_visit(visit.id, alliance.context(SYSTEM))
    lines = shown(alliance, visit)["history"]
    assert [(line["by"], line["what"], line["version"]) for line in lines] == [
        ("per_manager", "proposed", 1),
        (None, "lapsed", 2),
    ]


def test_a_visitor_is_shown_by_both_names_with_the_seat(alliance: AllianceInMemory) -> None:
    visitor = alliance.person("Shahida Bano")
    (only,) = shown(alliance, alliance.accept(alliance.propose(visitor)))["visitors"]
    assert only == {
        "person": visitor,
        "passport_name": "Shahida Bano",
        "local_name": "Shahida Bano",
        "seat": 1,
        "arrived_on": None,
        "departed_on": None,
        "standing": "awaited",
    }


def test_who_may_not_see_a_visit_is_told_that_there_is_none(alliance: AllianceInMemory) -> None:
    visit = alliance.propose()
    with pytest.raises(Unknown) as refused:
        shown(alliance, visit, STRANGER)
    assert refused.value.facts == {"kind": "visit", "id": visit.id}
    assert listed(alliance, STRANGER) == {"items": [], "next": None}


def test_an_onlooker_sees_and_is_offered_nothing(alliance: AllianceInMemory) -> None:
    onlooker = Actor("per_x", frozenset({OBSERVER}), frozenset({alliance.host}))
    assert shown(alliance, alliance.propose(), onlooker)["may"] == []


def test_the_list_names_the_leader_and_goes_on_as_long_as_there_is_more(alliance: AllianceInMemory) -> None:
    for _ in range(3):
        alliance.propose()
    first = listed(alliance, limit=2)
    rest = listed(alliance, limit=2, after=first["next"])
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert first["items"][0].keys() == {
        "id", "version", "state", "purpose", "kind", "field", "sending_site", "host_site", "host_department",
        "leader_name", "planned_arrival", "planned_departure", "reply_by", "uncovered",
    }  # fmt: skip
    assert first["items"][0]["leader_name"] == "Shahida Bano"


def test_an_agreement_is_shown_with_the_balance_of_each_condition_and_year(alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose())
    found = agreement(alliance)
    assert found["state"] == "in-effect"
    assert [partner["approved_at"] for partner in found["partners"]] == [alliance.clock.now().isoformat()] * 2
    assert found["conditions"][0]["balance"] == [
        {
            "year": 2026,
            "visits": {"promised": 100, "used": 0, "held": 1, "left": 99},
            "visitor_days": {"promised": 1000, "used": 0, "held": 3, "left": 997},
            "outcomes": {"promised": 2, "reported": 0},
            "closed": False,
        }
    ]
    assert json.loads(json.dumps(found)) == found
    assert alliance.exchange.agreements(alliance.manager)["items"][0].items() <= found.items()


def test_who_has_no_role_looks_up_nothing(alliance: AllianceInMemory) -> None:
    nobody = Actor("per_nobody")
    with pytest.raises(NotAllowed):
        agreement(alliance, nobody)
    for look in (alliance.exchange.agreements, alliance.exchange.sites, alliance.exchange.people):
        with pytest.raises(NotAllowed):
            look(nobody)


def test_sites_and_people_are_listed_for_forms_to_choose_from(alliance: AllianceInMemory) -> None:
    alliance.person("Zhang Min")
    alliance.person("Ali Imran")
    sites = alliance.exchange.sites(alliance.manager)["items"]
    assert {site["id"] for site in sites} == {alliance.sending, alliance.host}
    people = alliance.exchange.people(alliance.manager)["items"]
    assert [person["passport_name"] for person in people] == ["Ali Imran", "Zhang Min"]
    assert people[0].keys() == {
        "id", "version", "passport_name", "local_name", "language", "zone", "email", "sites", "fields", "languages",
        "home_department",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (queries.AskVisit, {}),
        (queries.AskVisit, {"visit_id": {"$gt": ""}}),
        (queries.AskVisit, {"visit_id": "agr_1"}),
        (queries.AskVisits, {"state": {"$ne": None}}),
        (queries.AskVisits, {"state": "somewhere"}),
        (queries.AskVisits, {"limit": 0}),
        (queries.AskVisits, {"limit": 201}),
        (queries.AskVisits, {"limit": "10"}),
        (queries.AskVisits, {"sort": "state"}),
        (queries.AskAgreement, {"agreement_id": "agr_" + "x" * 100}),
    ],
)
def test_a_question_of_the_wrong_shape_is_refused(kind: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        parsed(kind, fields)
