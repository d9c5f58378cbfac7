"""What a person's inbox takes in a store with very many notifications: the page, with what is unread and unseen."""

import os
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial

from benchmarks.figures import Figure, at_most
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from benchmarks.stored.inbox_seeding import recipient, seed, told
from benchmarks.stored.keeping import Stock, kept
from chassis.commands import parsed
from chassis.kernel.actor import VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import uuid7
from chassis.store import database_at
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.application.commands import SeeInbox
from services.notify.application.queries import AskInbox
from services.notify.bootstrap import Notify
from services.notify.manifest import MANIFEST
from tests.alliance import START, StandingClock
from tests.fakes.webhooks import FakeOutgoing

NOTIFY_ALONE = replace(MANIFEST, subscribes_to=())
MADE_BY = (
    "benchmarks/stored/copies.py",
    "benchmarks/stored/inbox_seeding.py",
    "chassis/store/shape.py",
    "chassis/store/writing.py",
    "services/notify/adapters/shapes.py",
    "services/notify/domain/delivery.py",
    "services/notify/domain/notification.py",
)
ALLOWED_MS = 20
AIM = 1.3
WARMING_UP = 5


def inboxes(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """The whole question, in turns among few and among many stored notifications.

    There are as many more people as there are more notifications: an inbox has as many here as there.
    """
    each = sizes.inbox_each
    with ExitStack() as open_stores:
        few, many = (
            _Store(open_stores.enter_context(kept(_stock(stored, each), ground.kept))[0], stored // each, each)
            for stored in (sizes.notified_few, sizes.notified_many)
        )
        for number in range(WARMING_UP + sizes.inboxes):
            for store in random.sample((few, many), 2):
                store.look(counts=number >= WARMING_UP)
    name = f"an inbox of {each:,} among {sizes.notified_many:,} notifications: median"
    yield at_most(name, many.median, "ms", "what is allowed", ALLOWED_MS, 1)
    yield at_most(name, many.median, "ms", f"among {sizes.notified_few:,}", few.median, AIM)


@dataclass
class _Store:
    """One database, the people in it, and the milliseconds that each look took."""

    url: str
    people: int
    each: int
    took: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._notify = Notify(database_at(self.url), StandingClock(), FakeOutgoing().whole, HmacPaceTokens("0" * 32))

    def look(self, *, counts: bool) -> None:
        """Somebody opens their inbox, in which a few came since they last did."""
        person = recipient(random.randrange(self.people))
        who = Actor(person, frozenset({VISITOR}))
        self._saw(who, told(person, self.each - random.randint(1, 20)))
        began = time.perf_counter()
        shown = self._notify.inbox(parsed(AskInbox, {}), who)
        took = (time.perf_counter() - began) * 1000
        assert shown["items"]
        assert shown["unread"]
        if counts:
            self.took.append(took)

    def _saw(self, who: Actor, newest: str) -> None:
        seen = parsed(SeeInbox, {"newest": newest})
        self._notify.see_inbox(seen, Context(uuid7(START, os.urandom(10)), who, START))

    @property
    def median(self) -> float:
        return statistics.median(self.took)


def _stock(stored: int, each: int) -> Stock:
    seeded = partial(seed, many=stored, each=each)
    return Stock("notifications", stored, NOTIFY_ALONE, ("notifications",), MADE_BY, seeded, each)
