"""Every command of the table, in every state, as everybody: on the real command functions, refusals included."""

from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.adapters.visit_facts import told_of_visit
from services.exchange.domain import lifecycle as life
from services.exchange.domain import visit as states
from services.exchange.domain.lifecycle import EVERYBODY, NONE, STATES, TABLE, Row
from services.exchange.domain.offers import offered
from services.exchange.domain.visit import HOLDING, holds
from tests.unit.exchange.lives import ACTS, SPOKEN, Life, lived
from tests.unit.exchange.visit_states_page import PAGE, page

ROWS = [row for row in TABLE if NONE not in row.leads]
CELLS = [
    pytest.param(row, state, mirrored, id=f"{row.command}: {row.case}{' (sending site)' if mirrored else ''}-{state}")
    for row in ROWS
    for state in STATES
    for mirrored in ((False, True) if row.command in SPOKEN - {"reschedule_visit"} else (False,))
]


MAY = {command: frozenset(who for row in ROWS if row.command == command for who in row.who) for command, _ in ACTS}
"""Who may give each command, in some case."""


def refusal_of(row: Row, state: str, who: str) -> str | None:
    """What the table says: the refusal's name, or nothing where the command goes through."""
    if who not in MAY[row.command]:
        return "NotAllowed"
    if state in row.leads:
        return None
    return row.refuses.get(state, "WrongState")


def world(one: Life) -> Any:
    """Everything that a refused command leaves as it was."""
    memory = one.alliance.memory
    return dict(memory.fake_visits.kept), dict(memory.fake_ledgers.kept)


def words(event: Any) -> str:
    return str(told_of_visit(event)[0].type.split(".")[2])


@pytest.mark.parametrize(("row", "state", "mirrored"), CELLS)
def test_each_command_in_each_state_does_for_each_what_the_table_says(row: Row, state: str, mirrored: bool) -> None:
    act = ACTS[row.command, row.case]
    one = lived(state, act, mirrored=mirrored)
    if one.visit.state != state:
        pytest.fail(f"the act begins in {one.visit.state}")
    visits, ledgers = world(one)
    for who in EVERYBODY:
        if who in MAY[row.command] - row.who:
            continue  # theirs is another case of the command, which has a row of its own
        one.alliance.memory.fake_visits.kept.update(visits)
        one.alliance.memory.fake_ledgers.kept.update(ledgers)
        if row.command == "lapse_visit":
            timer_does(one, row, state)
            continue
        if refusal := refusal_of(row, state, who):
            with pytest.raises(Refusal) as refused:
                one.give(row.command, who, **act.fields(one))
            assert (who, refused.value.name) == (who, refusal)
            assert world(one) == (visits, ledgers)
            continue
        one.give(row.command, who, **act.fields(one))
        went_through(one, row, state, visits[one.visit_id])


def went_through(one: Life, row: Row, state: str, before: Any) -> None:
    after = one.alliance.memory.fake_visits.kept[one.visit_id]
    assert after.state.state == row.leads[state]
    assert after.version == before.version + 1 == len(after.history)
    assert tuple(words(event) for event in after.told[len(before.told) :]) == row.tells
    assert after.holds == frozenset(holds(after.state))
    assert bool(after.holds) == (row.leads[state] in HOLDING)
    assert what_became_of(before.holds, after.holds) == row.holds(state)


def what_became_of(before: frozenset[str], after: frozenset[str]) -> str:
    """In the table's words, from the very keys."""
    if before and after and not (before <= after or after <= before):
        return life.SWAPPED
    if before == after:
        return life.KEPT if after else life.NO_HOLDS
    if before < after:
        return life.MORE if before else life.TAKEN
    return life.FEWER if after else life.GIVEN_BACK


def timer_does(one: Life, row: Row, state: str) -> None:
    """A timer refuses nothing: it does its work, or finds that there is none."""
    before = one.alliance.memory.fake_visits.kept[one.visit_id]
    one.give(row.command, life.SYSTEM)
    if state in row.leads:
        went_through(one, row, state, before)
    else:
        assert one.alliance.memory.fake_visits.kept[one.visit_id] == before


def test_every_row_of_the_table_is_acted_out() -> None:
    assert {(row.command, row.case) for row in ROWS} == set(ACTS)


def test_a_state_that_a_command_fits_in_no_case_refuses_it_with_those_that_it_fits() -> None:
    one = lived(states.FULFILLED, ACTS["cancel_visit", "with a reason"])
    with pytest.raises(Refusal) as refused:
        one.give("cancel_visit", life.HOST_MANAGER, reason="Too late.")
    assert refused.value.facts == {
        "state": "fulfilled",
        "command": "cancel_visit",
        "fits": ["booked", "pending", "proposed"],
    }


TOLD_FOR = ("", "host-department")
"""The party that the table's rows are told for, where a command has one."""


@pytest.mark.parametrize("state", STATES)
def test_a_page_offers_what_the_table_lets_them_do_and_nothing_else(state: str) -> None:
    for (command, case), act in ACTS.items():
        row = next(row for row in ROWS if (row.command, row.case) == (command, case))
        if command == "lapse_visit" or ("status" in act.fields(lived(state, act)) and "declined" in case):
            continue
        one = lived(state, act)
        now = one.alliance.clock.now()
        today = one.alliance.memory.fake_sites.load(one.alliance.host).state.today(now)
        for who in EVERYBODY:
            offers = offered(one.visit, one.actor(who), now=now, today=today)
            names = {name for name, _, party in (each.partition(":") for each in offers) if party in TOLD_FOR}
            if who in row.who and refusal_of(row, state, who) is None:
                assert command in names, (case, who)
            allowed = {each.command for each in ROWS if who in each.who and state in each.leads}
            assert names <= allowed, (case, who)


def test_the_page_in_the_docs_says_what_the_table_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.unit.exchange.visit_states_page"


def test_a_changed_table_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = (Row("cancel_visit", "whenever", life.EITHER_SITE, {states.ARRIVED: states.CANCELLED}), *TABLE)
    monkeypatch.setattr("tests.unit.exchange.visit_states_page.TABLE", changed)
    assert PAGE.read_text("utf-8") != page()
