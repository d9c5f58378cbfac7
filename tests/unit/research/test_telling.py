"""What is told of an outcome when it is reported, and said otherwise later."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from services.research.domain.attachments import Attachment
from services.research.domain.contributors import Contributor
from services.research.domain.events import OutcomeReported
from services.research.domain.organisations import Organisation
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import (
    AttachmentInvalid,
    AttachmentNamedTwice,
    ContributorNamedTwice,
    DetailMissing,
    InvalidDoi,
    InvalidOrcid,
    InvalidRor,
    NothingCorrected,
    OrganisationNamedTwice,
)
from services.research.domain.reporting import Told, correct, report
from tests.unit.research import given
from tests.unit.research.detailed import decimals

BANO, CHEN = given.IN_FULL["contributors"]
LAHORE = given.IN_FULL["organisations"][0]
FILE = given.IN_FULL["attachments"][0]


def reporting(**told: Any) -> Decision[Outcome]:
    said = Told(title="A protocol", summary="How to stage cysts.", **told)
    return report(given.outcome(), said, decimals=decimals, by="per_bano", now=given.NOW)


def correcting(outcome: Outcome, **told: Any) -> Decision[Outcome]:
    return correct(outcome, Told(**told), decimals=decimals, reason="It has appeared.")


def test_all_that_is_told_is_kept_in_its_order() -> None:
    told = {**given.IN_FULL, "contributors": (CHEN, BANO)}
    decision = reporting(**told)
    assert {name: getattr(decision.state, name) for name in told} == told
    assert decision.events == (OutcomeReported(decision.state, by="per_bano"),)


def test_a_report_may_leave_the_details_for_later_and_then_has_none() -> None:
    reported = reporting().state
    assert (reported.details, reported.contributors, reported.organisations, reported.attachments) == (None, (), (), ())
    assert correcting(reported, details=given.IN_FULL["details"]).state.details == given.IN_FULL["details"]


def test_details_that_are_told_are_told_whole() -> None:
    with pytest.raises(DetailMissing) as refused:
        reporting(details={})
    assert refused.value.facts["fields"] == ["kind", "published_in", "year"]
    with pytest.raises(DetailMissing):
        correcting(given.at("pilot", **given.IN_FULL), details={"volume": "3"})


def test_ids_are_kept_in_their_normal_form() -> None:
    typed = replace(BANO, orcid="0000-0002-1825-0097"), replace(LAHORE, ror="03YRM5C26")
    reported = reporting(contributors=(typed[0],), organisations=(typed[1],)).state
    assert (reported.contributors, reported.organisations) == ((BANO,), (LAHORE,))


@pytest.mark.parametrize(
    ("told", "refusal", "facts"),
    [
        ({"contributors": (replace(BANO, orcid="0000-0002-1825"),)}, InvalidOrcid, {"orcid": "0000-0002-1825"}),
        ({"contributors": (BANO, replace(BANO, name="S. Bano", orcid=""))}, ContributorNamedTwice, {"name": "S. Bano"}),
        ({"contributors": (BANO, Contributor("S. Bano", "editor", None, "0000-0002-1825-0097"))},
         ContributorNamedTwice, {"name": "S. Bano"}),
        ({"organisations": (Organisation("Lahore", "03yrm5c27"),)}, InvalidRor, {"ror": "03yrm5c27"}),
        ({"organisations": (LAHORE, Organisation("UHS", "03yrm5c26"))}, OrganisationNamedTwice, {"name": "UHS"}),
        ({"doi": "10.1/x"}, InvalidDoi, {"doi": "10.1/x"}),
        ({"attachments": (FILE, replace(FILE, title="Again"))}, AttachmentNamedTwice, {"address": FILE.address}),
    ],
)  # fmt: skip
def test_what_is_told_wrongly_is_refused_by_name_in_a_report_and_in_a_correction(
    told: dict[str, Any], refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        reporting(**told)
    assert refused.value.facts == facts
    with pytest.raises(refusal):
        correcting(given.at("pilot"), **told)


def test_people_of_one_name_and_organisations_without_an_id_are_not_taken_for_one() -> None:
    people = (Contributor("Li Wei", "author"), Contributor("Li Wei", "author"))
    clinics = (Organisation("A clinic"), Organisation("A clinic"))
    reported = reporting(contributors=people, organisations=clinics).state
    assert (reported.contributors, reported.organisations) == (people, clinics)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("address", "http://files.example/protocol.pdf", "NotAnHttpsAddress"),
        ("address", "https://files.example/a b", "NotAnHttpsAddress"),
        ("address", "", "NotAnHttpsAddress"),
        ("sha256", "9f2c" * 15, "NotASha256"),
        ("sha256", "xyz0" * 16, "NotASha256"),
        ("media_type", "pdf", "NotAMediaType"),
        ("media_type", "text/html; charset=utf-8", "NotAMediaType"),
        ("size", 0, "NotASize"),
    ],
)
def test_an_attachment_is_refused_by_its_number_the_field_and_why(field: str, value: Any, why: str) -> None:
    other = replace(FILE, address="https://files.example/other.pdf")
    with pytest.raises(AttachmentInvalid) as refused:
        reporting(attachments=(other, replace(FILE, **{field: value})))
    assert refused.value.facts == {"attachment": 2, "field": field, "why": why}


def test_a_sum_and_a_media_type_are_kept_in_small_letters() -> None:
    typed = Attachment(FILE.title, FILE.address, FILE.sha256.upper(), "Application/PDF", FILE.size)
    assert reporting(attachments=(typed,)).state.attachments == (FILE,)


@pytest.mark.parametrize("outcome", [given.at("terms", **given.IN_FULL), replace(given.adopted(), **given.IN_FULL)])
def test_a_correction_changes_what_it_says_and_no_more(outcome: Outcome) -> None:
    decision = correcting(outcome, title="A better title", contributors=(BANO,))
    assert decision.state == replace(outcome, title="A better title", contributors=(BANO,))
    assert (decision.what, decision.events) == ("corrected", ())


def test_the_history_names_all_that_was_changed_each_detail_too() -> None:
    outcome = given.at("terms", **given.IN_FULL)
    details = {"kind": "review", "published_in": "Acta Tropica", "year": 2026, "volume": "251"}
    decision = correcting(outcome, doi="", summary=outcome.summary, details=details, attachments=())
    assert decision.why == "doi, details.kind, details.address, details.volume, attachments: It has appeared."


def test_what_is_said_empty_is_taken_away() -> None:
    corrected = correcting(given.at("terms", **given.IN_FULL), doi="", contributors=(), organisations=()).state
    assert (corrected.doi, corrected.contributors, corrected.organisations) == ("", (), ())


@pytest.mark.parametrize("told", [{}, {"doi": "https://doi.org/10.1000/182"}, {"details": given.IN_FULL["details"]}])
def test_a_correction_that_changes_nothing_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(NothingCorrected) as refused:
        correcting(given.at("terms", **given.IN_FULL), **told)
    assert refused.value.facts == {"state": "reported"}
