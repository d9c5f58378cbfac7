"""A visit of which nobody records that it began, or how it ended: the host is told once, and again when it moves."""

from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.timers import Timer
from contracts.exchange.tracks import TrackRecordOverdue
from services.exchange.domain.tracks import steps
from services.exchange.domain.tracks.events import RecordOverdue
from services.exchange.domain.tracks.following import following
from services.exchange.domain.tracks.track import OVERDUE, RECORDED_WITHIN, Record, Track, due
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, FULFILLED, NOSHOW, PENDING, PROPOSED, Visitor
from tests.fakes.exchange import alliance_in_memory
from tests.unit.exchange import given
from tests.unit.exchange.test_track_commands import Way, arrive
from tests.unit.exchange.test_tracks import ARRIVAL, GILGIT, KASHGAR, two

DEPARTURE = ARRIVAL + timedelta(days=2)
BEGUN = Record("record_arrival", date(2026, 4, 7))
ENDED = Record("fulfil_visit", date(2026, 4, 15))


def domestic(state: str, before: Track | None = None, later: int = 0) -> Track:
    """The track of a visit within one country: it has no steps that could be late."""
    moved = {"planned_arrival": ARRIVAL + timedelta(days=later), "planned_departure": DEPARTURE + timedelta(days=later)}
    track = following(before, two(state, **moved), 2, KASHGAR, KASHGAR)
    assert track.steps == ()
    return track


@pytest.mark.parametrize(
    ("state", "records"),
    [
        (BOOKED, (BEGUN,)),
        (ARRIVED, (ENDED,)),
        *((state, ()) for state in (PROPOSED, PENDING, FULFILLED, CANCELLED, NOSHOW)),
    ],
)
def test_what_holds_is_to_be_recorded_and_nothing_else_is(state: str, records: tuple[Record, ...]) -> None:
    track = domestic(state)
    assert track.awaited_records == records
    assert [moment.at for moment in due(track)] == [track.passes(record.by) for record in records]


@pytest.mark.parametrize(("state", "record"), [(BOOKED, BEGUN), (ARRIVED, ENDED)])
def test_what_is_not_recorded_by_the_end_of_its_last_day_is_told_once(state: str, record: Record) -> None:
    track = domestic(state)
    over = track.passes(record.by)
    assert steps.tell_overdue(track, now=over - timedelta(seconds=1)) is None
    told = steps.tell_overdue(track, now=over)
    assert told
    assert (told.events, told.what) == ((RecordOverdue(told.state, record),), f"overdue: {record.command}")
    assert (due(told.state), steps.tell_overdue(told.state, now=over + timedelta(days=30))) == ((), None)


def test_of_visitors_who_come_one_by_one_the_rest_is_waited_for_still() -> None:
    one_came = (Visitor("per_bano", 1, arrived_on=ARRIVAL), Visitor("per_karim", 2))
    track = following(None, given.visit(ARRIVED, visitors=one_came), 2, KASHGAR, KASHGAR)
    assert track.awaited_records == (BEGUN, ENDED)
    one_withdrew = (one_came[0], Visitor("per_karim", 2, withdrawn=True))
    rest = following(track, given.visit(ARRIVED, visitors=one_withdrew), 3, KASHGAR, KASHGAR)
    assert rest.awaited_records == (ENDED,)


def test_a_stay_that_began_after_its_planned_end_is_not_late_at_once() -> None:
    track = following(None, two(ARRIVED, actual_arrival=date(2026, 4, 19)), 2, KASHGAR, KASHGAR)
    assert track.awaited_records == (Record("fulfil_visit", date(2026, 4, 26)),)


def test_a_visit_that_moves_is_told_again_and_one_that_came_back_is_not() -> None:
    first = domestic(BOOKED)
    told = steps.tell_overdue(first, now=first.passes(BEGUN.by))
    assert told
    moved = domestic(BOOKED, told.state, later=10)
    again = steps.tell_overdue(moved, now=moved.passes(BEGUN.by + timedelta(days=10)))
    assert again
    assert [event.record.by for event in again.events] == [date(2026, 4, 17)]
    back = domestic(BOOKED, again.state)
    assert steps.tell_overdue(back, now=back.passes(BEGUN.by)) is None


def test_late_steps_and_the_record_of_one_day_are_told_together() -> None:
    track = following(None, two(BOOKED), 1, GILGIT, KASHGAR)
    told = steps.tell_overdue(track, now=track.passes(BEGUN.by))
    assert told
    kinds = [type(event) for event in told.events]
    assert (kinds.count(RecordOverdue), len(kinds)) == (1, 1 + len(track.overdue(track.passes(BEGUN.by))))


def records(way: Way) -> list[Record]:
    told: list[Any] = way.alliance.memory.fake_tracks.told
    return [event.record for event in told if isinstance(event, RecordOverdue)]


def test_the_tracks_timer_tells_of_an_arrival_that_nobody_recorded_and_the_track_shows_it() -> None:
    way = Way(alliance_in_memory())
    way.visit = way.alliance.accept(way.visit)
    way.told()
    awaited = {"command": "record_arrival", "by": "2026-04-07", "overdue": False}
    assert way.view()["awaited_records"] == [awaited]
    way.alliance.clock.advance(timedelta(days=37))
    way.wake("first")
    way.wake("second")
    assert records(way) == [BEGUN]
    assert way.view()["awaited_records"] == [awaited | {"overdue": True}]


def overdue_at(way: Way, moment: datetime) -> None:
    """The timer of this moment, whose command has the id that every timer of it has."""
    command = Timer(way.id, OVERDUE, moment, moment).command_id
    way.alliance.exchange.tell_overdue(way.id, Context(command, SYSTEM, way.alliance.clock.now()))


def test_what_became_overdue_at_a_moment_that_was_told_already_is_told_too() -> None:
    """Moved over its planned arrival while replies are awaited, the visit holds, and nobody waits for an arrival."""
    way = Way(alliance_in_memory(acceptance=("sending-site", "host-department")))
    way.visit = way.alliance.reply(way.visit, "accepted", "sending-site")
    way.told()
    assert way.kept[way.id].state.visit_state == PENDING
    moment = way.kept[way.id].state.passes(BEGUN.by)
    object.__setattr__(way.alliance.memory.fake_visits.kept[way.visit.id].state, "reply_by", moment + timedelta(days=9))
    way.alliance.clock.moment = moment
    overdue_at(way, moment)
    assert ("police-registration" in way.overdue(), records(way)) == (True, [])
    object.__setattr__(way.alliance.memory.fake_visits.kept[way.visit.id].state, "state", BOOKED)
    overdue_at(way, moment)
    assert records(way) == [BEGUN]


def test_an_arrival_that_was_recorded_in_time_is_not_told_though_its_event_comes_late() -> None:
    way = Way(alliance_in_memory())
    way.visit = way.alliance.accept(way.visit)
    way.told()
    way.alliance.clock.advance(timedelta(days=35))
    arrive(way)
    assert way.kept[way.id].state.visit_state == BOOKED
    way.alliance.clock.advance(timedelta(days=2))
    way.wake()
    assert records(way) == []


def test_every_command_that_is_waited_for_is_one_of_the_contract() -> None:
    assert set(RECORDED_WITHIN) == set(get_args(TrackRecordOverdue.model_fields["command"].annotation))
