"""Keys of outcomes kept before, and which of them are common: what a worker does about them, on the real database."""

from dataclasses import replace
from typing import Any

import pytest
from pymongo.database import Database

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import DocumentStore, database_at
from services.research.adapters import common_keys, keys_anew
from services.research.adapters.shapes import OUTCOME_SHAPE, OutcomeShape
from services.research.bootstrap import Research
from services.research.domain.duplicates.commonness import COMMON
from services.research.domain.duplicates.keys import RULES, keys_of
from services.research.domain.duplicates.scoring import Described
from services.research.domain.outcome import Outcome
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.fixtures.installations import MakeInstallation
from tests.unit.research import given

TITLE = "Doppler of hydatid cysts"
KEYS = list(keys_of(Described(TITLE)))

pytestmark = pytest.mark.broker


@pytest.fixture
def database(make_installation: MakeInstallation) -> Database[dict[str, Any]]:
    return database_at(make_installation([RESEARCH_ALONE]).mongo_url("research"))


@pytest.fixture
def research(database: Database[dict[str, Any]]) -> Research:
    return Research(database, StandingClock())


def add(database: Database[dict[str, Any]], outcome_id: str, **different: Any) -> DocumentStore[Outcome]:
    store = DocumentStore(database["outcomes"], OUTCOME_SHAPE)
    outcome = given.outcome(id=outcome_id, **{"state": "unclaimed", "title": TITLE, **different})
    context = Context(derived("kept", outcome_id), given.MANAGER, given.NOW)
    store.add(outcome_id, Decision(outcome, what="kept"), context)
    return store


def kept_before(database: Database[dict[str, Any]], outcome_id: str, *keys: str, **different: Any) -> None:
    """As by a version that made no keys, or these."""
    add(database, outcome_id, **different)
    before = {"$set": {"found_by": list(keys)}} if keys else {"$unset": {"found_by": ""}}
    database["outcomes"].update_one({"_id": outcome_id}, before)


def found(research: Research) -> set[str]:
    return set(research.stores.outcomes.described_by_each([KEYS], limit=99)[0])


def make_all(research: Research) -> int:
    """How many were looked at."""
    looked_at = 0
    while more := research.keys_anew.run_once():
        looked_at += more
    return looked_at


def test_outcomes_kept_before_there_were_keys_or_with_others_are_found_once_a_worker_has_gone_through_them(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_anew, "AT_ONCE", 2)
    for number in range(3):
        kept_before(database, f"out_{number}")
    kept_before(database, "out_3", "t4:0eb034c2c4be")
    kept_before(database, "out_4", *KEYS, state="expected")
    assert found(research) == {"out_4"}
    assert research.keys_anew.run_once() == 2
    assert found(research) == {"out_0", "out_1", "out_4"}
    again = Research(database, StandingClock())
    assert make_all(again) == 3, "another process goes on where that one ended"
    assert found(research) == {"out_0", "out_1", "out_2", "out_3"}
    assert "found_by" not in (database["outcomes"].find_one({"_id": "out_4"}) or {})
    assert {each["version"] for each in database["outcomes"].find({})} == {1}, "nobody has decided on them"
    assert make_all(again) == 0


def test_other_rules_have_all_keys_made_anew(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_before(database, "out_1")
    make_all(research)
    database["outcomes"].update_one({"_id": "out_1"}, {"$set": {"found_by": ["t:before"]}})
    assert (make_all(research), found(research)) == (0, set())
    monkeypatch.setattr(keys_anew, "RULES", RULES + 1)
    assert (make_all(research), found(research)) == (1, {"out_1"})


def test_who_decides_while_keys_are_made_anew_keeps_those_of_what_it_is_now(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_before(database, "out_1")
    store = DocumentStore(database["outcomes"], OUTCOME_SHAPE)

    def decided_meanwhile(self: Any, document: dict[str, Any]) -> Outcome:
        monkeypatch.undo()
        loaded = store.load("out_1")
        other = Decision(replace(loaded.state, title="Telemedicine in Gilgit"), what="corrected")
        store.save(loaded, other, Context(derived("meanwhile"), given.MANAGER, given.NOW))
        return loaded.state

    monkeypatch.setattr(OutcomeShape, "state", decided_meanwhile)
    assert make_all(research) == 1
    now = database["outcomes"].find_one({"_id": "out_1"}) or {}
    assert now["found_by"] == list(keys_of(Described("Telemedicine in Gilgit")))


def test_common_keys_are_counted_once_all_have_keys_and_again_when_a_tenth_more_stand(
    database: Database[dict[str, Any]], research: Research
) -> None:
    outcomes = research.stores.outcomes
    for number in range(COMMON):
        kept_before(database, f"out_{number:02}")
    assert research.common_keys.run_once() == 0
    assert outcomes.common(KEYS) == {}, "before there are keys nothing is common"
    make_all(research)
    assert research.common_keys.run_once() == COMMON
    assert outcomes.common(KEYS) == dict.fromkeys(KEYS, COMMON)
    for number in range(2):
        add(database, f"out_more_{number}")
    assert research.common_keys.run_once() == 0, "a tenth is not yet more than a tenth"
    add(database, "out_last")
    assert research.common_keys.run_once() == COMMON + 3
    assert outcomes.common(KEYS) == dict.fromkeys(KEYS, COMMON + 3)
    assert research.common_keys.run_once() == 0


def test_a_key_that_is_no_longer_common_is_forgotten_when_it_is_counted_anew(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(COMMON):
        add(database, f"out_{number:02}")
    make_all(research)
    research.common_keys.run_once()
    assert research.stores.outcomes.common(KEYS)
    database["outcomes"].delete_one({"_id": "out_00"})
    monkeypatch.setattr(common_keys, "RULES", RULES + 1)
    assert research.common_keys.run_once() == COMMON - 1
    assert research.stores.outcomes.common(KEYS) == {}
    assert database["common_keys"].count_documents({}) == 0
