"""What every shelf of decided documents promises: the one in memory, and the one in the database."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Documents, HistoryLine, HoldTaken, Loaded
from chassis.kernel.errors import DeadlineExceeded, KhunjerabError, StaleVersion, Unknown, WriteConflict
from chassis.kernel.ids import derived
from chassis.store import DocumentStore, Edition, Shape
from chassis.store.writing import ANSWERS_KEPT
from contracts.envelope import EventData
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
CLERK = Actor("per_clerk")
_numbers = count(1000)
"""Beyond those that tests give themselves, whatever ran before."""


@dataclass(frozen=True)
class Berth:
    """The least that is decided on: a state's word and the keys that it holds."""

    id: str
    state: str = "kept"
    keys: tuple[str, ...] = ()


def tells_nobody(decided: Sequence[Any], _: Edition) -> list[EventData]:
    assert not decided
    return []


SHAPE = Shape(
    service="exchange",
    kind="berth",
    model=Berth,
    state_word=lambda berth: berth.state,
    publish=tells_nobody,
    holds=lambda berth: berth.keys,
    remembers=True,
)


def in_memory() -> Documents[Berth]:
    return InMemoryDocuments(Memory(), "berth", lambda berth: berth.state, lambda berth: berth.keys)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def berths(request: pytest.FixtureRequest) -> Documents[Berth]:
    if request.param == "in memory":
        return in_memory()
    return DocumentStore(request.getfixturevalue("database")["berths"], SHAPE)


def command(number: int | None = None, **circumstances: Any) -> Context:
    """A command's circumstances: a new command's, or those of the one with that number."""
    place = next(_numbers) if number is None else number
    return Context(derived("command", str(place)), CLERK, NOW, **circumstances)


def decided(berth_id: str, state: str = "kept", *keys: str, why: str = "") -> Decision[Berth]:
    return Decision(Berth(berth_id, state, keys), what=state, why=why)


def stands(berths: Documents[Berth], berth_id: str) -> tuple[int, Berth]:
    loaded = berths.load(berth_id)
    return loaded.version, loaded.state


def test_what_was_added_is_loaded_as_it_was_decided(berths: Documents[Berth]) -> None:
    assert berths.add("ber_1", decided("ber_1", "booked", "a", "b"), command()) == Receipt("ber_1", 1, "booked")
    assert stands(berths, "ber_1") == (1, Berth("ber_1", "booked", ("a", "b")))


@pytest.mark.parametrize("look", ["load", "recorded"])
def test_what_nobody_added_is_unknown(berths: Documents[Berth], look: str) -> None:
    with pytest.raises(Unknown) as refused:
        getattr(berths, look)("ber_nowhere")
    assert refused.value.facts == {"kind": "berth", "id": "ber_nowhere"}


def test_several_are_found_by_their_ids_and_unknown_ones_left_out(berths: Documents[Berth]) -> None:
    for berth in ("ber_1", "ber_2"):
        berths.add(berth, decided(berth), command())
    assert set(berths.named(["ber_2", "ber_nowhere"])) == {"ber_2"}
    assert berths.named(["ber_1"])["ber_1"].id == "ber_1"
    assert berths.named([]) == {}


def test_adding_again_with_the_same_command_answers_as_the_first_time(berths: Documents[Berth]) -> None:
    first = berths.add("ber_1", decided("ber_1"), command(1))
    berths.save(berths.load("ber_1"), decided("ber_1", "moved"), command(2))
    assert berths.add("ber_1", decided("ber_1"), command(1)) == first
    assert stands(berths, "ber_1") == (2, Berth("ber_1", "moved"))


def test_a_repeat_that_meets_the_first_within_a_transaction_is_decided_again(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command(7))
    with pytest.raises(WriteConflict):
        berths.atomically(lambda within: berths.add("ber_1", decided("ber_1"), command(7), within))
    assert berths.made("ber_1", command(7)) == Receipt("ber_1", 1, "kept")


def test_a_repeat_is_not_in_its_own_way(berths: Documents[Berth]) -> None:
    first = berths.add("ber_1", decided("ber_1", "booked", "a"), command(1))
    assert berths.add("ber_1", decided("ber_1", "booked", "a"), command(1)) == first


def test_adding_what_another_command_added_is_a_conflict(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command(1))
    with pytest.raises(WriteConflict):
        berths.add("ber_1", decided("ber_1", "another"), command(2))
    assert stands(berths, "ber_1") == (1, Berth("ber_1"))


def test_made_tells_whether_this_command_made_it(berths: Documents[Berth]) -> None:
    assert berths.made("ber_1", command(1)) is None
    receipt = berths.add("ber_1", decided("ber_1"), command(1))
    assert berths.made("ber_1", command(1)) == receipt
    assert berths.made("ber_1", command(2)) is None


