"""Whatever order the events of a visit come in, and however often: it goes on as if they came in order."""

from datetime import timedelta

from hypothesis import given

from tests.unit.notify.escalating import Desk
from tests.unit.notify.reminding import Told, at
from tests.unit.notify.test_reminders_in_any_order import shuffled

Run = tuple[list[Told], list[list[Told]]]


def after(batches: list[list[Told]]) -> Desk:
    desk = Desk()
    for batch in batches:
        desk.hears(*batch)
    return desk


@given(shuffled())
def test_the_escalation_is_the_same_in_any_order_and_however_often_it_is_told(run: Run) -> None:
    life, batches = run
    wanted, kept = after([[each] for each in life]), after(batches)
    assert kept.escalation == wanted.escalation
    assert kept.moments == wanted.moments


@given(shuffled())
def test_and_whom_it_goes_on_to_in_the_end_is_the_same(run: Run) -> None:
    life, batches = run
    ordered, other = after([life]), after(batches)
    for hour in range(0, 24 * 70, 12):
        ordered.looks_when(at("02-01 00:00") + timedelta(hours=hour))
        other.looks_when(at("02-01 00:00") + timedelta(hours=hour))
    assert {each: kept.state for each, kept in other.notifications.kept.items()} == {
        each: kept.state for each, kept in ordered.notifications.kept.items()
    }


@given(shuffled())
def test_nothing_goes_on_about_what_is_not_awaited(run: Run) -> None:
    _, batches = run
    desk = after(batches)
    newest = max((event for batch in batches for event in batch), key=lambda told: told[0].sequence)
    if newest[1].model_dump()["state"] not in ("proposed", "pending"):
        assert desk.moments == []
