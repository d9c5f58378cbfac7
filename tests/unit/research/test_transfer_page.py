"""The page of the transfer shows the tables as they are."""

import pytest

from tests.unit.research.transfer_page import PAGE, filled_in, parts


@pytest.mark.parametrize("name", parts())
def test_each_table_stands_there_as_it_is_in_the_code(name: str) -> None:
    page = PAGE.read_text("utf-8")
    assert f"<!-- {name} -->" in page
    assert parts()[name] in page, "run python -m tests.unit.research.transfer_page"


def test_writing_the_page_anew_changes_nothing() -> None:
    page = PAGE.read_text("utf-8")
    assert filled_in(page) == page
