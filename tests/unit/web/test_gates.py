"""A manager decides a gate on the outcome's page, with the evidence that it needs."""

from collections import Counter
from typing import Any

import pytest

from chassis.rpc.client import Refused
from services.research.domain.evidence import KINDS
from services.research.domain.needed_evidence import NEEDED, NEEDED_BESIDES
from services.web.outcomes.forms import PIECES
from services.web.outcomes.routes import kinds_needed
from services.web.words import WORDS
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


BESIDES = {"further_kind": "test-report", "further": "Forty images", "further_reference": "Imaging, shelf 4"}


def test_a_gate_that_needs_two_kinds_is_passed_by_one_form(browser: Browser, web: Web) -> None:
    decide(browser, decision="accepted", **FOUND | BESIDES)
    (given,) = web.gateway.commands()
    more = {"kind": "test-report", "title": "Forty images", "reference": "Imaging, shelf 4"}
    assert given.fields["evidence"][1:] == [more]
    assert not {"further", "evidence_kind"} & set(given.fields)


def test_the_page_offers_each_kind_that_a_gate_needs_in_turn() -> None:
    outcome = {"gate_needs": [["pilot-protocol"], ["regulatory-approval", "regulatory-exemption"]]}
    assert kinds_needed(outcome) == {"evidence_kind": "pilot-protocol", "further_kind": "regulatory-approval"}
    assert kinds_needed({"gate_needs": []}) == {"evidence_kind": "minutes", "further_kind": "minutes"}


def test_every_kind_of_evidence_can_be_chosen_by_its_name() -> None:
    assert tuple(WORDS["evidence"]) == KINDS


def test_a_form_has_room_for_all_that_a_gate_needs_of_any_type() -> None:
    asked = Counter((each.type, each.kind, each.gate) for each in NEEDED_BESIDES)
    assert max(len(NEEDED[gate]) + many for (*_, gate), many in asked.items()) <= len(PIECES)


@pytest.mark.parametrize(
    ("typed", "number", "field"),
    [
        (FOUND | BESIDES, 1, "reference"),
        (FOUND | BESIDES, 2, "further_reference"),
        (BESIDES, 1, "further_reference"),
    ],
)
def test_what_is_wrong_with_a_piece_of_evidence_stands_beside_it(
    browser: Browser, web: Web, typed: dict[str, str], number: int, field: str
) -> None:
    facts = {"evidence": number, "field": "reference", "why": "NotAnHttpsAddress"}
    web.gateway.failing["research.decide_gate"] = Refused("EvidenceInvalid", facts)
    assert f'id="gate-{field}-wrong"' in decide(browser, decision="accepted", **typed).text


def test_further_evidence_without_its_place_is_asked_for_beside_the_field(browser: Browser) -> None:
    answer = decide(browser, decision="accepted", **BESIDES | {"further_reference": ""})
    assert 'id="gate-further_reference-wrong"' in answer.text


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
