"""What is counted stands and falls with the decision that it is counted for, on the real database."""

import threading
from typing import Any

import pytest
from pymongo.database import Database

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import NotAllowed, WriteConflict
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.research.adapters import counting_anew, going_through
from services.research.adapters.cells import Cells
from services.research.adapters.measured_outcomes import MeasuredOutcomes
from services.research.adapters.repositories import OutcomeStore
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application.commands import CountAnew
from services.research.application.queries import AskMeasures
from services.research.bootstrap import Research
from services.research.bootstrap.measured import outcomes_on
from services.research.domain.measuring import RULES
from services.research.domain.waiving import waive
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.fixtures.installations import MakeInstallation
from tests.unit.research import given
from tests.unit.research.test_reached import reported_before

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))


@pytest.fixture
def database(make_installation: MakeInstallation) -> Database[dict[str, Any]]:
    return database_at(make_installation([RESEARCH_ALONE]).mongo_url("research"))


@pytest.fixture
def research(database: Database[dict[str, Any]]) -> Research:
    return Research(database, StandingClock())


def outcomes_in(database: Database[dict[str, Any]]) -> MeasuredOutcomes:
    """As another process has them."""
    return outcomes_on(database, StandingClock())


def context(number: int | str) -> Context:
    return Context(derived("measured", str(number)), SYSTEM, given.NOW)


def add(store: OutcomeStore, outcome_id: str = "out_1") -> None:
    store.add(outcome_id, Decision(given.outcome(id=outcome_id), what="expected"), context(outcome_id))


def waive_it(store: OutcomeStore, outcome_id: str) -> None:
    loaded = store.load(outcome_id)
    store.save(loaded, waive(loaded.state, reason="So", by="per_ali"), context(f"waive {outcome_id}"))


def told(research: Research) -> dict[str, Any]:
    """The only row; nothing where there is none."""
    rows = research.measures(parsed(AskMeasures, {}), SYSTEM)["rows"]
    return dict(rows[0]) if rows else {}


def count_all(research: Research) -> int:
    """How many were looked at."""
    looked_at = 0
    while more := research.counting.run_once():
        looked_at += more
    return looked_at


