"""`Letters` keep their promises, in memory and on MongoDB."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.documents import HoldTaken
from chassis.store import database_at
from chassis.store.shape import Edition
from contracts.exchange.v1 import LetterIssued
from services.exchange.adapters import shapes
from services.exchange.adapters.letter_store import LetterStore
from services.exchange.application.ports.letters import Letters
from services.exchange.domain.letter import ISSUED, REQUESTED, issue, request, supersede
from tests.alliance import EXCHANGE_ALONE, START
from tests.event_factory import make_event
from tests.fakes.exchange import FakeLetters
from tests.fakes.memory import Memory
from tests.fixtures.installations import MakeInstallation
from tests.unit.exchange.given_letter import letter

FRESH = replace(letter(), state=REQUESTED, issued_at=None)


def told(happenings: Sequence[object], _: Edition) -> list[LetterIssued]:
    return [LetterIssued.model_validate(make_event(LetterIssued.type)["data"]) for _ in happenings]


@pytest.fixture(params=["memory", pytest.param("mongo", marks=pytest.mark.broker)])
def letters(request: pytest.FixtureRequest) -> Iterator[Letters]:
    if request.param == "memory":
        yield FakeLetters(Memory())
        return
    make: MakeInstallation = request.getfixturevalue("make_installation")
    database = database_at(make([EXCHANGE_ALONE]).mongo_url("exchange"))
    yield LetterStore(database["letters"], shapes.letter_shape(told))


def command(number: int = 1) -> Context:
    return Context(f"{number:032x}", Actor("per_zhang"), START)


def kept(letters: Letters, number: int = 1, **different: object) -> str:
    one = replace(FRESH, id=f"ltr_{number}", number=number, code=f"{number:016d}", **different)  # type: ignore[arg-type]
    letters.add(one.id, request(one), command(number))
    return one.id


def test_a_letter_is_loaded_as_it_was_kept(letters: Letters) -> None:
    found = letters.load(kept(letters)).state
    assert found == replace(FRESH, id="ltr_1", number=1, code=f"{1:016d}")


def test_its_pdf_is_loaded_with_it_and_left_out_of_lists(letters: Letters) -> None:
    loaded = letters.load(kept(letters))
    letters.save(loaded, issue(loaded.state, "sealed", now=START), command(2))
    assert letters.load("ltr_1").state.pdf == "sealed"
    (listed,) = letters.of_visit(FRESH.visit)
    assert (listed.state.state, listed.version) == (ISSUED, 2)


def test_one_letter_stands_for_a_visitor_of_a_visit(letters: Letters) -> None:
    kept(letters)
    with pytest.raises(HoldTaken):
        kept(letters, 2)
    kept(letters, 3, person="per_2")
    kept(letters, 4, visit="vis_2")


def test_what_takes_a_letters_place_stands_instead(letters: Letters) -> None:
    first = letters.load(kept(letters))
    letters.save(first, supersede(first.state, by="ltr_2"), command(2))
    kept(letters, 2)
    standing = letters.standing(FRESH.visit, FRESH.person)
    assert standing is not None
    assert standing.id == "ltr_2"
    assert letters.count(FRESH.visit, FRESH.person) == 2
    assert [each.id for each in letters.of_visit(FRESH.visit)] == ["ltr_1", "ltr_2"]


def test_the_letters_of_a_visit_come_oldest_first_whatever_their_ids(letters: Letters) -> None:
    for number, minutes in ((2, 30), (3, 10), (1, 20)):
        kept(letters, number, person=f"per_{number}", asked_at=START + timedelta(minutes=minutes))
    assert [each.id for each in letters.of_visit(FRESH.visit)] == ["ltr_3", "ltr_1", "ltr_2"]


def test_where_none_stands_none_is_found(letters: Letters) -> None:
    assert letters.standing("vis_9", "per_9") is None
    assert letters.count("vis_9", "per_9") == 0
    assert letters.with_code("0" * 16) is None


def test_a_letter_is_found_by_its_code(letters: Letters) -> None:
    kept(letters)
    found = letters.with_code(f"{1:016d}")
    assert found is not None
    assert found.id == "ltr_1"


def test_those_that_were_made_are_found_whole_page_by_page(letters: Letters) -> None:
    for number in (1, 2, 3, 4):
        loaded = letters.load(kept(letters, number, person=f"per_{number}"))
        if number != 3:
            letters.save(loaded, issue(loaded.state, f"sealed {number}", now=START), command(10 + number))
    first = letters.with_pdf(after=None, limit=2)
    assert [(each.id, each.state.pdf) for each in first] == [("ltr_1", "sealed 1"), ("ltr_2", "sealed 2")]
    assert [each.id for each in letters.with_pdf(after="ltr_2", limit=2)] == ["ltr_4"]
    assert [each.id for each in letters.with_pdf(after="ltr_", limit=9)] == ["ltr_1", "ltr_2", "ltr_4"]
