"""A track beside its visit, as events and commands keep it: nothing is lost whoever comes first; who may do what."""

from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed, Refusal, StaleVersion, Unknown
from chassis.kernel.ids import derived
from contracts.catalogue import read
from contracts.envelope import CloudEvent, EventData
from contracts.exchange.tracks import (
    EVENTS,
    TrackDatesNotFound,
    TrackDatesProposed,
    TrackRecordOverdue,
    TrackStepNear,
    TrackStepOverdue,
)
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.application import commands, queries
from services.exchange.domain.tracks.events import DatesNotFound, DatesProposed, RecordOverdue, StepNear, StepOverdue
from services.exchange.domain.tracks.refusals import NoPracticePermit, NoSuchStep
from services.exchange.domain.tracks.track import Record, track_id
from tests.event_factory import make_event
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange import given

PROPOSED_EVENT = "exchange.visit.proposed.v1"
INTENTS: dict[str, type[commands.CompleteStep | commands.WaiveStep | commands.SlipStep | commands.ReopenStep]] = {
    "complete_step": commands.CompleteStep,
    "waive_step": commands.WaiveStep,
    "slip_step": commands.SlipStep,
    "reopen_step": commands.ReopenStep,
}
DONE: dict[str, Any] = {"done_on": "2026-03-02"}


class Way:
    """One visit of the small alliance (Gilgit sends, Kashgar hosts) and its track."""

    def __init__(self, alliance: AllianceInMemory) -> None:
        self.alliance = alliance
        self.person = alliance.person()
        self.visit = alliance.propose(self.person)
        self.id = track_id(self.visit.id)

    @property
    def kept(self) -> Any:
        return self.alliance.memory.fake_tracks.kept

    def told(self, number: int = 1) -> None:
        """The visit's own event comes, as from the broker."""
        event, data = event_of(self.visit.id, number)
        self.alliance.exchange.handlers()[event.type](event, data)

    def give(self, intent: str, step: str, version: int, actor: Actor | None = None, **fields: Any) -> Receipt:
        named = {"visit_id": self.visit.id, "step": step, "expected_version": version} | fields
        context = self.alliance.context(actor or self.alliance.manager)
        receipt: Receipt = getattr(self.alliance.exchange, intent)(parsed(INTENTS[intent], named), context)
        return receipt

    def view(self, actor: Actor | None = None) -> dict[str, Any]:
        asked = parsed(queries.AskVisitTrack, {"visit_id": self.visit.id})
        return self.alliance.exchange.visit_track(asked, actor or self.alliance.manager)

    def step(self, name: str, actor: Actor | None = None) -> dict[str, Any]:
        return next(step for step in self.view(actor)["steps"] if step["name"] == name)

    def wake(self, command: str = "overdue") -> None:
        """The track's timer goes off."""
        context = Context(derived(command), SYSTEM, self.alliance.clock.now())
        self.alliance.exchange.tell_overdue(self.id, context)

    def overdue(self) -> list[str]:
        told = self.alliance.memory.fake_tracks.told
        return [event.step.name for event in told if isinstance(event, StepOverdue)]


def event_of(visit: str, number: int) -> tuple[CloudEvent, EventData]:
    body = make_event(PROPOSED_EVENT, visit=visit, purpose=f"Told {number}")
    event = CloudEvent.model_validate(body)
    return event, read(event)


@pytest.fixture
def way() -> Way:
    return Way(alliance_in_memory())


def test_the_visits_own_event_opens_the_track_once_however_often_it_is_told(way: Way) -> None:
    for _ in range(3):
        way.told()
    assert [(each, kept.version) for each, kept in way.kept.items()] == [(way.id, 1)]
    assert way.view()["version"] == 1


def test_whatever_event_comes_the_newest_visit_is_followed_and_an_older_one_changes_nothing(way: Way) -> None:
    way.alliance.accept(way.visit)
    way.told(1)
    assert (way.kept[way.id].state.visit_state, way.kept[way.id].state.visit_version) == ("booked", 2)
    way.told(2)
    assert way.kept[way.id].version == 1


