"""What notifications promise in memory and in the database: once each, one lease at a time, pages without gaps."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from pymongo.errors import BulkWriteError

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from chassis.store import database_at, many
from services.notify.adapters.notification_store import NotificationStore
from services.notify.application.ports import Made, Notifications
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.channels import EMAIL, WECOM
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer, Delivery
from services.notify.domain.holding_back import AWAITS_DIGEST
from services.notify.domain.notification import Notification
from services.notify.domain.reading import read
from services.notify.domain.sending import hold
from services.notify.domain.telling import TABLE
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeNotifications
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.samples import NOW, attempted, told_of

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

    def lease(self, minutes: int = 0, limit: int = 10) -> list[Loaded[Notification]]:
        return leased(self.notifications, minutes, limit)

    def record(self, answer: Answer) -> None:
        """What came of an attempt at the only one that is due by tomorrow."""
        (waiting,) = self.lease(minutes=24 * 60)
        assert self.notifications.record([made(waiting, answer)], EMAIL) == set()


def leased(
    notifications: Notifications, minutes: int = 0, limit: int = 10, channel: str = EMAIL
) -> list[Loaded[Notification]]:
    """What a worker takes of what is due then."""
    now = NOW + timedelta(minutes=minutes)
    return notifications.lease(notifications.due(channel, now, limit), channel, now)


def made(waiting: Loaded[Notification], answer: Answer) -> Made:
    return waiting, attempted(waiting.state, answer), Context(derived(waiting.id, str(waiting.version)), SYSTEM, NOW)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "in memory":
        fake = FakeNotifications(lambda: shelf.seconds)
        shelf = Shelf(lambda: fake)
        yield shelf
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
    due = shelf.lease(limit=200)
    wanted = FakeNotifications(lambda: 0.0)
    notify_of([told_of(event_type) for event_type in TABLE], wanted, NOW)
    assert {each.id: each.state for each in due} == {each: kept.state for each, kept in wanted.kept.items()}


def test_what_is_kept_already_stays_as_it_is_and_the_rest_is_kept(shelf: Shelf) -> None:
    shelf.happens(1)
    shelf.record(Answer(TAKEN))
    notify_of([told_of(EVENT, title=f"Outcome {number}") for number in (0, 1, 2, 1)], shelf.notifications, NOW)
    assert sorted(titles(shelf.lease())) == ["Outcome 0", "Outcome 2"]
    assert shelf.notifications.unread(ME) == 3


def test_a_burst_is_kept_whole(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST_AT_ONCE", 3)
    notify_of([told_of(EVENT, title=f"Outcome {number}") for number in range(10)], shelf.notifications, NOW)
    assert shelf.notifications.unread(ME) == 10


def test_only_what_is_due_is_leased_the_oldest_first_and_no_more_than_asked(shelf: Shelf) -> None:
    for number in range(4):
        shelf.happens(number, minutes=number)
    assert titles(shelf.lease()) == ["Outcome 0"]
    assert titles(shelf.lease(minutes=2)) == ["Outcome 1", "Outcome 2"]
    shelf.seconds = 31.0
    assert titles(shelf.lease(minutes=3, limit=2)) == ["Outcome 0", "Outcome 1"]


def test_what_waits_for_one_channel_takes_no_places_of_anothers(shelf: Shelf) -> None:
    """A mail server that is away for a night must not hold up chats."""
    for number in range(3):
        shelf.happens(number)
    (last,) = [each for each in shelf.lease() if each.state.cause.facts["title"] == "Outcome 2"]
    begun = last.state.with_delivery(Delivery(WECOM, next_try=NOW + timedelta(minutes=1)))
    decision = replace(made(last, Answer(LATER))[1], state=begun)
    shelf.notifications.record([(last, decision, made(last, Answer(LATER))[2])], EMAIL)
    assert shelf.notifications.due(WECOM, NOW + timedelta(minutes=2), 2) == [last.id]


def test_what_was_seen_due_and_has_been_sent_since_is_not_leased(shelf: Shelf) -> None:
    shelf.happens(1)
    seen = shelf.notifications.due(EMAIL, NOW, 10)
    shelf.record(Answer(LATER))
    assert shelf.notifications.lease(seen, EMAIL, NOW) == []
    assert len(leased(shelf.second(), minutes=1)) == 1


def test_of_claims_that_ran_out_nothing_is_left(shelf: Shelf) -> None:
    """Each worker that dies leaves some behind: those of years would make every claim slower."""
    for number in range(4):
        shelf.happens(number)
    shelf.lease(limit=3)
    shelf.seconds = 31.0
    shelf.lease(limit=1)
    if isinstance(shelf.notifications, NotificationStore):
        (claims,) = shelf.notifications.collection.database["claims"].find()
        assert len(claims["held"]) == 1


def test_what_waits_for_another_channel_is_left_alone(shelf: Shelf) -> None:
    shelf.happens(1)
    assert leased(shelf.notifications, channel="sms") == []


def test_two_workers_have_one_lease(shelf: Shelf) -> None:
    shelf.happens(1)
    one, other = shelf.second(), shelf.second()
    assert len(leased(one)) == 1
    shelf.seconds = 29.0
    assert leased(other) == []
    shelf.seconds = 31.0
    assert len(leased(other)) == 1
    assert leased(one) == []


def test_many_workers_at_once_have_one_lease_each(shelf: Shelf) -> None:
    for number in range(10):
        shelf.happens(number)
    workers, together = [shelf.second() for _ in range(4)], Barrier(4)

    def leases(worker: Notifications) -> list[str]:
        together.wait()
        return [each.id for each in leased(worker, limit=100)]

    with ThreadPoolExecutor(4) as pool:
        taken = [notification for each in pool.map(leases, workers) for notification in each]
    assert len(taken) == len(set(taken)) == 10


def test_writing_down_what_came_of_an_attempt_ends_its_lease(shelf: Shelf) -> None:
    shelf.happens(1)
    shelf.record(Answer(LATER))
    (again,) = leased(shelf.second(), minutes=1)
    assert [each.state for each in again.state.delivery_by(EMAIL).attempts] == ["delivery_attempted"]


def test_reading_does_not_end_a_lease(shelf: Shelf) -> None:
    shelf.happens(1)
    (taken,) = shelf.lease()
    read_by_its_recipient(shelf, taken)
    assert leased(shelf.second()) == []


def read_by_its_recipient(shelf: Shelf, seen: Loaded[Notification]) -> None:
    decision = read(seen.state, now=NOW)
    assert decision
    shelf.notifications.save(seen, decision, Context(derived("read"), SYSTEM, NOW))


def test_of_several_written_down_together_those_that_changed_meanwhile_are_named_and_left(shelf: Shelf) -> None:
    for number in range(3):
        shelf.happens(number)
    leased = shelf.lease()
    read_by_its_recipient(shelf, leased[1])
    assert shelf.notifications.record([made(each, Answer(TAKEN)) for each in leased], EMAIL) == {leased[1].id}
    stand = shelf.notifications.named(each.id for each in leased)
    assert [stand[each.id].state for each in leased] == ["sent", "queued", "sent"]
    assert stand[leased[1].id].read_at == NOW


def test_writing_down_the_same_again_changes_nothing(shelf: Shelf) -> None:
    shelf.happens(1)
    (taken,) = shelf.lease()
    for _ in range(2):
        shelf.notifications.record([made(taken, Answer(LATER))], EMAIL)
    assert len(shelf.notifications.load(taken.id).state.delivery_by(EMAIL).attempts) == 1


def of_the_visit(shelf: Shelf, event_type: str, number: int, at: datetime) -> None:
    """Something happens to one and the same visit."""
    envelope = {"subject": "visit/vis_1", "time": at.isoformat(), "id": derived("visit", str(number))}
    notify_of([told_of(event_type, envelope=envelope)], shelf.notifications, NOW)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_later_message_of_the_same_matter_overtakes_an_unsent_one_in_whatever_order_they_come(
    order: tuple[int, int], shelf: Shelf
) -> None:
    happenings = [("exchange.visit.booked.v1", NOW), ("exchange.visit.cancelled.v1", NOW + timedelta(hours=1))]
    for number in order:
        of_the_visit(shelf, happenings[number][0], number, happenings[number][1])
    shelf.happens(1)
    waiting = [each.state for each in shelf.lease(limit=100)]
    overtaken = shelf.notifications.overtaken(waiting)
    told_of_the_end = {each.recipient for each in waiting if each.purpose.startswith("visit-cancelled")}
    booked = {
        each.id for each in waiting if each.purpose.startswith("visit-booked") and each.recipient in told_of_the_end
    }
    assert booked
    assert set(overtaken) == booked
    by_id = {each.id: each for each in waiting}
    for old, new in overtaken.items():
        assert by_id[new].purpose.startswith("visit-cancelled")
        assert by_id[new].recipient == by_id[old].recipient


def test_what_waits_for_a_digest_is_found_by_its_moment(shelf: Shelf) -> None:
    for number in range(3):
        shelf.happens(number)
    morning = NOW + timedelta(hours=6)
    leased = shelf.lease()
    moments = (morning, morning, morning + timedelta(days=1))
    held = [
        (each, hold(each.state, each.state.delivery_by(EMAIL), until=moment, reason=AWAITS_DIGEST), context)
        for (each, _, context), moment in zip((made(each, Answer(LATER)) for each in leased), moments, strict=True)
    ]
    shelf.notifications.record(held, EMAIL)
    read_by_its_recipient(shelf, shelf.notifications.load(leased[0].id))
    waiting = shelf.notifications.awaiting_digest(ME, EMAIL, morning)
    assert [each.id for each in waiting] == [leased[1].id]


def test_what_was_queued_since_one_looked_is_unseen(shelf: Shelf) -> None:
    for number in range(3):
        shelf.happens(number, minutes=number)
    assert shelf.notifications.unseen(ME, None) == 3
    assert shelf.notifications.unseen(ME, NOW + timedelta(minutes=1)) == 1
    assert shelf.notifications.unseen("per_other", None) == 0


def test_what_was_told_long_ago_is_forgotten_the_oldest_first_but_for_what_waits(shelf: Shelf) -> None:
    for number in range(4):
        shelf.happens(number, minutes=number)
    taken = shelf.lease(minutes=2)
    shelf.notifications.record([made(each, Answer(TAKEN)) for each in taken[:2]], EMAIL)
    told_of_it(shelf)
    later = NOW + timedelta(minutes=3)
    assert shelf.notifications.forget(later, 1) == 1
    assert shelf.notifications.forget(later, 10) == 1
    assert shelf.notifications.forget(later, 10) == 0
    left = shelf.notifications.inbox(ME, after=None, limit=50)
    assert titles(left) == ["Outcome 3", "Outcome 2"]


def test_what_still_waits_keeps_nothing_behind_it_from_being_forgotten(shelf: Shelf) -> None:
    for number in range(3):
        shelf.happens(number, minutes=number)
    shelf.notifications.record([made(each, Answer(TAKEN)) for each in shelf.lease(minutes=2)[1:]], EMAIL)
    told_of_it(shelf)
    assert shelf.notifications.forget(NOW + timedelta(minutes=2), 1) == 1
    assert titles(shelf.notifications.inbox(ME, after=None, limit=50)) == ["Outcome 2", "Outcome 0"]


def told_of_it(shelf: Shelf) -> None:
    """The relay has told everything: in the database it takes what is told away."""
    if isinstance(shelf.notifications, NotificationStore):
        shelf.notifications.collection.update_many({}, {"$set": {"outbox": []}})


def test_what_is_still_to_be_told_of_is_not_forgotten(shelf: Shelf) -> None:
    shelf.happens(1)
    shelf.record(Answer(TAKEN))
    forgotten = shelf.notifications.forget(NOW + timedelta(days=1), 10)
    assert forgotten == (0 if isinstance(shelf.notifications, NotificationStore) else 1)


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


def sought(shelf: Shelf, *, after: str | None = None, limit: int = 10, **fields: Any) -> list[str]:
    return titles(shelf.notifications.search(SoughtNotifications(**fields), after=after, limit=limit))


def test_deliveries_are_found_by_anything_that_is_known(shelf: Shelf) -> None:
    shelf.happens(1)
    shelf.record(Answer(TAKEN))
    shelf.happens(2, minutes=1)
    assert sought(shelf) == ["Outcome 2", "Outcome 1"]
    assert sought(shelf, recipient=ME, state="sent") == ["Outcome 1"]
    assert sought(shelf, about="out_other") == []
    assert sought(shelf, purpose="outcome-expected") == ["Outcome 2", "Outcome 1"]
    assert sought(shelf, purpose="outcome-overdue") == []
    assert sought(shelf, recipient=ME, channel="sms") == []


def test_state_and_channel_are_those_of_one_delivery(shelf: Shelf) -> None:
    shelf.happens(1)
    (waiting,) = shelf.lease()
    decision = attempted(waiting.state, Answer(NEVER))
    by_sms = decision.state.with_delivery(Delivery("sms", next_try=NOW))
    shelf.notifications.record([(waiting, replace(decision, state=by_sms), made(waiting, Answer(NEVER))[2])], EMAIL)
    assert sought(shelf, state="undelivered", channel="email") == ["Outcome 1"]
    assert sought(shelf, state="undelivered", channel="sms") == []
    assert sought(shelf, state="queued", channel="sms") == ["Outcome 1"]


def test_a_search_keeps_to_its_period_the_first_moment_included_and_the_last_not(shelf: Shelf) -> None:
    for number in range(5):
        shelf.happens(number, minutes=number)
    since, until = NOW + timedelta(minutes=1), NOW + timedelta(minutes=3)
    assert sought(shelf, since=since, until=until) == ["Outcome 2", "Outcome 1"]
    assert sought(shelf, until=since) == ["Outcome 0"]
    assert sought(shelf, since=until, recipient=ME) == ["Outcome 4", "Outcome 3"]
    assert sought(shelf, since=NOW + timedelta(days=1)) == []


def test_a_search_comes_in_pages_without_gaps(shelf: Shelf) -> None:
    for number in range(7):
        shelf.happens(number, minutes=number // 3)
    search, everything = shelf.notifications.search, SoughtNotifications(since=NOW)
    whole = [each.id for each in search(everything, after=None, limit=50)]
    paged: list[str] = []
    while page := search(everything, after=paged[-1] if paged else None, limit=2):
        paged += [each.id for each in page]
    assert paged == whole
    assert len(whole) == 7


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
