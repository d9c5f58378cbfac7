"""A record of a file becomes an outcome that waits to be claimed, or is refused by what is wrong with it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.domain.contributors import Contributor
from services.research.domain.entering import import_reference
from services.research.domain.organisations import Organisation
from services.research.domain.outcome import Outcome
from services.research.domain.record_refusals import RecordUnfit
from services.research.domain.references import Reference
from services.research.domain.refusals import (
    ContributorNamedTwice,
    DetailInvalid,
    DetailNotOfType,
    InvalidDoi,
    InvalidOrcid,
    InvalidRor,
    OrganisationNamedTwice,
)
from tests.unit.research import given
from tests.unit.research.detailed import decimals

BANO, CHEN = given.IN_FULL["contributors"]
LIBRARY = given.IN_FULL["organisations"][0]
RECORD = Reference(
    label="bano2026",
    type="publication",
    title="Doppler of liver cysts",
    summary="It tells active cysts from others.",
    doi="https://doi.org/10.1000/182",
    details={"published_in": "Acta Tropica", "year": 2026},
    contributors=(replace(BANO, orcid="0000-0002-1825-0097"), CHEN),
    organisations=(LIBRARY,),
    also={"bibtex:keywords": "cyst; doppler", "bibtex:date.added": "2026-05-01", "bibtex:note": " "},
)


def imported(**different: Any) -> Decision[Outcome]:
    return import_reference(
        replace(RECORD, **different),
        outcome_id="out_1",
        responsible="per_bano",
        sites=(given.GILGIT,),
        on=given.NOW.date(),
        decimals=decimals,
    )


def test_all_that_a_record_says_is_kept_in_its_normal_form_and_nobody_is_told() -> None:
    decision = imported()
    outcome = decision.state
    assert (decision.what, decision.why, decision.events) == ("imported", "bano2026", ())
    assert (outcome.state, outcome.type, outcome.stage, outcome.doi) == (
        "unclaimed",
        "publication",
        None,
        "10.1000/182",
    )
    assert (outcome.title, outcome.summary) == (RECORD.title, RECORD.summary)
    assert (outcome.responsible, outcome.sites, outcome.due_on) == ("per_bano", (given.GILGIT,), given.NOW.date())
    assert (outcome.origin, outcome.came_of, outcome.agreement, outcome.condition, outcome.field) == (
        None, (), "", "", "",
    )  # fmt: skip
    assert (outcome.contributors, outcome.organisations) == ((BANO, CHEN), (LIBRARY,))
    assert outcome.label == "bano2026"
    assert dict(outcome.also) == {"bibtex:keywords": "cyst; doppler", "bibtex:date.added": "2026-05-01"}


def test_details_are_kept_as_far_as_they_are_told() -> None:
    assert imported().state.details == {"published_in": "Acta Tropica", "year": 2026}
    assert imported(details={}).state.details is None


def test_what_was_imported_is_found_again_as_it_was() -> None:
    outcome = imported().state
    assert OUTCOME_SHAPE.state({"_id": "out_1", **OUTCOME_SHAPE.fields(outcome)}) == outcome


@pytest.mark.parametrize(
    ("different", "refusal", "facts"),
    [
        ({"type": "poem"}, RecordUnfit, {"field": "type", "why": "NotOneOf"}),
        ({"title": " "}, RecordUnfit, {"field": "title", "why": "Empty"}),
        ({"title": "x" * 501}, RecordUnfit, {"field": "title", "why": "TooLong", "most": 500}),
        ({"title": "Two\nlines"}, RecordUnfit, {"field": "title", "why": "NotOneLine"}),
        ({"title": "\ud800"}, RecordUnfit, {"field": "title", "why": "NotText"}),
        ({"summary": "x" * 10_001}, RecordUnfit, {"field": "summary", "why": "TooLong"}),
        ({"label": "x" * 201}, RecordUnfit, {"field": "label", "why": "TooLong"}),
        ({"also": {"ris:N1": "\x00"}}, RecordUnfit, {"field": "ris:N1", "why": "NotText"}),
        ({"also": {"": "x"}}, RecordUnfit, {"field": "also", "why": "Empty"}),
        ({"also": {str(n): "x" for n in range(201)}}, RecordUnfit, {"field": "also", "why": "TooMany", "most": 200}),
        ({"doi": "10.1/x"}, InvalidDoi, {"doi": "10.1/x"}),
        ({"details": {"amount": 1}}, DetailNotOfType, {"fields": ["amount"]}),
        ({"details": {"year": "MMXXVI"}}, DetailInvalid, {"field": "year", "why": "NotANumber"}),
        ({"contributors": (BANO, BANO)}, ContributorNamedTwice, {"name": BANO.name}),
        ({"contributors": (Contributor("X", "author", orcid="1"),)}, InvalidOrcid, {"orcid": "1"}),
        ({"organisations": (LIBRARY, LIBRARY)}, OrganisationNamedTwice, {"name": LIBRARY.name}),
        ({"organisations": (Organisation("X", "03yrm5c27"),)}, InvalidRor, {"ror": "03yrm5c27"}),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else None,
)
def test_what_is_wrong_with_a_record_is_told_by_name(
    different: dict[str, Any], refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        imported(**different)
    assert facts.items() <= refused.value.facts.items()


@settings(max_examples=30)
@hypothesis_given(label=st.text(max_size=8), title=st.text(max_size=8), also=st.dictionaries(st.text(), st.text()))
def test_any_text_is_kept_or_refused_by_name(label: str, title: str, also: dict[str, str]) -> None:
    try:
        outcome = imported(label=label, title=title, also=also).state
    except RecordUnfit:
        return
    assert OUTCOME_SHAPE.state({"_id": "out_1", **OUTCOME_SHAPE.fields(outcome)}) == outcome
