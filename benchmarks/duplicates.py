"""Duplicates: how long a search takes among very many outcomes, beside comparing all, and how much it finds."""

import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.papers import otherwise_written, papers, that_look_alike
from benchmarks.sizes import Sizes
from chassis.clock import SystemClock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.store.writing import inserted
from services.research.adapters.repositories import OutcomeStore
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application.duplicates import duplicates_of
from services.research.application.ports.outcomes import Outcomes
from services.research.bootstrap.finding import common_keys_on
from services.research.domain.contributors import Contributor
from services.research.domain.duplicates.scoring import LIKELY, Described, likeness
from tests.unit.research import given

ALLOWED_MS = 50
_AT_ONCE = 100
_COMPARED_WITH_ALL = 3
"""The first time each is read, too."""


def duplicates(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Each sought paper is one that stands, written otherwise in each of several ways, without its DOI."""
    stored, chance = papers(sizes.described), Random(2)
    outcomes = _kept(ground, stored)
    sought = [
        (name, number, other)
        for number in chance.sample(range(len(stored)), min(sizes.sought, len(stored)))
        for name, other in otherwise_written(stored[number], chance)
    ]
    seconds, found, likely = _searched(outcomes, sought)
    among = f"search for duplicates among {len(stored):,}"
    yield at_most(f"{among}: median", seconds[len(seconds) // 2] * 1000, "ms", "what is allowed", ALLOWED_MS, 1)
    yield at_most(f"{among}: 99th", seconds[int(len(seconds) * 0.99)] * 1000, "ms", "what is allowed", ALLOWED_MS, 1)
    naive = statistics.median(_seconds_of_all(stored, other) for _, _, other in sought[:_COMPARED_WITH_ALL])
    yield beside(f"{among}: mean", statistics.mean(seconds) * 1000, "ms", "comparing all, read before", naive * 1000)
    for name, count in Counter(name for name, *_ in sought).items():
        yield beside(f"duplicates found, {name}", 100 * found[name] / count, "%", "all of them", 100)
        yield beside(f"duplicates found to be likely, {name}", 100 * likely[name] / count, "%", "all of them", 100)
    yield from _told_apart(stored, chance, sizes.sought)


def _kept(ground: Ground, stored: Sequence[Described]) -> Outcomes:
    collection = database_at(ground.installation().mongo_url("research"))["outcomes"]
    for first in range(0, len(stored), _AT_ONCE):
        several = enumerate(stored[first : first + _AT_ONCE], start=first)
        collection.insert_many([_document(number, paper) for number, paper in several])
    common_keys_on(collection.database).count()
    return OutcomeStore(collection, OUTCOME_SHAPE, SystemClock())


def _document(number: int, paper: Described) -> dict[str, object]:
    outcome = given.outcome(
        id=_id(number),
        state="unclaimed",
        title=paper.title,
        doi=paper.doi,
        details={"year": paper.year},
        contributors=tuple(Contributor(name, "author") for name in paper.authors),
    )
    context = Context(derived(outcome.id), SYSTEM, given.NOW)
    return inserted(outcome.id, Decision(outcome, what="imported"), context, OUTCOME_SHAPE)[0]


def _id(number: int) -> str:
    return f"out_{number:08}"


def _searched(
    outcomes: Outcomes, sought: Sequence[tuple[str, int, Described]]
) -> tuple[list[float], Counter[str], Counter[str]]:
    """How long each search took, in order; of each way how many were found, and how many were likely."""
    seconds, found, likely = list[float](), Counter[str](), Counter[str]()
    for name, number, other in sought:
        began = time.perf_counter()
        answer = {each.id: each.likeness for each in duplicates_of(other, outcomes, lambda _: True)}
        seconds.append(time.perf_counter() - began)
        itself = answer.get(_id(number))
        found[name] += itself is not None
        likely[name] += itself is not None and itself.verdict == LIKELY
    return sorted(seconds), found, likely


def _seconds_of_all(stored: Sequence[Described], sought: Described) -> float:
    began = time.perf_counter()
    for each in stored:
        likeness(sought, each)
    return time.perf_counter() - began


def _told_apart(stored: Sequence[Described], chance: Random, count: int) -> Iterator[Figure]:
    """Other papers that are nearly the same: so many are not taken for likely duplicates."""
    asked, apart = Counter[str](), Counter[str]()
    for paper in chance.sample(list(stored), min(count, len(stored))):
        for name, other in that_look_alike(paper, chance):
            asked[name] += 1
            apart[name] += likeness(paper, other).verdict != LIKELY
    for name, many in asked.items():
        yield beside(f"duplicates told apart, {name}", 100 * apart[name] / many, "%", "all of them", 100)
