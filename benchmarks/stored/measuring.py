"""Booking, and looking at lists of visits, where few visits are stored and where very many are, in turns."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from benchmarks.stored.hospitals import DAYS, Hospital, Hospitals
from benchmarks.stored.kept import kept
from benchmarks.stored.seeding import HORIZON, NEXT
from chassis.kernel.decision import Receipt

Result = TypeVar("Result")
WARMING_UP = 10
AIM = 1.3
LISTED = (None, "proposed", "booked", "fulfilled")


def stored(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Seconds of a proposal and its acceptance, and of the lists' first pages, among few and among many stored visits.

    There are as many more hospitals as there are more visits: each is as busy here as there, and what differs is how
    much is stored.
    """
    with ExitStack() as open_stores:
        stores = [
            _Measured(open_stores.enter_context(kept(visits, visits // sizes.stored_each, ground.kept)))
            for visits in (sizes.stored_few, sizes.stored_many)
        ]
        try:
            _take_turns(stores, sizes.stored_bookings)
        finally:
            for each in stores:
                each.clear()
    yield from _figures(*stores)


@dataclass
class _Measured:
    """One store, and what was measured there: seconds of each proposal and acceptance, and of the lists."""

    there: Hospitals
    seconds: list[tuple[float, float]] = field(default_factory=list)
    listed: list[float] = field(default_factory=list)
    booked: list[tuple[Hospital, Receipt]] = field(default_factory=list)

    def __post_init__(self) -> None:
        pairs = [(hospital, guest) for hospital in self.there.all for guest in hospital.guests]
        self._trips = iter(random.sample(pairs, len(pairs)))

    def book(self) -> None:
        """Somebody who was there before goes again, on days that nobody chose."""
        hospital, guest = next(self._trips)
        proposed, proposing = _timed(lambda: self.there.propose(hospital, guest, _some_day()))
        booked, accepting = _timed(lambda: self.there.accept(hospital, proposed))
        self.booked.append((hospital, booked))
        self.seconds.append((proposing, accepting))

    def look(self) -> None:
        """Somebody looks at the visits of a hospital, at all of them and at those in some states."""
        hospital = random.choice(self.there.all)
        self.listed.append(_timed(lambda: [self.there.listed(hospital, state) for state in LISTED])[1])

    def clear(self) -> None:
        """The store is as before: the quota has its visits back, and what was only measured is gone."""
        for hospital, visit in self.booked:
            self.there.cancel(hospital, visit)
        self.there.database["visits"].delete_many({"_id": {"$in": [visit.id for _, visit in self.booked]}})


def _figures(few: _Measured, many: _Measured) -> Iterator[Figure]:
    name, peer = f"booking where {many.there.visits:,} visits are stored", f"where {few.there.visits:,} are"
    whole = [[sum(both) for both in each.seconds] for each in (many, few)]
    yield at_most(f"{name}: median", _percentile(whole[0], 50), "ms", peer, _percentile(whole[1], 50), AIM)
    yield at_most(f"{name}: p99", _percentile(whole[0], 99), "ms", peer, _percentile(whole[1], 99), AIM)
    for number, part in enumerate(("proposal", "acceptance")):
        ours, others = ([both[number] for both in each.seconds] for each in (many, few))
        yield beside(f"{name}: {part}, median", _percentile(ours, 50), "ms", peer, _percentile(others, 50))
    listed = [_percentile(each.listed, 50) for each in (many, few)]
    yield at_most(f"lists where {many.there.visits:,} visits are stored: median", listed[0], "ms", peer, listed[1], AIM)


def _take_turns(stores: Sequence[_Measured], bookings: int) -> None:
    for number in range(WARMING_UP + bookings):
        for each in random.sample(stores, len(stores)):
            each.book()
            each.look()
        if number + 1 == WARMING_UP:
            for each in stores:
                each.seconds.clear()
                each.listed.clear()


def _some_day() -> date:
    return (NEXT + timedelta(days=random.randrange(HORIZON.days - DAYS))).date()


def _timed(what: Callable[[], Result]) -> tuple[Result, float]:
    began = time.perf_counter()
    result = what()
    return result, time.perf_counter() - began


def _percentile(seconds: Sequence[float], percent: int) -> float:
    """Milliseconds."""
    return statistics.quantiles(seconds, n=100)[percent - 1] * 1000
