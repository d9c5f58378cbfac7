"""How a document stood before: whatever was changed since is put back."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store import Shape
from chassis.store.looking_back import past_of
from chassis.store.undoing import taken, undone
from chassis.store.writing import inserted, update_of

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
NAMES = st.sampled_from(["a", "was", "length", "items", "$set", "x.y"])
JSON = st.recursive(
    st.none() | st.integers(0, 3) | st.text("ab", max_size=2),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(NAMES, values, max_size=4),
    max_leaves=12,
)


@dataclass(frozen=True)
class Note:
    id: str
    state: str
    lines: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def shape(*, remembers: bool) -> Shape[Note]:
    return Shape("exchange", "note", Note, lambda note: note.state, lambda _, __: (), remembers=remembers)


def written(states: list[Note], *, remembers: bool = True) -> dict[str, Any]:
    """The document as it stands after these states, one an hour, from `START` on."""
    kind = shape(remembers=remembers)
    contexts = [Context(f"{hour:032x}", Actor("per_1"), START + timedelta(hours=hour)) for hour in range(len(states))]
    document, _ = inserted("not_1", Decision(states[0], what="made"), contexts[0], kind)
    for number, (before, after) in enumerate(pairwise(states), 1):
        loaded = Loaded("not_1", number, before)
        update, _ = update_of(loaded, Decision(after, what="changed"), contexts[number], kind)
        document |= update.get("$set", {}) | {"version": number + 1}
        document["history"] = [*document["history"], update["$push"]["history"]]
    return document


@given(before=JSON, after=JSON)
def test_whatever_is_taken_away_can_be_put_back(before: Any, after: Any) -> None:
    patch = json.loads(json.dumps(taken(before, after)))
    assert undone(after, patch) == before


@given(st.lists(st.builds(Note, st.just("not_1"), st.text("ab", max_size=1), st.tuples(), st.tuples()), min_size=1))
def test_every_earlier_state_is_found_again(states: list[Note]) -> None:
    states = [replace(each, lines=tuple("xy"[: place % 3])) for place, each in enumerate(states)]
    document = written(states)
    for hour, state in enumerate(states):
        past = past_of(document, START + timedelta(hours=hour, minutes=59), shape(remembers=True))
        assert past is not None
        assert (past.state, past.version, past.exact) == (state, hour + 1, True)
        assert [line.state for line in past.history] == [each.state for each in states[: hour + 1]]


def test_before_it_was_made_there_was_none() -> None:
    assert past_of(written([Note("not_1", "a")]), START - timedelta(seconds=1), shape(remembers=True)) is None


def test_what_was_written_before_histories_remembered_is_not_exact() -> None:
    document = written([Note("not_1", "a"), Note("not_1", "b")], remembers=False)
    past = past_of(document, START, shape(remembers=True))
    assert past is not None
    assert (past.state.state, past.version, past.exact) == ("b", 1, False)


def test_a_line_that_is_added_costs_no_copy_of_those_before() -> None:
    many = [f"line {number}" for number in range(200)]
    assert taken(many, [*many, "one more"]) == {"length": 200, "items": []}


def test_what_does_not_remember_keeps_nothing_of_what_it_was() -> None:
    secret = written([Note("not_1", "sealed-secret"), Note("not_1", "removed")], remembers=False)
    assert "sealed-secret" not in json.dumps(secret["history"][1:], default=str)
