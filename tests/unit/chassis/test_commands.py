"""What a caller's fields have to be, and how it is told where they are not."""

import pytest

from chassis.commands import Command, Day, parsed
from chassis.kernel.errors import InvalidCommand


class Ask(Command):
    days: tuple[Day, ...]
    limit: int = 1


def test_each_field_that_is_wrong_is_told_in_a_sentence() -> None:
    with pytest.raises(InvalidCommand) as refused:
        parsed(Ask, {"days": ["2026-12-31", "tomorrow"], "limit": "many", "more": 1})
    assert refused.value.facts["problems"] == [
        {"field": "days.1", "problem": "a day is written as text, like 2026-12-31"},
        {"field": "limit", "problem": "Input should be a valid integer, unable to parse string as an integer"},
        {"field": "more", "problem": "Extra inputs are not permitted"},
    ]