def test_a_track_is_seen_and_worked_on_before_the_visits_event_has_come(way: Way) -> None:
    assert (way.view()["version"], len(way.view()["steps"])) == (0, 5)
    receipt = way.give("complete_step", f"leave:{way.person}", 0, **DONE)
    assert receipt == Receipt(way.id, 1, "proposed")
    way.told()
    assert (way.kept[way.id].version, way.step("leave")["state"]) == (1, "done")


def test_a_command_on_a_track_that_is_behind_brings_it_up_to_date_in_the_same_write(way: Way) -> None:
    way.told()
    way.alliance.accept(way.visit)
    way.give("complete_step", f"leave:{way.person}", 1, **DONE)
    assert (way.kept[way.id].version, way.kept[way.id].state.visit_state) == (2, "booked")


def test_the_same_command_again_is_answered_the_same_and_an_old_version_is_refused(way: Way) -> None:
    context = way.alliance.context(way.alliance.manager)
    named = {"visit_id": way.visit.id, "step": f"leave:{way.person}", "expected_version": 0, **DONE}
    command = parsed(commands.CompleteStep, named)
    first = way.alliance.exchange.complete_step(command, context)
    assert way.alliance.exchange.complete_step(command, context) == first
    with pytest.raises(StaleVersion):
        way.give("waive_step", f"insurance-proof:{way.person}", 0, reason="Insured at home.")
    other = Way(way.alliance)
    with pytest.raises(StaleVersion):
        other.give("waive_step", f"insurance-proof:{other.person}", 7, reason="Insured at home.")


def test_overdue_steps_are_told_once_whatever_the_timer_does(way: Way) -> None:
    way.alliance.accept(way.visit)
    way.told()
    way.wake("first")
    assert way.overdue() == ["leave", "no-objection"]
    way.wake("first")
    way.wake("second")
    assert way.overdue() == ["leave", "no-objection"]
    way.alliance.clock.advance(timedelta(days=22))
    way.wake("third")
    assert way.overdue() == ["leave", "no-objection", "china-visa", "insurance-proof"]


def clinical(alliance: AllianceInMemory) -> Way:
    """A visit for clinical work that is booked, on the day of the arrival."""
    way = Way(alliance)
    kept = alliance.memory.fake_visits.kept
    standing = kept[way.visit.id]
    object.__setattr__(standing.state, "kind", "clinical-work")
    way.visit = alliance.accept(way.visit)
    alliance.clock.advance(timedelta(days=35))
    return way


def arrive(way: Way) -> Receipt:
    fields = {"visit_id": way.visit.id, "expected_version": way.visit.version, "arrived_on": "2026-04-06"}
    context = way.alliance.context(way.alliance.coordinator, way.visit.version)
    return way.alliance.exchange.record_arrival(parsed(commands.RecordArrival, fields), context)


@pytest.mark.parametrize("was_told", [True, False])
def test_clinical_work_in_china_does_not_begin_without_the_permit(was_told: bool) -> None:
    way = clinical(alliance_in_memory())
    if was_told:
        way.told()
    with pytest.raises(NoPracticePermit) as refused:
        arrive(way)
    assert refused.value.facts == {"visit": way.visit.id, "visitors": [way.person]}
    assert way.alliance.memory.fake_visits.load(way.visit.id).version == way.visit.version
    permit = f"practice-permit:{way.person}"
    way.give("complete_step", permit, int(was_told), way.alliance.coordinator, done_on="2026-04-01")
    assert arrive(way).state == "arrived"


def test_other_visits_begin_without_one(way: Way) -> None:
    way.visit = way.alliance.accept(way.visit)
    way.alliance.clock.advance(timedelta(days=35))
    assert arrive(way).state == "arrived"


def permitted(alliance: AllianceInMemory) -> Way:
    """A visit for clinical work on the day of the arrival, with the permit."""
    way = clinical(alliance)
    way.give("complete_step", f"practice-permit:{way.person}", 0, alliance.coordinator, done_on="2026-04-01")
    return way


