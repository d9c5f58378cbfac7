"""What notifications promise in memory and in the database: once each, one lease at a time, pages without gaps."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from pymongo.errors import BulkWriteError

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at, many
from services.notify.adapters.notification_store import NotificationStore
from services.notify.application.ports import Notifications
from services.notify.application.reactions.notify_of import notify_of
from services.notify.domain.delivery import LATER, TAKEN, Answer
from services.notify.domain.notification import read
from services.notify.domain.sending import attempted
from services.notify.domain.telling import TABLE
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeNotifications
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.samples import NOW, told_of

NOTIFY_ALONE = replace(MANIFEST, subscribes_to=())
EVENT = "research.outcome.expected.v1"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])


@dataclass
class Shelf:
    """Notifications, and the clock of their leases. `second()` is the same shelf as another process sees it."""

    second: Callable[[], Notifications]
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.notifications = self.second()

    def happens(self, number: int, minutes: int = 0) -> None:
        notify_of([told_of(EVENT, title=f"Outcome {number}")], self.notifications, NOW + timedelta(minutes=minutes))

    def record(self, answer: Answer) -> None:
        (waiting,) = self.notifications.due(NOW + timedelta(days=1), 10)
        context = Context(derived(waiting.id, str(waiting.version)), SYSTEM, NOW)
        self.notifications.save(waiting, attempted(waiting.state, answer, now=NOW), context)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "in memory":
        fake = FakeNotifications(lambda: made.seconds)
        made = Shelf(lambda: fake)
        yield made
        return
    make_installation: MakeInstallation = request.getfixturevalue("make_installation")
    installation = make_installation([NOTIFY_ALONE])
    database = database_at(installation.mongo_url("notify"))
    real = Shelf(lambda: NotificationStore(database["notifications"], seconds=lambda: real.seconds))
    yield real
    database.client.close()


def titles(found: list[Any]) -> list[str]:
    return [each.state.cause.facts["title"] for each in found]


def test_what_is_kept_comes_back_as_it_was(shelf: Shelf) -> None:
    for event_type in TABLE:
        notify_of([told_of(event_type)], shelf.notifications, NOW)
    due = shelf.notifications.due(NOW, 200)
    wanted = FakeNotifications(lambda: 0.0)
    notify_of([told_of(event_type) for event_type in TABLE], wanted, NOW)
    assert {each.id: each.state for each in due} == {each: kept.state for each, kept in wanted.kept.items()}


def test_what_is_kept_already_stays_as_it_is_and_the_rest_is_kept(shelf: Shelf) -> None:
    shelf.happens(1)
    shelf.record(Answer(TAKEN))
    notify_of([told_of(EVENT, title=f"Outcome {number}") for number in (0, 1, 2, 1)], shelf.notifications, NOW)
    assert sorted(titles(shelf.notifications.due(NOW, 10))) == ["Outcome 0", "Outcome 2"]
    assert shelf.notifications.unread(ME) == 3


def test_a_burst_is_kept_whole(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST_AT_ONCE", 3)
    notify_of([told_of(EVENT, title=f"Outcome {number}") for number in range(10)], shelf.notifications, NOW)
    assert shelf.notifications.unread(ME) == 10


def test_only_what_is_due_is_due_and_no_more_than_asked(shelf: Shelf) -> None:
    for number in range(3):
        shelf.happens(number, minutes=number)
    assert titles(shelf.notifications.due(NOW, 10)) == ["Outcome 0"]
    assert len(shelf.notifications.due(NOW + timedelta(minutes=2), 10)) == 3
    assert len(shelf.notifications.due(NOW + timedelta(minutes=2), 2)) == 2


def test_two_workers_have_one_lease(shelf: Shelf) -> None:
    shelf.happens(1)
    one, other = shelf.second(), shelf.second()
    (seen,), (also_seen,) = one.due(NOW, 10), other.due(NOW, 10)
    assert [one.lease(seen), other.lease(also_seen)] == [True, False]
    shelf.seconds = 29.0
    assert not other.lease(also_seen)
    shelf.seconds = 31.0
    assert other.lease(also_seen)
    assert not one.lease(seen)


def test_many_workers_at_once_have_one_lease_each(shelf: Shelf) -> None:
    for number in range(10):
        shelf.happens(number)
    workers, together = [shelf.second() for _ in range(4)], Barrier(4)

    def leases(worker: Notifications) -> list[str]:
        due = worker.due(NOW, 100)
        together.wait()
        return [each.id for each in due if worker.lease(each)]

    with ThreadPoolExecutor(4) as pool:
        leased = [notification for taken in pool.map(leases, workers) for notification in taken]
    assert len(leased) == len(set(leased)) == 10


def test_a_lease_is_for_one_attempt(shelf: Shelf) -> None:
    shelf.happens(1)
    (seen,) = shelf.notifications.due(NOW, 10)
    assert shelf.notifications.lease(seen)
    shelf.record(Answer(LATER))
    (again,) = shelf.notifications.due(NOW + timedelta(minutes=1), 10)
    assert shelf.second().lease(again)


def test_reading_does_not_end_a_lease(shelf: Shelf) -> None:
    shelf.happens(1)
    (seen,) = shelf.notifications.due(NOW, 10)
    assert shelf.notifications.lease(seen)
    decision = read(seen.state, now=NOW)
    assert decision
    shelf.notifications.save(seen, decision, Context(derived("read"), SYSTEM, NOW))
    (after,) = shelf.notifications.due(NOW, 10)
    assert not shelf.second().lease(after)


def test_what_changed_since_it_was_seen_is_not_leased(shelf: Shelf) -> None:
    shelf.happens(1)
    (seen,) = shelf.notifications.due(NOW, 10)
    shelf.record(Answer(LATER))
    assert not shelf.second().lease(seen)


def test_an_inbox_comes_newest_first_in_pages_without_gaps(shelf: Shelf) -> None:
    for number in range(7):
        shelf.happens(number, minutes=number // 3)
    whole = shelf.notifications.inbox(ME, after=None, limit=50)
    assert [each.state.queued_at for each in whole] == sorted((each.state.queued_at for each in whole), reverse=True)
    paged, after = [], None
    while page := shelf.notifications.inbox(ME, after=after, limit=2):
        paged += page
        after = page[-1].id
    assert [each.id for each in paged] == [each.id for each in whole]
    assert len(whole) == 7


def test_an_inbox_is_one_persons(shelf: Shelf) -> None:
    shelf.happens(1)
    assert shelf.notifications.inbox("per_other", after=None, limit=50) == []
    assert (shelf.notifications.unread(ME), shelf.notifications.unread("per_other")) == (1, 0)


def test_deliveries_are_found_by_anything_that_is_known(shelf: Shelf) -> None:
    shelf.happens(1)
    shelf.record(Answer(TAKEN))
    shelf.happens(2, minutes=1)
    search = shelf.notifications.search
    assert titles(search(about=None, recipient=None, state=None, limit=10)) == ["Outcome 2", "Outcome 1"]
    assert titles(search(about=None, recipient=ME, state="sent", limit=10)) == ["Outcome 1"]
    assert titles(search(about="out_other", recipient=None, state=None, limit=10)) == []


def test_what_is_refused_for_another_reason_than_being_kept_already_is_not_taken_for_done(
    make_installation: MakeInstallation,
) -> None:
    database = database_at(make_installation([NOTIFY_ALONE]).mongo_url("notify"))
    database["notifications"].create_index("recipient", unique=True)
    store = NotificationStore(database["notifications"])
    notify_of([told_of(EVENT, title="One")], store, NOW)
    with pytest.raises(BulkWriteError):
        notify_of([told_of(EVENT, title="Another")], store, NOW)
    database.client.close()
