"""The task that sends: leases, unknown recipients, failures, and what is written down."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from chassis.kernel.documents import Loaded
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.mailing import Mailing
from services.notify.application.ports import Letter
from services.notify.application.reactions.notify_of import in_chain_of, notify_of
from services.notify.domain.delivery import LATER, NEVER, Answer
from services.notify.domain.notification import Notification
from tests.alliance import StandingClock
from tests.fakes.notify import FakeNotifications, FakePeople, KeepingPostman
from tests.unit.notify.samples import NOW, person, told_of

EVENT = "research.outcome.expected.v1"
WRITER = TemplateWriter()
RESPONSIBLE = str(told_of(EVENT)[1].model_dump()["responsible"])


@dataclass
class Office:
    """A mailing on fakes, with one notification queued."""

    clock: StandingClock = field(default_factory=lambda: StandingClock(NOW))
    seconds: float = 0.0
    people: FakePeople = field(default_factory=lambda: FakePeople(person(RESPONSIBLE)))
    postman: KeepingPostman = field(default_factory=KeepingPostman)
    writer: Any = WRITER

    def __post_init__(self) -> None:
        self.notifications = FakeNotifications(lambda: self.seconds)
        self.happens()

    def happens(self, **data: Any) -> None:
        notify_of([told_of(EVENT, **data)], self.notifications, self.clock.now())

    def mailing(self) -> Mailing:
        return Mailing(self.notifications, self.people, self.writer, self.postman, self.clock)

    def round(self) -> int:
        return self.mailing().send_due()

    @property
    def one(self) -> Notification:
        return next(iter(self.notifications.kept.values())).state


@pytest.fixture
def office() -> Office:
    return Office()


def test_what_is_queued_is_sent_and_the_sending_is_told(office: Office) -> None:
    assert office.round() == 1
    assert [mail.to.email for mail in office.postman.taken] == ["en@hospital.example"]
    assert office.one.email.state == "sent"
    assert [type(each).__name__ for each in office.notifications.told] == ["NotificationSent"]


def test_what_is_sent_is_not_sent_again(office: Office) -> None:
    office.round()
    office.clock.advance(timedelta(days=30))
    assert office.round() == 0
    assert len(office.postman.taken) == 1


def test_a_failure_is_tried_again_when_its_time_has_come_and_not_before(office: Office) -> None:
    office.postman.answers = [Answer(LATER, reason="smtp 451")]
    office.round()
    assert office.one.email.state == "delivery_attempted"
    office.clock.advance(timedelta(seconds=59))
    assert office.round() == 0
    office.clock.advance(timedelta(seconds=1))
    office.round()
    assert [each.state for each in office.one.email.attempts] == ["delivery_attempted", "sent"]


def test_a_refusal_for_good_is_not_tried_again(office: Office) -> None:
    office.postman.answers = [Answer(NEVER, reason="smtp 550 5.1.1")]
    office.round()
    assert office.one.email.state == "undelivered"
    office.clock.advance(timedelta(days=30))
    assert office.round() == 0


def test_a_recipient_who_is_not_known_yet_is_waited_for(office: Office) -> None:
    someone = office.people.known.pop(RESPONSIBLE)
    office.round()
    assert (office.one.email.state, office.one.email.reason) == ("queued", "recipient-unknown")
    office.people.known[RESPONSIBLE] = someone
    office.clock.advance(timedelta(seconds=5))
    office.round()
    assert office.one.email.state == "sent"
    assert len(office.one.email.attempts) == 1


def test_while_another_has_the_lease_nobody_sends(office: Office) -> None:
    (waiting,) = office.notifications.due(office.clock.now(), 10)
    assert office.notifications.lease(waiting)
    office.seconds += 29
    assert office.round() == 0
    assert office.postman.asked == 0


class Simultaneous(FakeNotifications):
    """Two workers look at the same moment. Without `leasing` each may have whatever it sees."""

    leasing = True

    def due(self, now: datetime, limit: int) -> list[Loaded[Notification]]:
        seen = super().due(now, limit)
        BOTH.wait(timeout=5)
        return seen

    def lease(self, waiting: Loaded[Notification]) -> bool:
        return not self.leasing or super().lease(waiting)


BOTH = Barrier(2)


@pytest.mark.parametrize(("leasing", "mails"), [(True, 1), (False, 2)])
def test_two_workers_that_see_it_at_once_send_it_once_thanks_to_the_lease(
    leasing: bool, mails: int, office: Office
) -> None:
    office.notifications = Simultaneous(lambda: 0.0)
    office.notifications.leasing = leasing
    office.happens()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda mailing: mailing.send_due(), [office.mailing(), office.mailing()]))
    assert len(office.postman.taken) == mails
    assert len(office.one.email.attempts) == 1


def test_a_lease_that_expires_is_taken_over(office: Office) -> None:
    (waiting,) = office.notifications.due(office.clock.now(), 10)
    assert office.notifications.lease(waiting)
    office.seconds += 31
    assert office.round() == 1
    assert office.one.email.state == "sent"


def test_who_comes_late_with_the_news_of_a_lease_long_expired_changes_nothing(office: Office) -> None:
    """Two may have sent, one after the other's lease; one attempt is written down."""
    (waiting,) = office.notifications.due(office.clock.now(), 10)
    office.round()
    office.mailing()._send(waiting)
    assert len(office.postman.taken) == 2
    assert len({mail.id for mail in office.postman.taken}) == 1
    assert len(office.one.email.attempts) == 1