def reopen_the_permit_before_the_save(way: Way, patch: pytest.MonkeyPatch) -> None:
    """The next decision on the visit has seen that there is a permit; before it is written the permit is gone."""
    visits = way.alliance.memory.fake_visits
    saving, not_yet = visits.saving, iter([1])

    def reopened_first(*decided: Any) -> Any:
        for version in not_yet:
            reopen(way, version)
        return saving(*decided)

    patch.setattr(visits, "saving", reopened_first)


def reopen(way: Way, version: int) -> Receipt:
    permit, actor = f"practice-permit:{way.person}", way.alliance.coordinator
    return way.give("reopen_step", permit, version, actor, reason="Withdrawn by the commission.")


def test_a_permit_that_is_taken_back_while_the_arrival_is_being_recorded_is_missed_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    way = permitted(alliance_in_memory())
    reopen_the_permit_before_the_save(way, monkeypatch)
    with pytest.raises(NoPracticePermit):
        arrive(way)
    assert way.alliance.memory.fake_visits.load(way.visit.id).version == way.visit.version


def test_without_a_look_at_the_track_in_the_same_write_it_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    way = permitted(alliance_in_memory())
    reopen_the_permit_before_the_save(way, monkeypatch)
    monkeypatch.setattr(way.alliance.memory.fake_tracks, "must_stand", lambda *_: None)
    assert arrive(way).state == "arrived"
    assert way.step("practice-permit")["state"] == "open"


def test_a_track_that_moves_in_between_and_keeps_the_permit_hinders_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    way = permitted(alliance_in_memory())
    visits = way.alliance.memory.fake_visits
    saving, not_yet = visits.saving, iter([way.told])

    def told_first(*decided: Any) -> Any:
        for told in not_yet:
            way.give("waive_step", f"insurance-proof:{way.person}", 1, reason="Insured at home.")
            told()
        return saving(*decided)

    monkeypatch.setattr(visits, "saving", told_first)
    assert arrive(way).state == "arrived"


def test_only_an_arrival_that_needs_a_permit_is_saved_together_with_the_track(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: Any) -> None:
        raise AssertionError("the track is asked for nothing")

    way = Way(alliance_in_memory())
    way.visit = way.alliance.accept(way.visit)
    way.told()
    way.alliance.clock.advance(timedelta(days=35))
    monkeypatch.setattr(way.alliance.memory.fake_tracks, "must_stand", asked)
    assert arrive(way).state == "arrived"


SENDING, HOST, OWN = "sending", "host", "own"
MAY = {
    "leave": {SENDING},
    "no-objection": {SENDING},
    "china-visa": {SENDING, OWN},
    "insurance-proof": {SENDING, OWN},
    "police-registration": {HOST},
}


def acting(way: Way, who: str) -> Actor:
    if who == OWN:
        return Actor(way.person, frozenset({VISITOR}), frozenset())
    return Actor("per_x", frozenset({COORDINATOR}), frozenset({getattr(way.alliance, who)}))


@pytest.mark.parametrize("who", [SENDING, HOST, OWN])
@pytest.mark.parametrize("name", sorted(MAY))
def test_steps_are_kept_by_those_who_own_them(way: Way, name: str, who: str) -> None:
    actor, step = acting(way, who), f"{name}:{way.person}"
    offered = way.step(name, actor)["may"]
    gives: dict[str, dict[str, Any]] = {
        "slip_step": {"expected": "2026-03-09", "reason": "Later."},
        "complete_step": DONE | ({"variant": "F"} if name == "china-visa" else {}),
        "reopen_step": {"reason": "A mistake."},
        "waive_step": {"reason": "Not needed."},
    }
    wanted = ([*gives] if who != OWN else ["slip_step", "complete_step"]) if who in MAY[name] else []
    assert set(offered) == set(wanted) - {"reopen_step"}
    version = 0
    for intent, fields in gives.items():
        if intent in wanted:
            version = way.give(intent, step, version, actor, **fields).version
        else:
            with pytest.raises(NotAllowed):
                way.give(intent, step, version, actor, **fields)


