"""Long lists come in pages: whatever happens between two of them, who keeps the last of each record has all of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from services.research.application.queries import harvested as pages
from services.research.domain.contributors import Contributor
from services.research.domain.publicity import is_told
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.harvesters import (
    DC,
    Asked,
    change,
    error,
    harvested,
    ids,
    keep,
    outcome_of,
    texts,
    token,
    verb,
)
from tests.xml_judge import OAI

LIST, IDS = verb("ListRecords"), verb("ListIdentifiers")


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 2)


def public(*numbers: int) -> ResearchInMemory:
    research = ResearchInMemory(StandingClock(given.NOW))
    for number in numbers:
        keep(research, outcome_of("publication", number))
    return research


Between = Callable[[], None]


def walked(research: ResearchInMemory, *arguments: Asked, between: Between = lambda: None) -> Iterator[Any]:
    """Every page. `between` is called after each but the last."""
    asked = arguments
    while True:
        document = harvested(research, *asked)
        yield document
        going_on = token(document)
        if not going_on:
            return
        between()
        asked = (arguments[0], ("resumptionToken", going_on))


def all_ids(documents: Iterator[Any]) -> list[str]:
    return [each for document in documents for each in ids(document)]


@pytest.mark.parametrize("how_many", range(1, 6))
@pytest.mark.parametrize("of", [LIST, IDS], ids=["records", "headers"])
def test_pages_join_without_a_gap_and_the_last_one_says_so(how_many: int, of: Asked) -> None:
    documents = list(walked(public(*range(how_many)), of, DC))
    assert all_ids(iter(documents)) == [f"out_{number:03}" for number in range(how_many)]
    marks = [document.find(f".//{{{OAI}}}resumptionToken") for document in documents]
    if how_many <= 2:
        assert marks == [None]
        return
    assert [mark.get("cursor") for mark in marks] == [str(2 * number) for number in range(len(documents))]
    assert [mark.get("expirationDate") for mark in marks[:-1]] == ["2026-05-16T06:00:00Z"] * (len(marks) - 1)
    assert (marks[-1].text, marks[-1].get("expirationDate")) == (None, None)


def test_those_that_changed_within_one_second_come_once_each() -> None:
    research = public()
    for number in (4, 3, 2, 1, 0):
        research.clock.advance(timedelta(milliseconds=150))  # type: ignore[attr-defined]
        keep(research, outcome_of("publication", number))
    assert all_ids(walked(research, LIST, DC)) == [f"out_{number:03}" for number in (4, 3, 2, 1, 0)]


def test_a_page_has_fewer_records_where_these_name_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 4)
    monkeypatch.setattr(pages, "MOST_PEOPLE", 4)
    research = ResearchInMemory(StandingClock(given.NOW))
    for number, people in enumerate([2, 2, 2, 9, 0]):
        named = tuple(Contributor(f"Author {each}", "author") for each in range(people))
        keep(research, replace(outcome_of("publication", number), contributors=named))
    documents = list(walked(research, LIST, DC))
    assert [len(ids(document)) for document in documents] == [2, 1, 1, 1]
    marks = [document.find(f".//{{{OAI}}}resumptionToken") for document in documents]
    assert [mark.get("cursor") for mark in marks] == ["0", "2", "3", "4"]


DOES: dict[str, dict[str, Any]] = {
    "change": {"title": "Another title"},
    "take back": {"public": False},
    "question": {"questioned": "Entered twice."},
    "publish again": {"public": True, "questioned": ""},
}
DID = st.sampled_from(sorted(DOES))


@settings(max_examples=25)
@for_any(st.lists(st.tuples(st.integers(0, 6), DID), max_size=12), st.sampled_from([(), (("from", "2026-05-15"),)]))
def test_whatever_changes_between_two_pages_who_keeps_the_last_of_each_record_has_all_as_they_stand(
    acts: list[tuple[int, str]], since: tuple[Asked, ...]
) -> None:
    research = public(*range(7))
    left, changed = iter(acts), set()

    def between() -> None:
        research.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
        for number, what in (each for each in (next(left, None) for _ in range(4)) if each):
            changed.add(f"out_{number:03}")
            change(research, f"out_{number:03}", **DOES[what])

    came = all_ids(walked(research, LIST, DC, *since, between=between))
    assert {each.rstrip("!"): each for each in came} == {
        outcome_id: outcome_id + ("" if is_told(kept.state) else "!")
        for outcome_id, kept in research.fake_outcomes.kept.items()
    }
    untouched = [each for each in came if each not in changed and each.rstrip("!") not in changed]
    assert len(untouched) == len(set(untouched)) == 7 - len(changed)


def test_what_changes_between_two_pages_comes_behind_all_others_once_more_where_it_had_come() -> None:
    research = public(0, 1, 2, 3)
    left = iter([{"public": False}])

    def between() -> None:
        research.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
        for act in left:
            for changed in ("out_000", "out_002"):
                change(research, changed, **act)

    documents = list(walked(research, LIST, DC, between=between))
    assert all_ids(iter(documents)) == ["out_000", "out_001", "out_003", "out_000!", "out_002!"]
    stamps = [each for document in documents for each in texts(document, "datestamp")]
    assert stamps == sorted(stamps)


def test_what_is_published_between_two_pages_takes_nothing_away() -> None:
    research = public(0, 1, 4, 5)

    def between() -> None:
        for number in (3, 6):
            if f"out_{number:03}" not in research.fake_outcomes.kept:
                keep(research, outcome_of("publication", number))

    came = all_ids(walked(research, LIST, DC, between=between))
    assert [each for each in came if each in ("out_000", "out_001", "out_004", "out_005")] == [
        "out_000", "out_001", "out_004", "out_005",
    ]  # fmt: skip
    assert len(came) == len(set(came))


def test_a_list_whose_rest_has_gone_out_of_its_stretch_ends_by_name() -> None:
    research = public(0, 1, 2)
    first = harvested(research, LIST, DC, ("until", "2026-05-15"))
    research.clock.advance(timedelta(days=2))  # type: ignore[attr-defined]
    change(research, "out_002", title="Another title")
    research.clock.advance(timedelta(days=-2))  # type: ignore[attr-defined]
    assert error(harvested(research, LIST, ("resumptionToken", token(first) or ""))) == "noRecordsMatch"


def test_a_token_is_good_for_a_day() -> None:
    research = public(0, 1, 2)
    going_on = token(harvested(research, LIST, DC)) or ""
    research.clock.advance(timedelta(hours=23, minutes=59))  # type: ignore[attr-defined]
    assert ids(harvested(research, LIST, ("resumptionToken", going_on))) == ["out_002"]
    research.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    assert error(harvested(research, LIST, ("resumptionToken", going_on))) == "badResumptionToken"


def test_a_token_of_another_verb_or_a_forged_one_is_none() -> None:
    research = public(0, 1, 2)
    going_on = token(harvested(research, LIST, DC)) or ""
    assert error(harvested(research, IDS, ("resumptionToken", going_on))) == "badResumptionToken"
    parts = going_on.split("~")
    wrong = {1: "marc", 2: "cats", 3: "2026-99-99", 4: "2026", 5: "-1", 6: "per_1", 7: "-1", 8: "9" * 11}
    for place, forged in wrong.items():
        text = "~".join([*parts[:place], forged, *parts[place + 1 :]])
        assert error(harvested(research, LIST, ("resumptionToken", text))) == "badResumptionToken", text
