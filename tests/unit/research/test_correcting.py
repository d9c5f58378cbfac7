"""A reported outcome is said otherwise: by a command, shown on a page, kept with what stood there before."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.kernel.actor import OBSERVER, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import NotAllowed, StaleVersion
from chassis.store.undoing import undone
from chassis.store.writing import update_of
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application import commands
from services.research.domain.reporting import Told, correct
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.detailed import decimals
from tests.unit.research.test_commands import FILE, command_of, context, expected, standing, view
from tests.unit.research.test_kept_before import BEFORE, CONTEXT

DETAILS = {"kind": "journal-article", "published_in": "Acta Tropica", "year": 2026}
TOLD: dict[str, Any] = {
    "doi": "https://doi.org/10.1000/182",
    "details": DETAILS,
    "contributors": [
        {"name": "Shahida Bano", "role": "author", "person_id": "per_bano", "orcid": "0000-0002-1825-0097"},
        {"name": "Chen Yong", "role": "translator"},
    ],
    "organisations": [{"name": "California Digital Library", "ror": "03yrm5c26"}],
    "attachments": [FILE],
}
SHOWN = {
    "doi": "10.1000/182",
    "details": DETAILS,
    "contributors": [
        {"name": "Shahida Bano", "role": "author", "person": "per_bano", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"name": "Chen Yong", "role": "translator", "person": None, "orcid": ""},
    ],
    "organisations": [{"name": "California Digital Library", "ror": "https://ror.org/03yrm5c26"}],
    "attachments": [FILE],
}  # fmt: skip


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def reported(research: ResearchInMemory, **told: Any) -> str:
    outcome_id = expected(research)
    report = command_of(
        commands.ReportOutcome, outcome_id, 1, title="A protocol", summary="How to stage cysts.", **told
    )
    research.report_outcome(report, context(given.RESPONSIBLE, 1))
    return outcome_id


def corrected(
    research: ResearchInMemory, outcome_id: str, who: Actor = given.RESPONSIBLE, number: str = "", **told: Any
) -> Receipt:
    command = command_of(commands.CorrectOutcome, outcome_id, 2, reason="It has appeared.", **told)
    return research.correct_outcome(command, context(who, 2, number))


def test_what_a_report_tells_is_shown_in_its_normal_form(research: ResearchInMemory) -> None:
    shown = view(research, reported(research, **TOLD))
    assert {name: shown[name] for name in SHOWN} == SHOWN


def test_what_was_not_told_is_told_later_and_the_history_says_so(research: ResearchInMemory) -> None:
    outcome_id = reported(research)
    assert view(research, outcome_id)["details"] is None
    receipt = corrected(research, outcome_id, **TOLD)
    assert (receipt.state, receipt.version) == ("reported", 3)
    shown = view(research, outcome_id)
    assert {name: shown[name] for name in SHOWN} == SHOWN
    assert (shown["title"], shown["stage"]) == ("A protocol", "disclosure")
    (line,) = [line for line in shown["history"] if line["what"] == "corrected"]
    assert line["by"] == "per_bano"
    assert line["why"] == (
        "doi, details.kind, details.published_in, details.year, contributors, organisations, attachments: "
        "It has appeared."
    )


def test_who_runs_the_programme_at_either_end_corrects_too_and_nobody_else(research: ResearchInMemory) -> None:
    outcome_id = reported(research)
    onlooker = Actor("per_onlooker", frozenset({OBSERVER}), frozenset({given.GILGIT, given.KASHGAR}))
    with pytest.raises(NotAllowed):
        corrected(research, outcome_id, onlooker, title="Mine")
    assert corrected(research, outcome_id, given.COORDINATOR_HERE, title="Ours").version == 3
    assert standing(research, outcome_id).title == "Ours"


def test_given_again_it_answers_as_the_first_time_and_one_that_saw_less_is_stale(research: ResearchInMemory) -> None:
    outcome_id = reported(research)
    assert corrected(research, outcome_id, title="Ours") == corrected(research, outcome_id, title="Ours")
    with pytest.raises(StaleVersion):
        corrected(research, outcome_id, number="another", title="Theirs")


def test_a_line_of_the_history_keeps_what_stood_there_before() -> None:
    before = given.at("pilot", **given.IN_FULL)
    told = Told(title="Another", details={**DETAILS, "volume": "3"}, contributors=(), attachments=())
    decision = correct(before, told, decimals=decimals, reason="It has appeared.")
    update, _ = update_of(Loaded("out_1", 4, before), decision, replace(CONTEXT, expected_version=4), OUTCOME_SHAPE)
    was = update["$push"]["history"]["was"]
    assert was.keys() == {"title", "details", "contributors", "attachments"}
    fields = OUTCOME_SHAPE.fields(decision.state)
    restored = {**fields, **{name: undone(fields[name], patch) for name, patch in was.items()}}
    assert OUTCOME_SHAPE.state({"_id": "out_1", **restored}) == before


def test_an_outcome_reported_before_there_were_details_is_corrected_and_no_more() -> None:
    kept = BEFORE | {"state": "reported", "stage": "disclosure", "summary": "How to."}
    loaded = Loaded("out_1", 2, OUTCOME_SHAPE.state(kept))
    assert (loaded.state.details, loaded.state.contributors) == (None, ())
    decision = correct(loaded.state, Told(details=DETAILS), decimals=decimals, reason="It has appeared.")
    update, _ = update_of(loaded, decision, CONTEXT, OUTCOME_SHAPE)
    update["$set"].pop("found_by")
    assert update["$set"] == {"details": DETAILS, "changed_at": given.NOW}
    assert OUTCOME_SHAPE.state(kept | update["$set"]) == replace(loaded.state, details=DETAILS)
