"""What announcements promise in memory and in the database, and how they go out there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.timers import LATER, Timers
from services.notify.adapters.announcement_store import AnnouncementStore
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.people_copies import PeopleCopies
from services.notify.application import commands
from services.notify.application.announcements import Announcements
from services.notify.application.ports import Notifications, People
from services.notify.domain import announcement
from services.notify.domain.inbox import MOST_COUNTED
from services.notify.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.fakes.notify import FakeAnnouncements, FakeNotifications, FakePeople
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.announcing import GILGIT, KASHGAR, NOW, SAID
from tests.unit.notify.samples import told_of

NOTIFY_ALONE = replace(MANIFEST, subscribes_to=())


@dataclass
class Shelves:
    announcements: Announcements
    notifications: Notifications
    people: People

    def know(self, *people: str, **fields: Any) -> None:
        for person in people:
            envelope = {"subject": f"person/{person}"}
            told = told_of("exchange.person.changed.v1", envelope=envelope, person=person, **fields)
            self.people.keep(*told)  # type: ignore[arg-type] # the sample's own model

    def announce(self, name: str, **audience: Any) -> str:
        asked = parsed(commands.Announce, SAID | audience)
        return commands.announce(asked, Context(derived(name), SYSTEM, NOW), self.announcements, self.people).id

    def tell(self, made: str) -> None:
        commands.tell_announced(made, Context(derived(made), SYSTEM, NOW), self.announcements, self.notifications)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Iterator[Shelves]:
    if request.param == "in memory":
        yield Shelves(FakeAnnouncements(), FakeNotifications(lambda: 0.0), FakePeople())
        return
    make_installation: MakeInstallation = request.getfixturevalue("make_installation")
    database = database_at(make_installation([NOTIFY_ALONE]).mongo_url("notify"))
    yield Shelves(
        AnnouncementStore(database["announcements"]),
        NotificationStore(database["notifications"]),
        PeopleCopies(database["people"]),
    )
    database.client.close()


def test_everybody_is_known_with_their_sites_and_fields(shelves: Shelves) -> None:
    shelves.know("per_ali", sites=[GILGIT], fields=["telemedicine"])
    shelves.know("per_guo", sites=[KASHGAR])
    known = {each.id: each for each in shelves.people.everybody()}
    assert known.keys() == {"per_ali", "per_guo"}
    assert (known["per_ali"].sites, known["per_ali"].fields) == ((GILGIT,), ("telemedicine",))


def test_one_comes_back_as_it_was(shelves: Shelves) -> None:
    shelves.know("per_ali", sites=[GILGIT])
    made = shelves.announce("first", sites=[GILGIT])
    found = shelves.announcements.load(made).state
    assert (found.recipients, found.people, found.next_batch) == (("per_ali",), 1, NOW)
    assert dict(found.wording.title) == SAID["title"]


def test_lists_have_those_for_the_sites_without_their_recipients(shelves: Shelves) -> None:
    shelves.know("per_ali", sites=[GILGIT])
    shelves.know("per_guo", sites=[KASHGAR])
    all_of_them = {shelves.announce("1", everybody=True), shelves.announce("2", sites=[GILGIT])}
    both = shelves.announce("3", sites=[GILGIT, KASHGAR])
    assert {each.id for each in shelves.announcements.newest(None, 9)} == all_of_them | {both}
    assert [each.id for each in shelves.announcements.newest({KASHGAR, "sit_other"}, 9)] == [both]
    assert len(shelves.announcements.newest(None, 2)) == 2
    assert [each.state.recipients for each in shelves.announcements.newest(None, 9)] == [(), (), ()]


def test_how_far_it_has_come_is_counted_by_state(shelves: Shelves) -> None:
    shelves.know("per_ali", "per_bano", sites=[GILGIT])
    made = shelves.announce("first", everybody=True)
    assert shelves.notifications.how_far(made) == ({}, 0)
    shelves.tell(made)
    assert shelves.notifications.how_far(made) == ({"queued": 2}, 0)


def test_a_badge_counts_no_further_than_it_shows(shelves: Shelves, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_COUNTED == 100
    monkeypatch.setattr("services.notify.adapters.notification_store.MOST_COUNTED", 2)
    monkeypatch.setattr("tests.fakes.notify.MOST_COUNTED", 2)
    shelves.know("per_ali", sites=[GILGIT])
    for number in range(4):
        shelves.tell(shelves.announce(str(number), everybody=True))
        assert shelves.notifications.unread("per_ali") == min(number + 1, 2)
        assert shelves.notifications.unseen("per_ali", None) == min(number + 1, 2)
    assert shelves.notifications.unseen("per_ali", NOW) == 0


@pytest.mark.broker
def test_two_workers_and_a_death_give_each_person_one(
    make_installation: MakeInstallation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcement, "TOGETHER", 2)
    database = database_at(make_installation([NOTIFY_ALONE]).mongo_url("notify"))
    kept, notifications = AnnouncementStore(database["announcements"]), NotificationStore(database["notifications"])
    there, clock = Shelves(kept, notifications, PeopleCopies(database["people"])), StandingClock(NOW)
    people = [f"per_{number}" for number in range(5)]
    there.know(*people, sites=[GILGIT])
    made = there.announce("first", everybody=True)
    fires = {
        announcement.ANNOUNCEMENT: lambda each, context: commands.tell_announced(each, context, kept, notifications)
    }
    workers = [Timers(database["announcements"], fires, clock) for _ in range(2)]
    with monkeypatch.context() as dying:
        dying.setattr(kept, "save", _dies)
        assert workers[0].run_due() == 1
    assert database["notifications"].count_documents({}) == 2
    clock.advance(LATER)
    while kept.load(made).state.state != announcement.TOLD:
        assert sum(worker.run_due() for worker in workers)
    assert sorted(each["recipient"] for each in database["notifications"].find({})) == people
    database.client.close()


def _dies(*_: Any) -> None:
    raise ConnectionError
