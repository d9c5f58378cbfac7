"""Very many bookings at once for few seats, and how fast booking is beside the store's own conditional update."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any, TypeVar

from benchmarks.figures import Figure, at_least, beside
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from chassis.kernel.decision import Receipt
from chassis.store import database_at
from services.exchange.domain.refusals import HostFull
from tests.alliance import Alliance

Given = TypeVar("Given")
Result = TypeVar("Result")
UPDATES_EACH = 10


def crowd(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Everybody accepts at the same moment; who is too late is told what else is possible."""
    database = database_at(ground.installation().mongo_url("exchange"))
    alliance = Alliance(database, seats=sizes.crowd_seats, visits_per_year=1000)
    proposed = [alliance.propose() for _ in range(sizes.crowd)]
    answers, took = _at_once(lambda visit: _accepted(alliance, visit), proposed)
    won = [each for each in answers if isinstance(each, Receipt)]
    told = [each for each in answers if isinstance(each, HostFull)]
    _must_be_exact(alliance, sizes, won, told)
    name = f"{sizes.crowd} bookings at once for {sizes.crowd_seats} seats"
    yield at_least(f"{name}: winners", len(won), "", "seats", sizes.crowd_seats, 1.0)
    peer = f"conditional updates by {sizes.crowd} writers"
    yield beside(f"{name}: answers per second", sizes.crowd / took, "/s", peer, _updates(ground, sizes.crowd))


def _must_be_exact(alliance: Alliance, sizes: Sizes, won: Sequence[Receipt], told: Sequence[HostFull]) -> None:
    """As many as there are seats win, all others are told alternatives, cheapest first, and the first is bookable."""
    if (len(won), len(told)) != (sizes.crowd_seats, sizes.crowd - sizes.crowd_seats):
        raise AssertionError(f"{len(won)} won and {len(told)} were told that the host is full")
    for full in told:
        costs = [each["cost"] for each in full.facts["alternatives"]]
        if not costs or costs != sorted(costs):
            raise AssertionError(f"the alternatives are {full.facts['alternatives']}")
    best = told[0].facts["alternatives"][0]
    alliance.accept(alliance.propose(arrival=date.fromisoformat(best["arrival"])))


def _accepted(alliance: Alliance, visit: Receipt) -> Receipt | HostFull:
    try:
        return alliance.accept(visit)
    except HostFull as full:
        return full


def _at_once(do: Callable[[Given], Result], each: Sequence[Given]) -> tuple[list[Result], float]:
    """What a thread for each has done, all of them let go at one moment, and the seconds that all took."""
    start = Barrier(len(each) + 1)

    def waiting(one: Given) -> Result:
        start.wait()
        return do(one)

    with ThreadPoolExecutor(len(each)) as pool:
        asked = [pool.submit(waiting, one) for one in each]
        start.wait()
        began = time.perf_counter()
        done = [one.result() for one in asked]
        return done, time.perf_counter() - began


def _updates(ground: Ground, writers: int) -> float:
    """Updates per second, each on condition of the version that was seen, every writer on a document of its own."""
    documents = database_at(ground.installation().mongo_url("exchange"))["visits"]
    documents.insert_many([{"_id": f"vis_{number}", "version": 0} for number in range(writers)])

    def write(number: int) -> None:
        for version in range(UPDATES_EACH):
            seen: dict[str, Any] = {"_id": f"vis_{number}", "version": version}
            assert documents.update_one(seen, {"$inc": {"version": 1}}).modified_count == 1

    _, took = _at_once(write, range(writers))
    return writers * UPDATES_EACH / took
