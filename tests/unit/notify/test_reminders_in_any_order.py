"""Whatever order the events of a visit come in, and however often: it is reminded of as if they came in order."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.reminders.reminder import Reminder, due
from tests.unit.notify.reminding import Desk, Told, at, told_when

STEPS = {
    "proposed": "proposed",
    "replied": "pending",
    "booked": "booked",
    "rescheduled": "pending",
    "note-added": "booked",
    "arrived": "arrived",
    "cancelled": "cancelled",
}
ARRIVALS = ("2026-05-04", "2026-05-11", "2026-06-01")
REPLIES = st.sampled_from(
    [
        None,
        (),
        ({"party": "host-department", "status": "needs-action"},),
        ({"party": "sending-site", "status": "accepted"},),
    ]
)


@st.composite
def lives(draw: st.DrawFn) -> list[Told]:
    """What is told of one visit, in order: any steps, some hours or weeks apart."""
    moment, told = at("02-01 00:00"), []
    for version, step in enumerate(draw(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=7)), 1):
        moment += timedelta(hours=draw(st.integers(1, 700)))
        data = {
            "state": STEPS[step],
            "planned_arrival": draw(st.sampled_from(ARRIVALS)),
            "planned_departure": "2026-06-20",
            "reply_by": draw(st.sampled_from(["2026-03-24T07:12:03.410Z", "2026-04-02T22:00:00Z"])),
            "replies": draw(REPLIES),
        }
        told.append(told_when(moment, version, f"visit.{step}", **data))
    return told


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Told], list[list[Told]]]:
    """A life in order, and the same in any order, each event once or more, in batches of any size."""
    life = draw(lives())
    again = draw(st.lists(st.sampled_from(life), max_size=5))
    order = draw(st.permutations([*life, *again]))
    size = draw(st.integers(1, len(order)))
    return life, [order[first : first + size] for first in range(0, len(order), size)]


def after(batches: list[list[Told]]) -> Reminder:
    desk = Desk()
    for batch in batches:
        desk.hears(*batch)
    return desk.reminder


@given(shuffled())
def test_the_reminder_is_the_same_in_any_order_and_however_often_it_is_told(
    run: tuple[list[Told], list[list[Told]]],
) -> None:
    life, batches = run
    wanted, kept = after([[each] for each in life]), after(batches)
    assert kept == wanted
    assert due(kept) == due(wanted)


@given(shuffled())
def test_and_what_people_are_told_in_the_end_is_the_same(run: tuple[list[Told], list[list[Told]]]) -> None:
    life, batches = run
    ordered, other = Desk(), Desk()
    ordered.hears(*life)
    for batch in batches:
        other.hears(*batch)
    for hour in range(0, 24 * 150, 12):
        now = f"{at('02-01 00:00') + timedelta(hours=hour):%m-%d %H:%M}"
        ordered.looks(now)
        other.looks(now)
    assert {each: kept.state for each, kept in other.notifications.kept.items()} == {
        each: kept.state for each, kept in ordered.notifications.kept.items()
    }