@pytest.mark.parametrize(
    "actor",
    [
        Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"})),
        Actor("per_x", frozenset({VISITOR})),
        Actor("per_x", frozenset({ADMINISTRATOR})),
    ],
)
def test_who_has_nothing_to_do_with_a_visit_learns_nothing_of_its_steps(way: Way, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        way.give("complete_step", "teleport", 0, actor, **DONE)
    with pytest.raises(NoSuchStep):
        way.give("complete_step", "teleport", 0, **DONE)
    if ADMINISTRATOR not in actor.roles:
        with pytest.raises(Unknown):
            way.view(actor)


@pytest.mark.parametrize(
    ("different", "refusal"),
    [({"visit_id": "vis_nowhere"}, "Unknown"), ({"step": "$where"}, "InvalidCommand"), ({"step": 1}, "InvalidCommand"),
     ({"done_on": "2026-02-30"}, "InvalidCommand"), ({"done_on": "2026-03-03"}, "DateInTheFuture"),
     ({"version": None}, "InvalidCommand"), ({"variant": "X"}, "NoSuchVariant")],
)  # fmt: skip
def test_bad_input_is_refused_by_name_and_nothing_is_written(way: Way, different: dict[str, Any], refusal: str) -> None:
    fields = {"step": f"leave:{way.person}", "version": 0, **DONE, **different}
    with pytest.raises(Refusal) as refused:
        way.give("complete_step", **fields)
    assert refused.value.name == refusal
    assert not way.kept


def open_steps(way: Way, actor: Actor, **asked: Any) -> list[str]:
    view = way.alliance.exchange.open_steps(parsed(queries.AskOpenSteps, asked), actor)
    return [step["name"] for step in view["items"]]


def test_a_coordinator_sees_what_is_open_and_what_is_late_at_their_site(way: Way) -> None:
    way.alliance.accept(way.visit)
    way.told()
    observer = Actor("per_x", frozenset({OBSERVER}), frozenset({way.alliance.host}))
    assert open_steps(way, observer) == list(MAY_IN_ORDER)
    assert open_steps(way, observer, overdue=True) == ["leave", "no-objection"]
    assert open_steps(way, Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_elsewhere"}))) == []


MAY_IN_ORDER = ("leave", "no-objection", "china-visa", "insurance-proof", "police-registration")


def test_each_happening_is_told_as_its_event(way: Way) -> None:
    way.give("slip_step", f"china-visa:{way.person}", 0, expected="2026-04-10", reason="Closed.")
    track = way.kept[way.id].state
    publish = PublishedEvents(way.alliance.memory.fake_sites).publish
    happened = [
        StepNear(track, track.steps[0]),
        StepOverdue(track, track.steps[0]),
        DatesProposed(track, track.proposed),
        DatesNotFound(track, track.proposed),
        RecordOverdue(track, Record("record_arrival", date(2026, 4, 7))),
    ]
    near, late, proposed, missing, unrecorded = publish(happened, given.EDITION)
    assert isinstance(near, TrackStepNear)
    assert near.model_dump() == late.model_dump()
    assert isinstance(late, TrackStepOverdue)
    assert (late.step, late.owner, late.deadline) == (f"leave:{way.person}", "sending-site", date(2026, 2, 5))
    assert isinstance(proposed, TrackDatesProposed)
    assert (proposed.arrival, proposed.planned_arrival) == (date(2026, 4, 12), date(2026, 4, 6))
    assert isinstance(missing, TrackDatesNotFound)
    assert (missing.earliest, missing.because) == (date(2026, 4, 12), (f"china-visa:{way.person}",))
    assert isinstance(unrecorded, TrackRecordOverdue)
    assert (unrecorded.command, unrecorded.by) == ("record_arrival", date(2026, 4, 7))
    assert {type(near), type(late), type(proposed), type(missing), type(unrecorded)} == set(EVENTS)
