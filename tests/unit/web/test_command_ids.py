"""The id that a form gives its command."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.web.command_ids import command_id, new_form_id

NOON, LATER = datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
fields = st.dictionaries(
    st.text(max_size=8), st.text(max_size=8) | st.integers() | st.lists(st.text(max_size=4)), max_size=4
)


@given(fields)
def test_the_same_form_and_fields_give_the_same_id(typed: dict[str, object]) -> None:
    form = new_form_id(NOON)
    assert command_id(form, "cancel_visit", typed) == command_id(form, "cancel_visit", dict(reversed(typed.items())))


@given(fields, fields)
def test_other_fields_give_another_id(first: dict[str, object], second: dict[str, object]) -> None:
    form = new_form_id(NOON)
    ids = {command_id(form, "cancel_visit", typed) for typed in (first, second)}
    assert len(ids) == (1 if first == second else 2)


def test_another_form_gives_another_id_and_a_later_one_sorts_later() -> None:
    early, late = (command_id(new_form_id(at), "cancel_visit", {}) for at in (NOON, LATER))
    assert early < late


def test_the_id_is_a_version_seven_uuid() -> None:
    made = command_id(new_form_id(NOON), "cancel_visit", {"reason": "snow"})
    assert (len(made), made[12], made[16] in "89ab") == (32, "7", True)
