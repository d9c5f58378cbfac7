"""Booking under one quota by writers at once."""

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.figures import Figure, beside
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from chassis.kernel.decision import Receipt
from chassis.store import database_at
from tests.alliance import Alliance


def booking(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Acceptances by several writers under one quota, exact, beside as many by one writer."""
    together, seconds = _booked(ground, sizes.bookings, sizes.writers)
    alone, each = _booked(ground, sizes.bookings, writers=1)
    name, peer = f"{sizes.bookings} bookings by {sizes.writers} writers under one quota, exact", "by one writer"
    yield beside(f"{name}: all", together, "s", peer, alone)
    yield beside(f"{name}: median", statistics.median(seconds) * 1000, "ms", peer, statistics.median(each) * 1000)
    yield beside(f"{name}: maximum", max(seconds) * 1000, "ms", peer, max(each) * 1000)


def _booked(ground: Ground, bookings: int, writers: int) -> tuple[float, list[float]]:
    """Seconds that all took, and each. Raises `AssertionError` where the quota's count is not exact."""
    database = database_at(ground.installation().mongo_url("exchange"))
    alliance = Alliance(database, seats=100, visits_per_year=bookings)
    proposed = [alliance.propose() for _ in range(bookings)]
    began = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        seconds = list(pool.map(lambda visit: _seconds_to_accept(alliance, visit), proposed))
    took = time.perf_counter() - began
    visits = alliance.balance()["visits"]
    if (visits["held"], visits["left"]) != (bookings, 0):
        raise AssertionError(f"after {bookings} bookings the quota says {visits}")
    return took, seconds


def _seconds_to_accept(alliance: Alliance, visit: Receipt) -> float:
    began = time.perf_counter()
    alliance.accept(visit)
    return time.perf_counter() - began
