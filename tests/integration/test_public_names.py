"""Whom outcomes name to the public stands and falls with the decisions on these, on the real database."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from pymongo.database import Database

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.research.adapters.naming import Naming
from services.research.adapters.repositories import OutcomeStore
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application.ports.outcomes import Outcomes
from services.research.bootstrap import Research
from services.research.bootstrap.measured import outcomes_on
from services.research.domain.harvesting.formats import PERSON
from services.research.domain.harvesting.named import Named, id_of
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.fixtures.installations import MakeInstallation
from tests.unit.research import given
from tests.unit.research.harvesters import outcome_of

BANO = id_of(PERSON, "https://orcid.org/0000-0002-1825-0097")


@pytest.fixture
def database(make_installation: MakeInstallation) -> Database[dict[str, Any]]:
    return database_at(make_installation([RESEARCH_ALONE]).mongo_url("research"))


def add(outcomes: Outcomes, number: int) -> None:
    outcome = outcome_of("publication", number)
    context = Context(derived("add", outcome.id), SYSTEM, given.NOW)
    outcomes.add(outcome.id, Decision(outcome, what="told"), context)


def take_back(outcomes: Outcomes, number: int) -> None:
    loaded = outcomes.load(f"out_{number:03}")
    context = Context(derived("take back", loaded.id), SYSTEM, given.NOW)
    outcomes.save(loaded, Decision(replace(loaded.state, public=False), what="unpublished"), context)


def correct(outcomes: Outcomes, number: int) -> None:
    """Whom it names stays as it is."""
    loaded = outcomes.load(f"out_{number:03}")
    context = Context(derived("correct", loaded.id), SYSTEM, given.NOW)
    outcomes.save(loaded, Decision(replace(loaded.state, title="Another"), what="corrected"), context)


def names(database: Database[dict[str, Any]]) -> tuple[str, ...] | None:
    found = Research(database, StandingClock()).stores.public_names.one(BANO)
    if found is None:
        return None
    assert isinstance(found.what, Named)
    return found.what.names


def at_once(acts: Iterable[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_outcomes_that_name_somebody_at_once_are_each_kept_and_each_taken_off(
    database: Database[dict[str, Any]],
) -> None:
    def each(act: Callable[[Outcomes, int], None]) -> None:
        def acted(number: int) -> Callable[[], None]:
            return lambda: act(outcomes_on(database, StandingClock()), number)

        at_once(acted(number) for number in range(6))

    each(add)
    kept = database["named"].find_one({"_id": BANO}) or {}
    assert sorted(named["outcome"] for named in kept["named_by"]) == [f"out_{number:03}" for number in range(6)]
    each(take_back)
    assert names(database) == ()


def test_an_outcome_is_not_decided_where_those_whom_it_names_cannot_be_kept(
    database: Database[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = outcomes_on(database, StandingClock())
    add(outcomes, 1)

    def tell_and_fail(self: Naming, *asked: Any) -> None:
        tell(self, *asked)
        raise ConnectionError

    tell = Naming.tell
    monkeypatch.setattr(Naming, "tell", tell_and_fail)
    with pytest.raises(ConnectionError):
        take_back(outcomes, 1)
    with pytest.raises(ConnectionError):
        add(outcomes, 2)
    assert outcomes.load("out_001").state.public
    assert database["outcomes"].count_documents({}) == 1
    assert names(database) == ("Shahida Bano",)


@pytest.mark.parametrize(("decide", "named_by"), [(take_back, ["out_002"]), (correct, ["out_001", "out_002"])])
def test_those_whom_outcomes_named_before_get_their_records_whatever_is_decided_meanwhile(
    database: Database[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    decide: Callable[[Outcomes, int], None],
    named_by: list[str],
) -> None:
    before = OutcomeStore(database["outcomes"], OUTCOME_SHAPE, StandingClock())
    add(before, 1)
    add(before, 2)
    assert names(database) is None
    research = Research(database, StandingClock())

    def open_late(self: Naming, *asked: Any) -> None:
        monkeypatch.setattr(Naming, "open", opened)
        decide(outcomes_on(database, StandingClock()), 1)
        opened(self, *asked)

    opened = Naming.open
    monkeypatch.setattr(Naming, "open", open_late)
    while research.counting.run_once():
        pass
    kept = database["named"].find_one({"_id": BANO}) or {}
    assert [named["outcome"] for named in kept["named_by"]] == named_by
    assert names(database) == ("Shahida Bano",)
