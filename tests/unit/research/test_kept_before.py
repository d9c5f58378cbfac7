"""Outcomes in the shape in which they were kept before consultations had any, and the events that are stored anew."""

from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store.writing import inserted, update_of
from contracts.catalogue import parse, read
from contracts.research import v1, v2
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.domain.adoption import Adoption
from services.research.domain.evidence import Evidence
from services.research.domain.expecting import expect
from services.research.domain.outcome import Outcome
from services.research.domain.withdrawing import withdraw
from tests.unit.research import given

CONTEXT = Context("1" * 32, SYSTEM, given.NOW)
UNTITLED = replace(given.OF_VISIT, title="")
BEFORE = {
    "_id": "out_1",
    "version": 1,
    "state": "expected",
    "type": "publication",
    "title": "Ultrasound staging",
    "field": "liver echinococcosis",
    "agreement": "agr_1",
    "condition": "cnd_1",
    "visit": "vis_1",
    "visit_year": 2026,
    "visit_began": "2026-05-01",
    "sites": ["sit_gilgit", "sit_kashgar"],
    "zones": {"sit_gilgit": "Asia/Karachi", "sit_kashgar": "Asia/Shanghai"},
    "responsible": "per_bano",
    "followers": ["per_ali", "per_hussain", "per_zhang"],
    "due_on": "2026-08-13",
    "overdue": False,
    "summary": "",
    "doi": "",
    "stage": None,
    "gates": [],
    "adopting_site": None,
    "adopted_on": None,
    "questioned": "",
}
"""As it stood in the database at the version before, but for history, answers and unsent events."""


def document_of(outcome: Outcome) -> dict[str, Any]:
    return inserted(outcome.id, expect(outcome, now=given.TOO_LATE), CONTEXT, OUTCOME_SHAPE)[0]


def told_in(entries: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [orjson.loads(entry["body"]) for entry in entries]


def test_an_outcome_kept_before_is_read_as_one_of_its_visit() -> None:
    assert OUTCOME_SHAPE.state(BEFORE) == given.outcome(origin=UNTITLED)


def test_evidence_that_was_kept_as_text_is_read_as_a_piece_of_it() -> None:
    gate = {"gate": "evaluation", "decision": "accepted", "reason": "", "by": "per_ali", "at": "2026-05-15T06:00:00Z"}
    gates = [gate | {"evidence": "Minutes of 5 May"}, gate | {"gate": "protection", "evidence": ""}]
    read = OUTCOME_SHAPE.state(BEFORE | {"state": "reported", "stage": "protection", "gates": gates})
    assert [each.evidence for each in read.gates] == [(Evidence("other", "Minutes of 5 May", ""),), ()]
    assert {each.decided_on for each in read.gates} == {None}


def test_one_that_was_adopted_before_others_could_is_read_as_adopted_there() -> None:
    use = {"adopting_site": given.GILGIT, "adopted_on": "2026-05-14"}
    read = OUTCOME_SHAPE.state(BEFORE | {"state": "adopted", "stage": "adoption", **use})
    assert read.adoptions == (Adoption(given.GILGIT, date(2026, 5, 14)),)
    assert OUTCOME_SHAPE.state(BEFORE).adoptions == ()


def test_a_decision_on_one_kept_before_changes_what_it_decides_and_no_more() -> None:
    loaded = Loaded("out_1", 1, OUTCOME_SHAPE.state(BEFORE))
    decision = withdraw(loaded.state, reason="Entered twice.")
    assert decision
    update, _ = update_of(loaded, decision, CONTEXT, OUTCOME_SHAPE)
    assert update["$set"] == {"state": "withdrawn", "changed_at": given.NOW}
    assert OUTCOME_SHAPE.state(BEFORE | update["$set"]) == decision.state


@pytest.mark.parametrize("origin", [given.OF_VISIT, given.OF_CONSULTATION], ids=lambda origin: origin.kind)
def test_what_is_kept_now_is_found_again(origin: Any) -> None:
    outcome = given.outcome(origin=origin)
    assert OUTCOME_SHAPE.state(document_of(outcome)) == outcome


def test_both_versions_are_one_event_with_one_id() -> None:
    newest, before = told_in(document_of(given.outcome())["outbox"])
    assert (newest["type"], before["type"]) == ("research.outcome.expected.v2", "research.outcome.expected.v1")
    apart = {"type", "dataschema", "data"}
    assert {key: newest[key] for key in newest.keys() - apart} == {key: before[key] for key in before.keys() - apart}
    told, told_before = (read(parse(orjson.dumps(each))) for each in (newest, before))
    assert isinstance(told, v2.OutcomeExpected)
    assert isinstance(told_before, v1.OutcomeExpected)


def test_two_events_of_one_decision_have_two_ids_in_every_version() -> None:
    outcome = given.outcome()
    twice = Decision(outcome, what="expected", events=expect(outcome, now=given.TOO_LATE).events * 2)
    entries = told_in(inserted("out_1", twice, CONTEXT, OUTCOME_SHAPE)[0]["outbox"])
    assert [(each["sequence"][-3:], each["type"][-2:]) for each in entries] == [
        ("000", "v2"), ("000", "v1"), ("001", "v2"), ("001", "v1"),
    ]  # fmt: skip
    assert len({each["id"] for each in entries}) == 2


def test_what_came_of_a_consultation_is_told_once() -> None:
    (only,) = told_in(document_of(given.outcome(origin=given.OF_CONSULTATION))["outbox"])
    assert only["type"] == "research.outcome.expected.v2"
