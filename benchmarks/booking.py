"""Booking under one quota by writers at once."""

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.figures import Figure
from benchmarks.ground import Ground
from chassis.kernel.decision import Receipt
from chassis.store import database_at
from tests.alliance import Alliance

BOOKINGS, WRITERS = 80, 10


def booking(ground: Ground) -> Iterator[Figure]:
    """80 acceptances by 10 writers under one quota: exact, and how long each took."""
    alliance = Alliance(database_at(ground.installation().mongo_url("exchange")), seats=100)
    proposed = [alliance.propose() for _ in range(BOOKINGS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as writers:
        seconds = list(writers.map(lambda visit: _seconds_to_accept(alliance, visit), proposed))
    took = time.perf_counter() - began
    held = alliance.balance()["visits"]["held"]
    if held != BOOKINGS:
        raise AssertionError(f"{held} held after {BOOKINGS} bookings")
    alone = [_seconds_to_accept(alliance, alliance.propose(days=1)) for _ in range(20)]
    name = f"{BOOKINGS} bookings by {WRITERS} writers under one quota, exact"
    yield Figure(f"{name}: all", took, "s")
    yield Figure(f"{name}: median", statistics.median(seconds) * 1000, "ms")
    yield Figure(f"{name}: maximum", max(seconds) * 1000, "ms")
    yield Figure("one booking alone: median", statistics.median(alone) * 1000, "ms")


def _seconds_to_accept(alliance: Alliance, visit: Receipt) -> float:
    began = time.perf_counter()
    alliance.accept(visit)
    return time.perf_counter() - began
