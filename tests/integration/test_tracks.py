"""Tracks on the real database: opened by the visit's own event, late steps told once, whoever looks."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import orjson
import pytest

from chassis.commands import parsed
from chassis.kernel.errors import Unavailable
from chassis.store import database_at
from chassis.timers import Timers
from contracts.catalogue import parse, read
from services.exchange.application import commands, queries
from services.exchange.domain.tracks.track import OVERDUE, track_id
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

WORKERS = 6
STEP_OVERDUE = "exchange.track.step-overdue.v1"


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    return Alliance(database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange")))


def events_of(alliance: Alliance, collection: str) -> list[dict[str, Any]]:
    """What waits to be published, in the order in which it was decided."""
    found = [entry for document in alliance.database[collection].find({}) for entry in document["outbox"]]
    return sorted((orjson.loads(entry["body"]) for entry in found), key=lambda event: str(event["time"]))


def deliver(alliance: Alliance, *events: dict[str, Any]) -> None:
    """As the broker would, with a handler's own retries on a conflict."""
    for body in events:
        event = parse(orjson.dumps(body))
        again: Callable[..., None] = alliance.exchange.handlers()[event.type]
        for _ in range(20):
            try:
                again(event, read(event))
                break
            except Unavailable:
                continue


def booked(alliance: Alliance) -> str:
    return alliance.accept(alliance.propose()).id


def timers(alliance: Alliance) -> Timers:
    return Timers(alliance.database["tracks"], {OVERDUE: alliance.exchange.tell_overdue_steps}, alliance.clock)


def told(alliance: Alliance) -> Counter[tuple[str, str]]:
    """How often each step and deadline was told as overdue."""
    late = [event["data"] for event in events_of(alliance, "tracks") if event["type"] == STEP_OVERDUE]
    return Counter((data["name"], data["deadline"]) for data in late)


def test_events_in_any_order_and_several_times_at_once_leave_one_track_of_the_newest_visit(alliance: Alliance) -> None:
    visit = booked(alliance)
    events = events_of(alliance, "visits")
    assert len(events) > 1
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(lambda event: deliver(alliance, event), [*reversed(events), *events] * 3))
    tracks = list(alliance.database["tracks"].find({}))
    assert [(track["_id"], track["visit_state"], track["visit_version"]) for track in tracks] == [
        (track_id(visit), "booked", 2)
    ]


def test_late_steps_are_told_once_by_however_many_workers(alliance: Alliance) -> None:
    booked(alliance)
    deliver(alliance, *events_of(alliance, "visits"))
    for _ in range(2):
        with ThreadPoolExecutor(WORKERS) as workers:
            list(workers.map(lambda _: timers(alliance).run_due(), range(WORKERS)))
    assert told(alliance) == {("leave", "2026-02-05"): 1, ("no-objection", "2026-02-20"): 1}
    alliance.clock.advance(timedelta(days=40))
    timers(alliance).run_due()
    assert told(alliance) == {
        ("leave", "2026-02-05"): 1,
        ("no-objection", "2026-02-20"): 1,
        ("china-visa", "2026-03-23"): 1,
        ("insurance-proof", "2026-03-23"): 1,
        ("police-registration", "2026-04-07"): 1,
    }
    assert "due" not in (alliance.database["tracks"].find_one({}) or {})


def test_without_the_note_of_what_was_told_a_timer_that_comes_again_would_tell_twice(alliance: Alliance) -> None:
    """The guard taken out: the deadlines that were told are forgotten, as by a crash before they were noted."""
    booked(alliance)
    deliver(alliance, *events_of(alliance, "visits"))
    timers(alliance).run_due()
    alliance.database["tracks"].update_one({}, {"$set": {"steps.$[].told": []}})
    context = alliance.context(alliance.manager)
    alliance.exchange.tell_overdue_steps(str((alliance.database["tracks"].find_one({}) or {})["_id"]), context)
    assert set(told(alliance).values()) == {2}


def test_a_step_that_is_done_while_its_timer_goes_off_is_told_or_done_never_lost(alliance: Alliance) -> None:
    visit = booked(alliance)
    deliver(alliance, *events_of(alliance, "visits"))
    view = alliance.exchange.visit_track(parsed(queries.AskVisitTrack, {"visit_id": visit}), alliance.manager)
    step = view["steps"][0]["step"]
    fields = {"visit_id": visit, "step": step, "expected_version": 1, "done_on": "2026-03-02"}

    def complete() -> str:
        try:
            command = parsed(commands.CompleteStep, fields)
            alliance.exchange.complete_step(command, alliance.context(alliance.manager))
        except Exception as refused:  # noqa: BLE001 - whatever it is, the test looks at its name
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(2) as workers:
        outcome, _ = workers.submit(complete), workers.submit(timers(alliance).run_due)
    track = alliance.database["tracks"].find_one({}) or {}
    state = next(each["state"] for each in track["steps"] if each["id"] == step)
    assert (outcome.result(), state) in {("done", "done"), ("StaleVersion", "open")}
    assert track["version"] == len(track["history"])
