"""Measures of very many outcomes: by agreement, by field and year, and of all together."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pymongo import MongoClient

from benchmarks.figures import Figure, at_most
from benchmarks.ground import Ground
from benchmarks.outcomes import store_outcomes
from benchmarks.sizes import Sizes
from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.store import database_at
from services.research.application.queries import AskMeasures
from services.research.bootstrap import Research
from services.research.domain.measuring import MEASURED
from tests.alliance import StandingClock

Result = TypeVar("Result")
ALLOWED_MS = 300
ASKED: Mapping[str, dict[str, Any]] = {
    "of all": {},
    "by agreement": {"by": ["agreement"]},
    "by field and year": {"by": ["field", "year"]},
    "by site, of one year": {"by": ["site"], "year": 2024},
}


def measures(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Each question beside what is allowed, and beside an aggregation by hand that only counts states by agreement.

    Raises `AssertionError` where the two do not count the same.
    """
    url = ground.bare_database()
    database = database_at(url)
    cells = store_outcomes(database, sizes.outcomes, random.Random(1))
    research = Research(database, StandingClock())
    by_hand, counted = _timed(lambda: _by_hand(url))
    told = _ask(research, ASKED["by agreement"])["rows"]
    if {row["agreement"]: {state: row[state] for state in MEASURED} for row in told} != counted:
        raise AssertionError("the measures are not what one counts by hand")
    for name, fields in ASKED.items():
        taken = statistics.median(_timed(lambda: _ask(research, fields))[0] for _ in range(4 * sizes.rounds))  # noqa: B023
        title = f"measures of {sizes.outcomes:,} outcomes in {cells:,} cells, {name}: median"
        yield at_most(title, taken, "ms", "what is allowed", ALLOWED_MS, 1)
        yield at_most(title, taken, "ms", "states by agreement, aggregated over the outcomes", by_hand, 1)


def _ask(research: Research, fields: dict[str, Any]) -> dict[str, Any]:
    return research.measures(parsed(AskMeasures, fields), SYSTEM)


def _by_hand(url: str) -> dict[str, dict[str, int]]:
    """By a client that has more patience than a service."""
    states = {state: {"$sum": {"$cond": [{"$eq": ["$state", state]}, 1, 0]}} for state in MEASURED}
    with MongoClient[dict[str, Any]](url) as client:
        outcomes = client.get_default_database()["outcomes"]
        found = list(outcomes.aggregate([{"$group": {"_id": "$agreement", **states}}]))
    return {each["_id"]: {state: each[state] for state in MEASURED} for each in found}


def _timed(what: Callable[[], Result]) -> tuple[float, Result]:
    """Milliseconds, and what came of it."""
    began = time.perf_counter()
    result = what()
    return (time.perf_counter() - began) * 1000, result
