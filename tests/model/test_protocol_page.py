"""docs/protocol.md says what the models say."""

from pathlib import Path

from tests.model.invariants import Invariant
from tests.model.table import markdown

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"


def test_the_page_has_the_table_of_guards_as_the_models_give_it() -> None:
    assert markdown() in PAGE.read_text(), "put the output of `python -m tests.model` into docs/protocol.md"


def test_the_page_names_every_promise() -> None:
    text = " ".join(PAGE.read_text().split())
    assert [promise.name for promise in Invariant if promise.value not in text] == []
