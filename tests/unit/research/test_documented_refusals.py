"""Each page names everything that is refused on it, and every reason for which a field is."""

import re
from types import ModuleType

import pytest

from chassis.kernel.errors import Refusal
from services.research.domain import (
    attribution_refusals,
    delegation_refusals,
    merging_refusals,
    publicity_refusals,
    record_refusals,
    refusals,
    transfer_refusals,
)
from services.research.domain.importing import refusals as importing
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs/research/outcomes.md").read_text("utf-8")
DOMAIN = ROOT / "services/research/domain"
TRANSFER_PAGE = (ROOT / "docs/research/transfer.md").read_text("utf-8")
PUBLIC_PAGE = (ROOT / "docs/research/oai-pmh.md").read_text("utf-8")
IMPORTS_PAGE = (ROOT / "docs/research/imports.md").read_text("utf-8")
ATTRIBUTION_PAGE = (ROOT / "docs/research/attribution.md").read_text("utf-8")
OF_ATTRIBUTION = (attribution_refusals, delegation_refusals, record_refusals)
WHYS = re.compile(r'"([A-Z][a-z]+[A-Za-z0-9]*)"')
"""A reason is a word of the code in quotes, written as names of refusals are."""


def whys(text: str) -> set[str]:
    return set(WHYS.findall(text))


def texts() -> str:
    return "\n".join(path.read_text("utf-8") for path in [*DOMAIN.glob("details/*.py"), DOMAIN / "attachments.py"])


def named_in(module: ModuleType) -> list[str]:
    """The refusals that a module defines."""
    kinds = {name: kind for name, kind in vars(module).items() if isinstance(kind, type) and issubclass(kind, Refusal)}
    return sorted(kinds.keys() - {"Refusal"})


@pytest.mark.parametrize("name", named_in(refusals))
def test_every_refusal_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", named_in(transfer_refusals))
def test_every_refusal_on_the_way_into_practice_is_named_on_its_page(name: str) -> None:
    assert f"`{name}`" in TRANSFER_PAGE


@pytest.mark.parametrize("name", [*named_in(merging_refusals), *named_in(importing)])
def test_every_refusal_to_import_or_to_make_two_one_is_named_on_its_page(name: str) -> None:
    assert f"`{name}`" in IMPORTS_PAGE


@pytest.mark.parametrize("name", [name for each in OF_ATTRIBUTION for name in named_in(each)])
def test_every_refusal_of_attribution_is_named_on_its_page(name: str) -> None:
    assert f"`{name}`" in ATTRIBUTION_PAGE


@pytest.mark.parametrize("why", ["NotAnHttpsAddress", "NotASha256"])
def test_every_reason_for_which_evidence_is_refused_is_named(why: str) -> None:
    assert f'"{why}"' in (DOMAIN / "evidence.py").read_text("utf-8")
    assert f"`{why}`" in TRANSFER_PAGE


@pytest.mark.parametrize("why", sorted(whys(texts())))
def test_every_reason_is_named(why: str) -> None:
    assert f"`{why}`" in PAGE


def test_the_reasons_are_found() -> None:
    assert whys(texts()) >= {
        "NotText",
        "TooEarly",
        "NotAnOrganisation",
        "NotASha256",
        "NotAPubMedId",
        "TooManyDecimals",
    }


@pytest.mark.parametrize(
    "name", [*named_in(publicity_refusals), *sorted(whys((DOMAIN / "publicity.py").read_text("utf-8")))]
)
def test_every_refusal_and_reason_of_making_public_is_named(name: str) -> None:
    assert f"`{name}`" in PUBLIC_PAGE
