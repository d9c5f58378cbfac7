"""What reminders promise in memory and in the database."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from chassis.kernel.documents import Loaded
from chassis.kernel.errors import WriteConflict
from chassis.store import database_at
from services.notify.adapters.reminder_store import ReminderStore
from services.notify.application.reactions import keep_reminders
from services.notify.application.reminders import Reminders
from services.notify.domain.reminders.reminder import Reminder, reminder_id
from services.notify.domain.reminders.table import FOLLOWED
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeReminders
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.reminding import Told, at, told_at
from tests.unit.notify.samples import told_of

VISIT = "vis_019c1c9d59407c3cbc3c3c3c3c3c3c3c"
NOW = at("02-03 03:00")
BOOKED = told_at("02-03 02:14", 2, "visit.booked")
NOTED = told_at("02-04 02:14", 3, "visit.note-added", state="booked")
MOVED = told_at("02-05 02:14", 4, "visit.rescheduled", state="booked")


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def reminders(request: pytest.FixtureRequest) -> Iterator[Reminders]:
    if request.param == "in memory":
        yield FakeReminders()
        return
    make_installation: MakeInstallation = request.getfixturevalue("make_installation")
    installation = make_installation([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    yield ReminderStore(database["reminders"])
    database.client.close()


def test_what_is_kept_comes_back_as_it_was(reminders: Reminders) -> None:
    wanted = FakeReminders()
    for event_type in FOLLOWED:
        for shelf in (reminders, wanted):
            keep_reminders([told_of(event_type)], shelf, NOW)
    kept = {each: document.state for each, document in wanted.kept.items()}
    assert reminders.named(kept) == kept
    subjects = [reminder.about for reminder in kept.values()]
    assert {about: found.state for about, found in reminders.about(subjects).items()} == {
        reminder.about: reminder for reminder in kept.values()
    }


def test_of_what_nothing_was_heard_none_is_found(reminders: Reminders) -> None:
    assert reminders.about([VISIT, "vis_other"]) == {}
    keep_reminders([BOOKED], reminders, NOW)
    assert set(reminders.about([VISIT, "vis_other"])) == {VISIT}
    assert reminders.about([]) == {}


def test_hearing_the_same_again_writes_nothing(reminders: Reminders) -> None:
    for _ in range(3):
        keep_reminders([BOOKED, BOOKED], reminders, NOW)
    assert reminders.load(reminder_id(VISIT)).version == 1


class AsItStood:
    """The shelf as a process sees it that read before another one wrote."""

    def __init__(self, reminders: Reminders) -> None:
        self._seen = reminders.about([VISIT])
        self.add, self.save = reminders.add, reminders.save

    def about(self, _: Iterable[str]) -> dict[str, Loaded[Reminder]]:
        return self._seen


@pytest.mark.parametrize("heard", [[], [BOOKED]], ids=["of its first event", "of a later one"])
def test_two_that_hear_at_once_are_told_to_decide_again(reminders: Reminders, heard: list[Told]) -> None:
    keep_reminders(heard, reminders, NOW)
    behind: Any = AsItStood(reminders)
    keep_reminders([MOVED], reminders, NOW)
    with pytest.raises(WriteConflict):
        keep_reminders([NOTED], behind, NOW)
    keep_reminders([NOTED, BOOKED], reminders, NOW)
    assert reminders.load(reminder_id(VISIT)).state.sequence == MOVED[0].sequence