def test_a_decision_makes_the_next_version(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    receipt = berths.save(berths.load("ber_1"), decided("ber_1", "moved"), command())
    assert receipt == Receipt("ber_1", 2, "moved")
    assert stands(berths, "ber_1") == (2, Berth("ber_1", "moved"))


def test_a_decision_on_a_version_that_has_passed_is_a_conflict_and_changes_nothing(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    seen = berths.load("ber_1")
    berths.save(seen, decided("ber_1", "first"), command())
    with pytest.raises(WriteConflict):
        berths.save(seen, decided("ber_1", "second"), command())
    assert stands(berths, "ber_1") == (2, Berth("ber_1", "first"))


def test_what_is_being_saved_is_written_when_it_is_called_and_once(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    write = berths.saving(berths.load("ber_1"), decided("ber_1", "moved"), command())
    assert stands(berths, "ber_1") == (1, Berth("ber_1"))
    assert write(None) == Receipt("ber_1", 2, "moved")
    with pytest.raises(WriteConflict):
        write(None)
    assert stands(berths, "ber_1") == (2, Berth("ber_1", "moved"))


def test_a_decision_on_what_is_not_there_is_a_conflict(berths: Documents[Berth]) -> None:
    with pytest.raises(WriteConflict):
        berths.save(Loaded("ber_1", 1, Berth("ber_1")), decided("ber_1"), command())


def test_a_repeated_command_finds_its_answer_whatever_version_it_saw(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    receipt = berths.save(berths.load("ber_1"), decided("ber_1", "moved"), command(7, expected_version=1))
    berths.save(berths.load("ber_1"), decided("ber_1", "again"), command())
    assert berths.load("ber_1").answered(command(7, expected_version=1)) == receipt


def test_a_new_command_that_saw_an_older_version_is_stale(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    berths.save(berths.load("ber_1"), decided("ber_1", "moved"), command())
    with pytest.raises(StaleVersion) as refused:
        berths.load("ber_1").answered(command(expected_version=1))
    assert refused.value.facts == {"id": "ber_1", "expected": 1, "actual": 2}


def test_the_last_answers_are_kept_and_an_older_repeat_is_stale(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    for number in range(1000, 1000 + ANSWERS_KEPT + 1):
        berths.save(berths.load("ber_1"), decided("ber_1", f"state {number}"), command(number))
    assert berths.load("ber_1").answered(command(1001, expected_version=2)) == Receipt("ber_1", 3, "state 1001")
    with pytest.raises(StaleVersion):
        berths.load("ber_1").answered(command(1000, expected_version=1))


def test_a_key_is_held_once_and_who_comes_second_is_told_which(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1", "booked", "a", "b"), command())
    with pytest.raises(HoldTaken) as refused:
        berths.add("ber_2", decided("ber_2", "booked", "b", "c"), command())
    assert refused.value.key == "b"
    with pytest.raises(Unknown):
        berths.load("ber_2")


def test_a_decision_that_needs_a_held_key_changes_nothing(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1", "booked", "a"), command())
    berths.add("ber_2", decided("ber_2", "kept", "b"), command())
    with pytest.raises(HoldTaken):
        berths.save(berths.load("ber_2"), decided("ber_2", "booked", "a"), command())
    assert stands(berths, "ber_2") == (1, Berth("ber_2", "kept", ("b",)))


def test_what_is_given_back_can_be_held_by_another(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1", "booked", "a"), command())
    berths.save(berths.load("ber_1"), decided("ber_1", "cancelled"), command())
    berths.add("ber_2", decided("ber_2", "booked", "a"), command())
    assert stands(berths, "ber_2")[1].keys == ("a",)


def test_many_may_hold_nothing(berths: Documents[Berth]) -> None:
    for number in range(3):
        berths.add(f"ber_{number}", decided(f"ber_{number}"), command())


def test_a_document_is_not_in_its_own_way(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1", "booked", "a", "b"), command())
    berths.save(berths.load("ber_1"), decided("ber_1", "booked", "b", "c"), command())
    berths.add("ber_2", decided("ber_2", "booked", "a"), command())


def test_nothing_is_written_once_the_caller_has_given_up(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command(deadline=time.time() + 60))
    late = command(deadline=time.time() - 1)
    with pytest.raises(DeadlineExceeded):
        berths.add("ber_2", decided("ber_2"), late)
    with pytest.raises(DeadlineExceeded):
        berths.save(berths.load("ber_1"), decided("ber_1", "moved"), late)
    assert stands(berths, "ber_1") == (1, Berth("ber_1"))
    with pytest.raises(Unknown):
        berths.load("ber_2")


def test_the_history_says_who_did_what_when_and_why_and_for_whom(berths: Documents[Berth]) -> None:
    berths.add("ber_1", replace(decided("ber_1", "kept"), on_behalf_of="per_owner"), command())
    later = replace(command(), actor=Actor(None), now=NOW.replace(hour=9))
    berths.save(berths.load("ber_1"), decided("ber_1", "lapsed", why="nobody came"), later)
    assert berths.recorded("ber_1").history == (
        HistoryLine(NOW, "per_clerk", "kept", "", 1, "kept", "per_owner"),
        HistoryLine(NOW.replace(hour=9), None, "lapsed", "nobody came", 2, "lapsed"),
    )


def test_a_document_is_found_as_it_stood_at_any_moment(berths: Documents[Berth]) -> None:
    def at(hour: int) -> Context:
        return replace(command(), now=NOW.replace(hour=hour))

    berths.add("ber_1", decided("ber_1", "kept", "a"), at(7))
    berths.save(berths.load("ber_1"), decided("ber_1", "moved", "b", "c"), at(9))
    berths.save(berths.load("ber_1"), decided("ber_1", "lapsed"), at(11))
    stood = [berths.as_of(["ber_1", "ber_9"], NOW.replace(hour=hour)) for hour in (6, 7, 8, 10, 11)]
    assert stood[0] == {}
    assert [(past["ber_1"].version, past["ber_1"].state) for past in stood[1:]] == [
        (1, Berth("ber_1", "kept", ("a",))),
        (1, Berth("ber_1", "kept", ("a",))),
        (2, Berth("ber_1", "moved", ("b", "c"))),
        (3, Berth("ber_1", "lapsed")),
    ]
    assert [line.state for line in stood[3]["ber_1"].history] == ["kept", "moved"]
    assert all(past["ber_1"].exact for past in stood[1:])


def test_two_writes_in_one_transaction_stand_together(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())

    def both(within: Any) -> Receipt:
        berths.add("ber_2", decided("ber_2"), command(), within)
        return berths.save(berths.load("ber_1"), decided("ber_1", "moved"), command(), within)

    assert berths.atomically(both) == Receipt("ber_1", 2, "moved")
    assert stands(berths, "ber_2")[0] == 1


def test_two_writes_in_one_transaction_fall_together(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1", "booked", "a"), command())
    berths.add("ber_3", decided("ber_3"), command())

    def both(within: Any) -> None:
        berths.save(berths.load("ber_3"), decided("ber_3", "moved"), command(), within)
        berths.add("ber_2", decided("ber_2", "booked", "a"), command(), within)

    with pytest.raises(HoldTaken):
        berths.atomically(both)
    assert stands(berths, "ber_3") == (1, Berth("ber_3"))
    with pytest.raises(Unknown):
        berths.load("ber_2")


def at_once(attempts: Sequence[Callable[[], Any]]) -> list[str]:
    """What became of attempts made side by side: `done`, or the error's name."""

    def tried(attempt: Callable[[], Any]) -> str:
        try:
            attempt()
        except KhunjerabError as error:
            return error.name
        return "done"

    with ThreadPoolExecutor(len(attempts)) as pool:
        return sorted(pool.map(tried, attempts))


def test_of_many_who_decide_on_one_version_one_succeeds(berths: Documents[Berth]) -> None:
    berths.add("ber_1", decided("ber_1"), command())
    seen = berths.load("ber_1")
    attempts = [partial(berths.save, seen, decided("ber_1", f"state {number}"), command()) for number in range(8)]
    assert at_once(attempts) == ["WriteConflict"] * 7 + ["done"]
    assert berths.load("ber_1").version == 2


def test_of_many_who_want_one_key_one_gets_it(berths: Documents[Berth]) -> None:
    wanted = [decided(f"ber_{number}", "booked", "a") for number in range(8)]
    attempts = [partial(berths.add, decision.state.id, decision, command()) for decision in wanted]
    assert at_once(attempts) == ["HoldTaken"] * 7 + ["done"]


IDS, KEYS = ["ber_1", "ber_2", "ber_3"], ["a", "b"]
Step = tuple[str, str, tuple[str, ...], int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "save", "save twice"]),
        st.sampled_from(IDS),
        st.lists(st.sampled_from(KEYS), unique=True).map(tuple),
        st.integers(0, 5),
    ),
    max_size=12,
)


def taken(berths: Documents[Berth], steps: list[Step]) -> Iterator[object]:
    """What each step answers, then what stands."""
    for verb, berth_id, keys, number in steps:
        try:
            yield _taken(berths, verb, decided(berth_id, "booked" if keys else "kept", *keys), command(number))
        except KhunjerabError as error:
            yield error.name
    for berth_id in IDS:
        try:
            yield berths.recorded(berth_id)
        except Unknown as error:
            yield error.name


def _taken(berths: Documents[Berth], verb: str, decision: Decision[Berth], context: Context) -> Receipt:
    if verb == "add":
        return berths.add(decision.state.id, decision, context)
    loaded = berths.load(decision.state.id)
    if answer := loaded.answered(context):
        return answer
    if verb == "save twice":
        berths.save(loaded, decision, context)
    return berths.save(loaded, decision, context)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_to_them_both_shelves_answer_alike(database: Any, steps: list[Step]) -> None:
    database["berths"].delete_many({})
    real = DocumentStore(database["berths"], SHAPE)
    assert list(taken(real, steps)) == list(taken(in_memory(), steps))
