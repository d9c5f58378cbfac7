"""Bad input over RPC, to the running exchange: a named refusal with the facts, and nothing written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo.database import Database

from chassis.kernel.actor import OBSERVER, PROGRAMME_MANAGER, Actor
from chassis.rpc.client import Refused, RpcClient
from chassis.store import database_at
from tests.alliance import Alliance, StandingClock
from tests.fixtures.running import Processes

Json = dict[str, Any]
NOBODY = "vis_01a20530817375a2b59426fec342220f"
TODAY = datetime.now(UTC).date()


class Running:
    """The exchange, serving, with a small alliance in its database."""

    def __init__(self, processes: Processes) -> None:
        processes.start("exchange", "serve")
        self.database: Database[Json] = database_at(processes.installation.mongo_url("exchange"))
        self.alliance = Alliance(self.database, clock=StandingClock(datetime.now(UTC)), years=3)
        self.rpc = RpcClient(processes.installation.amqp_url("web"), caller="web")
        self.visitor = self.alliance.person()

    def proposal(self, **changed: Any) -> Json:
        arrival = TODAY + timedelta(days=3)
        return {
            "agreement_id": self.alliance.agreement,
            "condition_id": self.alliance.condition,
            "host_department": self.alliance.department,
            "visitors": [self.visitor],
            "leader": self.visitor,
            "planned_arrival": arrival.isoformat(),
            "planned_departure": (arrival + timedelta(days=1)).isoformat(),
            "purpose": "Ultrasound staging",
        } | changed

    def refusal(self, method: str, fields: Json, actor: Actor | None = None) -> Refused:
        """How the call is refused; fails when it is not, or when anything was written."""
        before = self.everything()
        with pytest.raises(Refused) as refused:
            self.rpc.call("exchange", method, fields, actor=actor or self.alliance.manager)
        assert self.everything() == before
        return refused.value

    def everything(self) -> Json:
        return {name: list(self.database[name].find()) for name in sorted(self.database.list_collection_names())}


@pytest.fixture
def running(processes: Processes) -> Iterator[Running]:
    started = Running(processes)
    yield started
    started.rpc.close()


def test_each_bad_proposal_is_refused_by_name_with_its_facts(running: Running) -> None:
    past, far = (TODAY - timedelta(days=400)).isoformat(), (TODAY + timedelta(days=401)).isoformat()
    later, sooner = (TODAY + timedelta(days=9)).isoformat(), (TODAY + timedelta(days=4)).isoformat()
    stranger = "per_01a20530817375a2b59426fec342220f"
    for changed, name, fact in (
        ({"planned_arrival": later, "planned_departure": sooner}, "DatesReversed", "arrival"),
        ({"planned_arrival": past, "planned_departure": past}, "DateInThePast", "today"),
        ({"planned_departure": far}, "VisitTooLong", "most"),
        ({"visitors": [stranger], "leader": stranger}, "Unknown", "id"),
        ({"leader": stranger}, "LeaderNotAmongVisitors", "leader"),
        ({"visitors": [running.visitor] * 2}, "VisitorNamedTwice", "person"),
        ({"agreement_id": "agr_nosuch"}, "Unknown", "kind"),
        ({"condition_id": "cnd_nosuch"}, "NoSuchCondition", "condition"),
        ({"host_department": "dep_nosuch"}, "NoSuchDepartment", "department"),
    ):
        refused = running.refusal("propose_visit", running.proposal(**changed))
        assert (refused.name, fact in refused.facts) == (name, True), changed


def test_what_is_of_the_wrong_shape_names_the_fields(running: Running) -> None:
    for changed, field in (
        ({"unheard_of": 1}, "unheard_of"),
        ({"purpose": "x" * 1_000_000}, "purpose"),
        ({"purpose": ""}, "purpose"),
        ({"planned_arrival": 20261122}, "planned_arrival"),
        ({"planned_arrival": "2026-02-30"}, "planned_arrival"),
        ({"planned_arrival": "9999-12-31"}, "planned_arrival"),
        ({"visitors": "per_1"}, "visitors"),
        ({"visitors": []}, "visitors"),
        ({"leader": {"$ne": None}}, "leader"),
        ({"agreement_id": {"$gt": ""}}, "agreement_id"),
        ({"agreement_id": "$where"}, "agreement_id"),
        ({"visitors": [{"$regex": ".*"}]}, "visitors.0"),
    ):
        refused = running.refusal("propose_visit", running.proposal(**changed))
        assert refused.name == "InvalidCommand", changed
        assert field in {problem["field"] for problem in refused.facts["problems"]}, changed


def test_operators_in_a_question_find_nothing(running: Running) -> None:
    assert running.refusal("visit", {"visit_id": {"$ne": ""}}).name == "InvalidCommand"
    assert running.refusal("visits", {"state": {"$exists": True}}).name == "InvalidCommand"
    assert running.refusal("visits", {"limit": 10**9}).name == "InvalidCommand"


def test_unknown_ids_and_methods_are_named(running: Running) -> None:
    reply = {"visit_id": NOBODY, "party": "host-department", "status": "accepted", "expected_version": 1}
    assert running.refusal("reply_to_visit", reply).facts == {"kind": "visit", "id": NOBODY}
    assert running.refusal("erase_everything", {}).name == "MethodNotFound"


def test_who_has_no_right_is_told_what_it_needs(running: Running) -> None:
    elsewhere = Actor("per_elsewhere", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"}))
    observer = Actor("per_observer", frozenset({OBSERVER}), frozenset({running.alliance.sending}))
    for actor in (elsewhere, observer):
        refused = running.refusal("propose_visit", running.proposal(), actor)
        assert (refused.name, refused.facts["action"]) == ("NotAllowed", "propose_visit")
    assert running.refusal("register_site", {"names": {"en": "x"}, "country": "CN", "zone": "Asia/Shanghai"}).name == (
        "NotAllowed"
    )


def test_a_visit_of_others_is_as_unknown_as_one_that_never_was(running: Running) -> None:
    visit = running.rpc.call("exchange", "propose_visit", running.proposal(), actor=running.alliance.manager)
    elsewhere = Actor("per_elsewhere", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"}))
    seen = running.refusal("visit", {"visit_id": visit["id"]}, elsewhere)
    assert (seen.name, seen.facts) == ("Unknown", {"kind": "visit", "id": visit["id"]})


def test_an_answer_to_what_has_changed_meanwhile_is_refused(running: Running) -> None:
    visit = running.rpc.call("exchange", "propose_visit", running.proposal(), actor=running.alliance.manager)
    reply = {"visit_id": visit["id"], "party": "host-department", "status": "accepted", "expected_version": 7}
    refused = running.refusal("reply_to_visit", reply, running.alliance.coordinator)
    assert (refused.name, refused.facts) == ("StaleVersion", {"id": visit["id"], "expected": 7, "actual": 1})
