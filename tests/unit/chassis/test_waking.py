"""Listening to the database, and leaving it alone while there is a backlog."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from pymongo.database import Database

from chassis.relay.waking import Waking
from tests.probes import Finding, equal, eventually


class TellingDatabase:
    """Tells of one decision each time somebody asks. `opened` counts the streams, `asked` the questions."""

    def __init__(self) -> None:
        self.opened = self.asked = 0
        self.alive = True

    @contextmanager
    def watch(self, *_: Any, **__: Any) -> Iterator["TellingDatabase"]:
        self.opened += 1
        yield self

    def try_next(self) -> dict[str, Any]:
        self.asked += 1
        threading.Event().wait(0.001)
        return {"ns": {"coll": "visits"}}


@contextmanager
def waking(database: TellingDatabase, busy: threading.Event, told: list[str]) -> Iterator[Waking]:
    listening = Waking(cast("Database[Any]", database), ["visits"], told.append, busy.is_set)
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    try:
        yield listening
    finally:
        listening.leave()
        thread.join(5)


def test_each_decision_that_the_database_tells_of_wakes() -> None:
    told: list[str] = []
    with waking(TellingDatabase(), threading.Event(), told) as one:
        eventually(lambda: Finding(told, len(told) > 2, "more than two decisions"))
        assert one.listening
    assert set(told) == {"visits"}


def test_nobody_listens_while_there_is_a_backlog_and_again_afterwards() -> None:
    database, busy = TellingDatabase(), threading.Event()
    with waking(database, busy, []) as one:
        eventually(lambda: equal(one.listening, wanted=True))
        busy.set()
        eventually(lambda: equal(one.listening, wanted=False))
        asked = database.asked
        busy.clear()
        eventually(lambda: equal(one.listening, wanted=True))
        assert (database.opened, database.asked >= asked) == (2, True)
