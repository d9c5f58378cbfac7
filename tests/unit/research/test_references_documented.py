"""The pages of references say what the code does: the tables, and every reason and refusal by its name."""

import re

import pytest

from chassis.kernel import sheets
from chassis.kernel.errors import Refusal
from services.research.application.ports.references import MOST_BYTES, MOST_RECORDS
from services.research.domain import references_refusals
from tests.architecture.tree import ROOT
from tests.unit.research import reference_formats_page

PAGE = (ROOT / "docs/research/references.md").read_text("utf-8")
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT / "services/research/adapters/references").glob("*.py"))
REASONS = set(re.findall(r'"([A-Z][a-z]+[A-Z][A-Za-z]*|Unclosed|Undecodable)"', CODE))
REFUSALS = {
    name
    for module in (references_refusals, sheets)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
}


def test_the_tables_are_those_of_the_code() -> None:
    written = reference_formats_page.PAGE.read_text("utf-8")
    assert written == reference_formats_page.page(), "run python -m tests.unit.research.reference_formats_page"


@pytest.mark.parametrize("name", sorted(REASONS | REFUSALS | {"TooLong"}))
def test_every_reason_and_refusal_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_reasons_are_found() -> None:
    assert {*REASONS} >= {"NoTitle", "Unclosed", "Undecodable", "FormulaInCell", "UnknownMacro", "MissingEnd"}
    assert {*REFUSALS} >= {"FileTooLarge", "MergedCells"}


def test_the_bounds_are_those_of_the_code() -> None:
    assert f"{MOST_BYTES >> 20} MiB, refused before" in PAGE
    assert f"| {MOST_RECORDS:,} |" in PAGE
