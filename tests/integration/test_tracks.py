"""Tracks on the real database: opened by the visit's own event, late steps told once, permits relied on as they are."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import orjson
import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unavailable
from chassis.store import database_at
from chassis.timers import Timers
from contracts.catalogue import parse, read
from services.exchange.application import commands, queries
from services.exchange.domain.tracks.refusals import NoPracticePermit
from services.exchange.domain.tracks.track import NEAR, OVERDUE, track_id
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

WORKERS = 6
MOMENT = 1.0
"""Seconds in which a step is reopened many times over."""
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
    fires = {NEAR: alliance.exchange.tell_near, OVERDUE: alliance.exchange.tell_overdue}
    return Timers(alliance.database["tracks"], fires, alliance.clock)


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
    alliance.exchange.tell_overdue(str((alliance.database["tracks"].find_one({}) or {})["_id"]), context)
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


class Clinical:
    """A visit for clinical work in China, booked, on the day of its arrival, with the permit to practise."""

    def __init__(self, alliance: Alliance) -> None:
        self.alliance, self.person = alliance, alliance.person()
        self.visit = alliance.accept(alliance.propose(self.person))
        alliance.database["visits"].update_one({"_id": self.visit.id}, {"$set": {"kind": "clinical-work"}})
        alliance.clock.advance(timedelta(days=35))
        self.give(commands.CompleteStep, 0, done_on="2026-04-01")

    def give(self, kind: type[commands.CompleteStep | commands.ReopenStep], version: int, **fields: Any) -> Receipt:
        named = {"visit_id": self.visit.id, "step": f"practice-permit:{self.person}", "expected_version": version}
        context, exchange = self.alliance.context(self.alliance.coordinator), self.alliance.exchange
        command = parsed(kind, named | fields)
        if isinstance(command, commands.ReopenStep):
            return exchange.reopen_step(command, context)
        return exchange.complete_step(command, context)

    def reopen(self) -> Receipt:
        return self.give(commands.ReopenStep, 1, reason="Withdrawn by the commission.")

    def arrive(self) -> Receipt:
        fields = {"visit_id": self.visit.id, "expected_version": self.visit.version, "arrived_on": "2026-04-06"}
        context = self.alliance.context(self.alliance.coordinator, self.visit.version)
        return self.alliance.exchange.record_arrival(parsed(commands.RecordArrival, fields), context)

    @property
    def stands(self) -> tuple[str, str]:
        """The states of visit and permit."""
        steps = (self.alliance.database["tracks"].find_one({}) or {})["steps"]
        permit = next(each["state"] for each in steps if each["name"] == "practice-permit")
        return (self.alliance.database["visits"].find_one({"_id": self.visit.id}) or {})["state"], permit


@pytest.fixture
def clinical(alliance: Alliance) -> Clinical:
    return Clinical(alliance)


def reopened_before_the_save(clinical: Clinical, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next decision on the visit has seen the permit; before it is written the permit is taken back."""
    visits = clinical.alliance.exchange.stores.visits
    saving, not_yet = visits.saving, iter([clinical.reopen])

    def reopened_first(*decided: Any) -> Any:
        for reopen in not_yet:
            reopen()
        return saving(*decided)

    monkeypatch.setattr(visits, "saving", reopened_first)


def test_nobody_arrives_with_a_permit_that_is_taken_back_in_the_same_moment(
    clinical: Clinical, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopened_before_the_save(clinical, monkeypatch)
    with pytest.raises(NoPracticePermit):
        clinical.arrive()
    assert clinical.stands == ("booked", "open")


def test_an_arrival_that_is_saved_without_the_track_slips_by(
    clinical: Clinical, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopened_before_the_save(clinical, monkeypatch)
    monkeypatch.setattr(clinical.alliance.exchange.stores.tracks, "must_stand", lambda *_: None)
    assert clinical.arrive().state == "arrived"
    assert clinical.stands == ("arrived", "open")


def reopened_amid_the_write(clinical: Clinical, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the permit could be taken back when the track was looked at and the arrival was not saved yet."""
    tracks, went_first = clinical.alliance.exchange.stores.tracks, list[bool]()
    really = tracks.must_stand

    def looked(*given: Any) -> None:
        really(*given)
        if not went_first:
            begun = writer.submit(clinical.reopen)
            # Who may change it has done so within a moment; who may not waits for the arrival, which goes on.
            wait([begun], MOMENT)
            went_first.append(begun.done() and begun.exception() is None)

    monkeypatch.setattr(tracks, "must_stand", looked)
    with ThreadPoolExecutor(1) as writer:
        assert clinical.arrive().state == "arrived"
    return went_first[0]


def test_the_permit_stands_until_the_arrival_is_saved(clinical: Clinical, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not reopened_amid_the_write(clinical, monkeypatch)


def test_a_look_at_the_track_that_writes_nothing_would_let_it_go(
    clinical: Clinical, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracks = clinical.alliance.database["tracks"]
    monkeypatch.setattr(
        clinical.alliance.exchange.stores.tracks,
        "must_stand",
        lambda loaded, within: tracks.find_one({"_id": loaded.id, "version": loaded.version}, session=within),
    )
    assert reopened_amid_the_write(clinical, monkeypatch)
