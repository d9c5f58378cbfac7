"""Finding a time: twelve hospitals, forty participants with about one consultation each workday, four weeks."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.meetings import Meetings
from benchmarks.sizes import Sizes
from chassis.store import database_at
from services.exchange.domain.consultations.finding.plan import Plan
from tests.unit.exchange import consultation_oracle

ALLOWED_MS = 300
NAME = "find a time, 12 sites, 40 participants, 4 weeks"


def finding(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """All of a question, reading included, beside what is allowed; and beside a search quarter by quarter, after
    everything was read. Raises `AssertionError` where both do not find equally many times."""
    meetings = Meetings(database_at(ground.installation().mongo_url("exchange")), sizes.meetings)
    seconds = sorted(_seconds_to_find(meetings) for _ in range(sizes.finds))
    median, slow = statistics.median(seconds) * 1000, seconds[int(len(seconds) * 0.99)] * 1000
    peer, found = _seconds_quarter_by_quarter(meetings.plan())
    if found != meetings.find()["possible"]:
        raise AssertionError(f"quarter by quarter there are {found} times, and {meetings.find()['possible']} are told")
    yield at_most(f"{NAME}: median", median, "ms", "what is allowed", ALLOWED_MS, 1)
    yield at_most(f"{NAME}: 99th percentile", slow, "ms", "what is allowed", ALLOWED_MS, 1)
    yield beside(f"{NAME}: median", median, "ms", "quarter by quarter, without reading", peer * 1000)


def _seconds_to_find(meetings: Meetings) -> float:
    began = time.perf_counter()
    assert meetings.find()["slots"]
    return time.perf_counter() - began


def _seconds_quarter_by_quarter(plan: Plan) -> tuple[float, int]:
    known: dict[Any, consultation_oracle.Causes] = {}
    began = time.perf_counter()
    found = [
        each for each in consultation_oracle.starts(plan) if consultation_oracle.is_time(plan, plan.wish, each, known)
    ]
    return time.perf_counter() - began, len(found)
