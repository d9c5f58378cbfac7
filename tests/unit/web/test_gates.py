"""A manager decides a gate on the outcome's page, with the evidence that it needs."""

from typing import Any

import pytest

from chassis.rpc.client import Refused
from tests import web_samples as samples
from tests.unit.web.browser import Browser, form_in
from tests.web_app import Web

PAGE = f"/outcomes/{samples.REPORTED}"
FOUND = {"evidence_kind": "open-licence", "evidence": "CC BY 4.0", "reference": "https://journal.example/licence"}


def decide(browser: Browser, **typed: Any) -> Any:
    return browser.send(browser.form(PAGE, f"{PAGE}/gate"), **typed)


def test_the_page_says_what_the_gate_needs_and_offers_that_kind_first(browser: Browser) -> None:
    assert "To be passed it needs: Draft terms or Open licence." in browser.open(PAGE).text
    assert browser.form(PAGE, f"{PAGE}/gate").fields["evidence_kind"] == "draft-terms"


def test_a_gate_is_passed_on_a_piece_of_evidence(browser: Browser, web: Web) -> None:
    answer = decide(browser, decision="accepted", back_on="2027-03-01", **FOUND)
    (given,) = web.gateway.commands()
    kept = {"kind": "open-licence", "title": "CC BY 4.0", "reference": "https://journal.example/licence"}
    assert (given.fields["evidence"], given.fields["back_on"]) == ([kept], None), "a day is for what is deferred"
    assert "Open licence · " in browser.open(answer.location).text


def test_evidence_without_its_place_is_asked_for_beside_the_field(browser: Browser) -> None:
    answer = decide(browser, decision="accepted", **FOUND | {"reference": ""})
    assert answer.status_code == 422
    assert form_in(answer, f"{PAGE}/gate").fields["evidence"] == "CC BY 4.0"
    assert 'id="gate-reference-wrong"' in answer.text


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("ReasonNeeded", {"gate": "terms", "decision": "declined"}, "reason"),
        ("EvidenceMissing", {"gate": "terms", "kinds": ["draft-terms", "open-licence"]}, "evidence"),
        ("EvidenceInvalid", {"evidence": 1, "field": "reference", "why": "NotAnHttpsAddress"}, "reference"),
        ("BackOnNeeded", {"gate": "terms"}, "back_on"),
        ("BackOnNotInFuture", {"date": "2026-11-24", "today": "2026-11-24"}, "back_on"),
    ],
)
def test_a_refusal_stands_beside_the_field_that_it_is_about(
    browser: Browser, web: Web, name: str, facts: dict[str, Any], field: str
) -> None:
    web.gateway.failing["research.decide_gate"] = Refused(name, facts)
    answer = decide(browser, decision="declined")
    assert answer.status_code == 409
    assert f'id="gate-{field}-wrong"' in answer.text