def test_reading_it_meanwhile_does_not_lose_what_came_of_the_attempt(office: Office) -> None:
    (waiting,) = office.notifications.due(office.clock.now(), 10)
    kept = office.notifications.kept[waiting.id]
    office.notifications.kept[waiting.id] = replace(
        kept, version=kept.version + 1, state=replace(kept.state, read_at=NOW)
    )
    office.mailing()._send(waiting)
    assert (office.one.email.state, office.one.read_at) == ("sent", NOW)


def test_when_no_server_can_be_spoken_to_the_others_are_left_for_later(office: Office) -> None:
    office.happens(title="Another")
    office.postman.answers = [Answer(LATER, reason="ConnectionRefusedError", server_away=True)]
    assert office.round() == 1
    states = sorted(kept.state.email.state for kept in office.notifications.kept.values())
    assert states == ["delivery_attempted", "queued"]


class StumblingWriter(TemplateWriter):
    """Fails over one notification, as a fault in a template would."""

    def letter(self, notification: Notification, *more: Any) -> Letter:
        if notification.cause.facts["title"] == "Stumble":
            raise ZeroDivisionError
        return super().letter(notification, *more)


def test_what_cannot_be_rendered_keeps_nobody_else_waiting(office: Office) -> None:
    office.writer = StumblingWriter()
    office.notifications.kept.clear()
    office.happens(title="Stumble")
    office.happens(title="Another")
    assert office.round() == 2
    outcome = {kept.state.cause.facts["title"]: kept.state.email for kept in office.notifications.kept.values()}
    assert outcome["Another"].state == "sent"
    assert (outcome["Stumble"].state, outcome["Stumble"].reason) == ("delivery_attempted", "not-rendered")


def test_the_news_stands_in_the_chain_of_the_event(office: Office) -> None:
    office.round()
    event, _ = told_of(EVENT)
    cause = office.one.cause
    context = in_chain_of(cause, "0" * 32, NOW)
    assert (context.correlation_id, context.causation_id) == (event.correlationid, event.id)
    assert context.traceparent == event.traceparent


def test_a_taken_mail_carries_the_link_the_thread_and_the_readers_language(office: Office) -> None:
    office.people.known[RESPONSIBLE] = person(RESPONSIBLE, "ur")
    office.writer = TemplateWriter("https://khunjerab.example")
    office.round()
    (mail,) = office.postman.taken
    assert mail.letter.language == "ur"
    assert f"https://khunjerab.example/outcomes/{mail.thread}" in mail.letter.html
    assert office.postman.asked == 1
