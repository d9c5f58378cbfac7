"""Outcomes go out as files: what the actor may see and what was told, page by page, in a format by its name."""

import base64
import sys
from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import InvalidCommand
from services.research.application import queries
from services.research.application.queries.export_outcomes import MOST_CHARACTERS
from services.research.application.queries.views import View
from services.research.domain.contributors import Contributor
from services.research.domain.exporting import TELLING, reference_of
from services.research.domain.outcome import (
    ADOPTED,
    EXPECTED,
    REJECTED,
    REPORTED,
    UNCLAIMED,
    WAIVED,
    WITHDRAWN,
    Outcome,
)
from services.research.domain.references import Reference
from services.research.domain.references_refusals import UnknownFormat
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.references_read import records

STATES = (EXPECTED, REPORTED, ADOPTED, WAIVED, WITHDRAWN, UNCLAIMED, REJECTED)
ELSEWHERE = Actor("per_wu", given.MANAGER.roles, frozenset({"sit_shanghai"}))


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def kept(research: ResearchInMemory, outcome: Outcome) -> Outcome:
    context = Context(command_id=outcome.id, actor=given.MANAGER, now=given.NOW)
    research.stores.outcomes.add(outcome.id, Decision(outcome, what="seeded"), context)
    return outcome


def exported(research: ResearchInMemory, who: Actor = given.MANAGER, **fields: Any) -> View:
    return research.export_outcomes(parsed(queries.ExportOutcomes, {"format": "csl-json", **fields}), who)


def titles(answer: View, name: str = "csl-json") -> list[str]:
    content = base64.b64decode(answer["content"])
    return [each.title for each in records(name, content) if isinstance(each, Reference)] if answer["outcomes"] else []


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json", "csv", "xlsx"])
def test_what_was_told_goes_out_in_any_format_and_comes_back_as_it_was(research: ResearchInMemory, name: str) -> None:
    outcome = kept(research, given.outcome(state=REPORTED, **given.IN_FULL))
    answer = exported(research, format=name)
    assert (answer["outcomes"], answer["next"]) == (1, None)
    assert answer["file"].startswith("outcomes.")
    assert records(name, base64.b64decode(answer["content"])) == [reference_of(outcome)]


def test_it_is_called_as_its_file_called_it() -> None:
    assert reference_of(given.outcome(label="bano2026")).label == "bano2026"
    assert reference_of(given.outcome()).label == "out_1"


def test_only_what_the_actor_may_see_goes_out(research: ResearchInMemory) -> None:
    kept(research, given.outcome(state=REPORTED, title="Seen"))
    assert titles(exported(research)) == ["Seen"]
    assert exported(research, ELSEWHERE)["outcomes"] == 0


def test_what_says_nothing_is_left_out(research: ResearchInMemory) -> None:
    for state in STATES:
        kept(research, given.outcome(id=f"out_{state}", state=state, title=state))
    assert set(titles(exported(research))) == TELLING == {REPORTED, ADOPTED, UNCLAIMED}


def test_a_file_holds_so_many_and_the_next_goes_on(research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[queries.ExportOutcomes.__module__], "_AT_ONCE", 2)
    for number in range(5):
        kept(research, given.outcome(id=f"out_{number}", state=REPORTED, title=f"T{number}"))
    first = exported(research, limit=3)
    rest = exported(research, limit=3, after=first["next"])
    assert sorted(titles(first) + titles(rest)) == [f"T{number}" for number in range(5)]
    assert (first["outcomes"], rest["outcomes"], rest["next"]) == (3, 2, None)


MUCH = {"also": (("bibtex:note", "x" * (MOST_CHARACTERS // 2)),)}
MANY = {"contributors": tuple(Contributor(f"Author {number}", "author") for number in range(MOST_CHARACTERS // 200))}


@pytest.mark.parametrize("told", [MUCH, MANY])
def test_what_would_not_fit_into_one_answer_comes_in_the_next(research: ResearchInMemory, told: Any) -> None:
    for number in range(3):
        kept(research, given.outcome(id=f"out_{number}", state=REPORTED, title=f"T{number}", **told))
    first = exported(research, format="csv")
    rest = exported(research, format="csv", after=first["next"])
    last = exported(research, format="csv", after=rest["next"])
    assert [each["outcomes"] for each in (first, rest, last)] == [1, 1, 1]
    assert last["next"] is None


def test_the_filters_are_those_of_the_list(research: ResearchInMemory) -> None:
    kept(research, given.outcome(state=REPORTED, title="Of the visit"))
    kept(
        research,
        given.outcome(id="out_2", state=REPORTED, title="Of another", origin=replace(given.OF_VISIT, id="vis_2")),
    )
    assert titles(exported(research, visit_id="vis_1")) == ["Of the visit"]


def test_another_format_is_refused_by_name(research: ResearchInMemory) -> None:
    with pytest.raises(UnknownFormat) as refused:
        exported(research, format="marc")
    assert set(refused.value.facts["known"]) >= {"bibtex", "csv"}


@pytest.mark.parametrize("fields", [{"limit": 1_001}, {"limit": 0}, {"format": ""}, {"format": "../x"}])
def test_what_is_asked_is_bounded(research: ResearchInMemory, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        exported(research, **fields)


def test_a_further_writer_is_taken_by_its_name(research: ResearchInMemory) -> None:
    class Counting:
        ending, media_type = ".txt", "text/plain"

        def write(self, outcomes: Any, /) -> bytes:
            return str(len(outcomes)).encode()

    kept(research, given.outcome(state=REPORTED))
    stores = replace(research.stores, writers={**research.stores.writers, "count": Counting()})
    research.put_together(stores, research.clock)
    answer = exported(research, format="count")
    assert (answer["file"], base64.b64decode(answer["content"])) == ("outcomes.txt", b"1")
