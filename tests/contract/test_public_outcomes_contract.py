"""What harvesting needs of its shelf: in memory and in the database alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.research.adapters.public_outcomes import PublicOutcomeStore
from services.research.adapters.repositories import OutcomeStore
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application.ports.harvesting import PublicOutcomes
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.harvesting.tokens import Mark
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.fakes.memory import Memory
from tests.fakes.research import FakeOutcomes, FakePublicOutcomes
from tests.unit.research.harvesters import outcome_of

BEGIN = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
Page = Callable[..., list[str]]


@dataclass(frozen=True)
class Shelves:
    outcomes: Outcomes
    public: PublicOutcomes


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        fake = FakeOutcomes(Memory())
        return Shelves(fake, FakePublicOutcomes(fake))
    installation = request.getfixturevalue("make_installation")([RESEARCH_ALONE])
    kept = database_at(installation.mongo_url("research"))["outcomes"]
    return Shelves(OutcomeStore(kept, OUTCOME_SHAPE, StandingClock()), PublicOutcomeStore(kept, OUTCOME_SHAPE))


def test_what_is_public_or_was_is_found_in_the_order_in_which_it_changed(shelves: Shelves) -> None:
    assert shelves.public.earliest() is None
    publics = [(5, "publication", True), (1, "software", False), (3, "publication", None), (4, "award", True),
               (2, "publication", True)]  # fmt: skip
    for day, (number, outcome_type, public) in enumerate(publics):
        outcome = outcome_of(outcome_type, number, public=public)
        context = Context(derived("keep", outcome.id), SYSTEM, BEGIN + timedelta(days=day))
        shelves.outcomes.add(outcome.id, Decision(outcome, what="told"), context)

    def page(
        *types: str, since: int | None = None, before: int | None = None, after: Mark | None = None, limit: int = 9
    ) -> list[int]:
        edges = [None if day is None else BEGIN + timedelta(days=day) for day in (since, before)]
        found = shelves.public.page(types or None, since=edges[0], before=edges[1], after=after, limit=limit)
        return [int(each.what.id[4:]) for each in found]

    def mark(day: int, number: int) -> Mark:
        return Mark(BEGIN + timedelta(days=day), f"out_{number:03}")

    assert page() == [5, 1, 4, 2]
    assert page(limit=2) == [5, 1]
    assert page(after=mark(1, 1), limit=1) == [4]
    assert page("publication") == [5, 2]
    assert page("publication", "award", after=mark(0, 5)) == [4, 2]
    assert page(since=1) == [1, 4, 2]
    assert page(before=3) == [5, 1]
    assert page(since=1, before=4) == [1, 4]
    assert page("software", since=1, before=4) == [1]
    assert page(since=1, after=mark(1, 1), limit=1) == [4]
    assert page(since=2, after=mark(1, 0)) == page(since=2, after=mark(0, 5)) == [4, 2]
    assert page(before=3, after=mark(4, 1)) == []
    assert shelves.public.earliest() == BEGIN
    one = shelves.public.one("out_004")
    assert one
    assert (one.what, one.mark) == (outcome_of("award", 4), mark(3, 4))
    assert [shelves.public.one(each) for each in ("out_003", "out_9")] == [None, None]


def test_those_that_changed_at_the_same_moment_come_in_the_order_of_their_ids(shelves: Shelves) -> None:
    for number in (4, 2, 1, 3):
        outcome = outcome_of("publication" if number % 2 else "software", number, public=number < 3)
        shelves.outcomes.add(
            outcome.id, Decision(outcome, what="told"), Context(derived("keep", outcome.id), SYSTEM, BEGIN)
        )
    for since in (None, BEGIN):
        for types in (None, ("publication", "software")):
            pages, after = [], None
            while page := shelves.public.page(types, since=since, before=None, after=after, limit=1):
                pages.append(page[0].what.id)
                after = page[0].mark
            assert pages == [f"out_{number:03}" for number in range(1, 5)]


@pytest.mark.parametrize("limit", [1, 3, 9])
def test_pages_join_however_far_apart_the_changes_are(shelves: Shelves, limit: int) -> None:
    days = [0, 0.25, 0.3, 2, 2.25, 20, 130, 150, 1000, 4000]
    for number, day in enumerate(days):
        outcome = outcome_of("publication", number)
        context = Context(derived("keep", outcome.id), SYSTEM, BEGIN + timedelta(days=day))
        shelves.outcomes.add(outcome.id, Decision(outcome, what="told"), context)
    for since, before in ((None, None), (0, None), (0.25, None), (None, 1000), (0, 1000), (2, 4001), (3, 5)):
        edges = [None if day is None else BEGIN + timedelta(days=day) for day in (since, before)]
        came: list[str] = []
        after = None
        while page := shelves.public.page(None, since=edges[0], before=edges[1], after=after, limit=limit):
            came += [each.what.id for each in page]
            after = page[-1].mark
        within = [number for number, day in enumerate(days) if (since or 0) <= day < (before or 9999)]
        assert came == [f"out_{number:03}" for number in within]
