"""The task that sends: leases, unknown recipients, failures, and what is written down."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import inf
from threading import Barrier
from typing import Any

import pytest

from chassis.kernel.documents import Loaded
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.email import Email
from services.notify.application.ports import Letter, Message
from services.notify.application.reactions.notify_of import in_chain_of, notify_of
from services.notify.application.sending import Sending
from services.notify.domain.delivery import LATER, NEVER, Answer
from services.notify.domain.notification import Notification
from tests.alliance import StandingClock
from tests.fakes.notify import FakeNotifications, FakePeople, FakePreferences, KeepingPostman, sending_mails
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
    preferences: FakePreferences = field(default_factory=FakePreferences)
    postman: KeepingPostman = field(default_factory=KeepingPostman)
    writer: Any = WRITER

    def __post_init__(self) -> None:
        self.notifications = FakeNotifications(lambda: self.seconds)
        self.happens()

    def happens(self, **data: Any) -> None:
        notify_of([told_of(EVENT, **data)], self.notifications, self.clock.now())

    def mailing(self) -> Sending:
        carrier = Email(self.writer, self.postman)
        return sending_mails(self.notifications, self.people, carrier, self.clock, self.preferences)

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
    assert office.one.deliveries[0].state == "sent"
    assert [type(each).__name__ for each in office.notifications.told] == ["NotificationSent"]


def test_what_is_sent_is_not_sent_again(office: Office) -> None:
    office.round()
    office.clock.advance(timedelta(days=30))
    assert office.round() == 0
    assert len(office.postman.taken) == 1


def test_a_failure_is_tried_again_when_its_time_has_come_and_not_before(office: Office) -> None:
    office.postman.answers = [Answer(LATER, reason="smtp 451")]
    office.round()
    assert office.one.deliveries[0].state == "delivery_attempted"
    office.clock.advance(timedelta(seconds=59))
    assert office.round() == 0
    office.clock.advance(timedelta(seconds=1))
    office.round()
    assert [each.state for each in office.one.deliveries[0].attempts] == ["delivery_attempted", "sent"]


def test_a_refusal_for_good_is_not_tried_again(office: Office) -> None:
    office.postman.answers = [Answer(NEVER, reason="smtp 550 5.1.1")]
    office.round()
    assert office.one.deliveries[0].state == "undelivered"
    office.clock.advance(timedelta(days=30))
    assert office.round() == 0


def test_a_recipient_who_is_not_known_yet_is_waited_for(office: Office) -> None:
    someone = office.people.known.pop(RESPONSIBLE)
    office.round()
    assert (office.one.deliveries[0].state, office.one.deliveries[0].reason) == ("queued", "recipient-unknown")
    office.people.known[RESPONSIBLE] = someone
    office.clock.advance(timedelta(seconds=5))
    office.round()
    assert office.one.deliveries[0].state == "sent"
    assert len(office.one.deliveries[0].attempts) == 1


def leased(office: Office) -> list[Loaded[Notification]]:
    """Another worker takes what is due."""
    now = office.clock.now()
    return office.notifications.lease(office.notifications.due("email", now, 10), "email", now)


def test_while_another_has_the_lease_nobody_sends(office: Office) -> None:
    assert leased(office)
    office.seconds += 29
    assert office.round() == 0
    assert office.postman.asked == 0


class Simultaneous(FakeNotifications):
    """Two workers look at the same moment. Without `leasing` each may have whatever it sees."""

    leasing = True

    def lease(self, ids: Sequence[str], channel: str, now: datetime) -> list[Loaded[Notification]]:
        BOTH.wait(timeout=5)
        taken = super().lease(ids, channel, now)
        if not self.leasing:
            self._leases.clear()
            BOTH.wait(timeout=5)
        return taken


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
    assert len(office.one.deliveries[0].attempts) == 1


def test_a_lease_that_expires_is_taken_over(office: Office) -> None:
    assert leased(office)
    office.seconds += 31
    assert office.round() == 1
    assert office.one.deliveries[0].state == "sent"


def late(office: Office, waiting: Loaded[Notification]) -> None:
    """A worker that leased it goes on, whatever has happened since."""
    mailing = office.mailing()
    mailing._dealt_with([waiting], until=inf)


def test_who_comes_late_with_the_news_of_a_lease_long_expired_changes_nothing(office: Office) -> None:
    """Two may have sent, one after the other's lease; one attempt is written down."""
    (waiting,) = leased(office)
    office.seconds += 31
    office.round()
    late(office, waiting)
    assert len(office.postman.taken) == 2
    assert len({mail.id for mail in office.postman.taken}) == 1
    assert len(office.one.deliveries[0].attempts) == 1


def test_reading_it_meanwhile_does_not_lose_what_came_of_the_attempt(office: Office) -> None:
    (waiting,) = leased(office)
    kept = office.notifications.kept[waiting.id]
    office.notifications.kept[waiting.id] = replace(
        kept, version=kept.version + 1, state=replace(kept.state, read_at=NOW)
    )
    late(office, waiting)
    assert (office.one.deliveries[0].state, office.one.read_at) == ("sent", NOW)


def test_when_no_server_can_be_spoken_to_the_others_are_left_for_later(office: Office) -> None:
    office.happens(title="Another")
    office.postman.answers = [Answer(LATER, reason="ConnectionRefusedError", server_away=True)]
    assert office.round() == 1
    states = sorted(kept.state.deliveries[0].state for kept in office.notifications.kept.values())
    assert states == ["delivery_attempted", "queued"]


class StumblingWriter(TemplateWriter):
    """Fails over one notification, as a fault in a template would."""

    def letter(self, message: Message) -> Letter:
        if message.notification.cause.facts["title"] == "Stumble":
            raise ZeroDivisionError
        return super().letter(message)


def test_what_cannot_be_rendered_keeps_nobody_else_waiting(office: Office) -> None:
    office.writer = StumblingWriter()
    office.notifications.kept.clear()
    office.happens(title="Stumble")
    office.happens(title="Another")
    assert office.round() == 2
    outcome = {kept.state.cause.facts["title"]: kept.state.deliveries[0] for kept in office.notifications.kept.values()}
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
