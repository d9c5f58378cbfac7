"""The pages on law and agreements say what the code does."""

from pathlib import Path
from types import ModuleType

import pytest

from services.research.domain.agreement_tracks import refusals as of_tracks
from services.research.domain.legal import refusals as of_law
from services.research.domain.legal.requirement import KINDS
from tests.architecture.tree import ROOT
from tests.unit.research.agreement_tracks_page import PAGE, page
from tests.unit.research.test_documented_refusals import named_in

LAW = ROOT / "docs/research/legal-gates.md"


def test_the_page_of_tracks_is_made_of_the_tables() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.unit.research.agreement_tracks_page"


@pytest.mark.parametrize(("module", "told_on"), [(of_law, LAW), (of_tracks, PAGE)], ids=["law", "tracks"])
def test_every_refusal_is_named_on_its_page(module: ModuleType, told_on: Path) -> None:
    text = told_on.read_text("utf-8")
    assert [name for name in named_in(module) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_named(kind: str) -> None:
    assert f"`{kind}`" in LAW.read_text("utf-8")