def test_what_cannot_be_counted_is_not_decided(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = outcomes_in(database)
    add(store)

    def count_and_fail(self: Cells, *asked: Any) -> bool:
        moved(self, *asked)
        raise ConnectionError

    moved = Cells.move
    monkeypatch.setattr(Cells, "move", count_and_fail)
    with pytest.raises(ConnectionError):
        waive_it(store, "out_1")
    with pytest.raises(ConnectionError):
        add(store, "out_2")
    assert store.load("out_1").state.state == "expected"
    assert database["outcomes"].count_documents({}) == 1
    assert (told(research)["outcomes"], told(research)["expected"], told(research)["waived"]) == (1, 1, 0)


def test_a_decision_that_comes_too_late_is_not_counted(database: Database[dict[str, Any]], research: Research) -> None:
    store = outcomes_in(database)
    add(store)
    seen = store.load("out_1")
    waive_it(store, "out_1")
    with pytest.raises(WriteConflict):
        store.save(seen, waive(seen.state, reason="Again", by="per_ali"), context("another"))
    assert (told(research)["outcomes"], told(research)["expected"], told(research)["waived"]) == (1, 0, 1)


def test_an_outcome_that_is_opened_again_answers_as_the_first_time_and_is_counted_once(
    database: Database[dict[str, Any]], research: Research
) -> None:
    for _ in range(3):
        add(outcomes_in(database))
    store = outcomes_in(database)
    with pytest.raises(WriteConflict):
        store.add("out_1", Decision(given.outcome(), what="expected"), context("another command"))
    assert told(research)["outcomes"] == 1


def test_many_at_once_are_counted_each(database: Database[dict[str, Any]], research: Research) -> None:
    def live(number: int) -> None:
        store = outcomes_in(database)
        for outcome_id in (f"out_{number}a", f"out_{number}b"):
            add(store, outcome_id)
            waive_it(store, outcome_id)

    threads = [threading.Thread(target=live, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (told(research)["outcomes"], told(research)["expected"], told(research)["waived"]) == (8, 0, 8)


def test_a_cell_that_somebody_has_removed_is_opened_again(
    database: Database[dict[str, Any]], research: Research
) -> None:
    store = outcomes_in(database)
    add(store)
    database["cells"].delete_many({})
    with pytest.raises(WriteConflict):
        add(store, "out_2")
    add(store, "out_2")
    assert told(research)["outcomes"] == 1, "and what was in it is not in there"


def test_outcomes_kept_before_there_were_measures_are_counted_bit_by_bit_and_once(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting_anew, "AT_ONCE", 2)
    uncounted = OutcomeStore(database["outcomes"], OUTCOME_SHAPE, StandingClock())
    for number in range(4):
        add(uncounted, f"out_{number}")
    made_by = {"id": "1" * 32, "version": 1, "state": "expected"}
    trail = {"made_at": given.NOW, "made_by": made_by, "outbox": [], "applied": []}
    database["outcomes"].insert_one(reported_before() | trail | {"_id": "out_before"})
    assert research.measures(parsed(AskMeasures, {}), SYSTEM) == {"rows": [], "more": False, "complete": False}
    waive_it(outcomes_in(database), "out_3")
    assert research.counting.run_once() == 2
    again = Research(database, StandingClock())
    assert count_all(again) == 3, "another process goes on where that one ended"
    row = told(again)
    assert (row["outcomes"], row["expected"], row["waived"], row["delivered"]) == (5, 3, 1, 1)
    assert research.measures(parsed(AskMeasures, {}), SYSTEM)["complete"]
    assert again.stores.measures.delivered("agr_1")[0].reported == reported_before()["history"][1]["at"]


def test_what_another_process_begins_anew_is_gone_through_from_the_first_one(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting_anew, "AT_ONCE", 2)
    monkeypatch.setattr(going_through, "_READ_AHEAD", 3)
    for number in range(6):
        add(outcomes_in(database), f"out_{number}")
    assert [research.counting.run_once() for _ in range(3)] == [2, 1, 2]
    Research(database, StandingClock()).counting.begin()
    assert count_all(research) == 6


def test_who_decides_while_it_is_counted_anew_is_counted_once(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(OutcomeStore(database["outcomes"], OUTCOME_SHAPE, StandingClock()))

    def opened_meanwhile(self: Cells, *asked: Any) -> Any:
        monkeypatch.setattr(Cells, "opened", opened)
        waive_it(outcomes_in(database), "out_1")
        return opened(self, *asked)

    opened = Cells.opened
    monkeypatch.setattr(Cells, "opened", opened_meanwhile)
    count_all(research)
    assert (told(research)["outcomes"], told(research)["expected"], told(research)["waived"]) == (1, 0, 1)


def test_an_administrator_has_all_counted_anew_and_what_was_counted_otherwise_is_put_right(
    database: Database[dict[str, Any]], research: Research
) -> None:
    add(outcomes_in(database))
    assert count_all(research) == 1
    # An older process, which knows nothing of measures, has decided meanwhile.
    waive_it(OutcomeStore(database["outcomes"], OUTCOME_SHAPE, StandingClock()), "out_1")
    assert (told(research)["expected"], told(research)["waived"]) == (1, 0)
    assert count_all(research) == 0
    with pytest.raises(NotAllowed):
        research.count_anew(parsed(CountAnew, {}), given.MANAGER)
    assert research.count_anew(parsed(CountAnew, {}), ADMIN) == {"complete": False}
    assert count_all(research) == 1
    assert (told(research)["outcomes"], told(research)["expected"], told(research)["waived"]) == (1, 0, 1)


def test_other_rules_have_all_counted_anew(
    database: Database[dict[str, Any]], research: Research, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(outcomes_in(database))
    count_all(research)
    monkeypatch.setattr(counting_anew, "RULES", RULES + 1)
    assert not research.stores.measures.is_complete()
    assert count_all(research) == 1
    assert research.stores.measures.is_complete()
    assert told(research)["outcomes"] == 1
