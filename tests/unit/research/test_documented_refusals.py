"""The page of outcomes names everything that is refused, and every reason for which a detail or an attachment is."""

import re

import pytest

from chassis.kernel.errors import Refusal
from services.research.domain import refusals
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs/research/outcomes.md").read_text("utf-8")
DOMAIN = ROOT / "services/research/domain"
NAMED = {name for name, kind in vars(refusals).items() if isinstance(kind, type) and issubclass(kind, Refusal)}
WHYS = re.compile(r'"([A-Z][a-z]+[A-Za-z0-9]*)"')
"""A reason is a word of the code in quotes, written as names of refusals are."""


def whys(text: str) -> set[str]:
    return set(WHYS.findall(text))


def texts() -> str:
    return "\n".join(path.read_text("utf-8") for path in [*DOMAIN.glob("details/*.py"), DOMAIN / "attachments.py"])


@pytest.mark.parametrize("name", sorted(NAMED - {"Refusal"}))
def test_every_refusal_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


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
