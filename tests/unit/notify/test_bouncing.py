"""A mail that came back: what becomes of its notification, what is told of it, and what changes nothing."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.kernel.errors import Unavailable
from contracts.notify.bounces import NotificationBounced
from services.notify.adapters.bounces import BounceReader, ReturnAddress
from services.notify.adapters.published_events import published
from services.notify.application import commands
from services.notify.application.collecting_bounces import BouncePost
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.domain.bounce import Bounce
from services.notify.domain.bouncing import report_bounce
from services.notify.domain.channels import EMAIL, SMS
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import usual
from tests.alliance import StandingClock
from tests.fakes.mailbox import Box
from tests.fakes.notify import FakeNotifications, FakePreferences
from tests.unit.notify.samples import NOW, attempted, notifications_of
from tests.unit.notify.test_reading_bounces import report, words

QUEUED = notifications_of("exchange.visit.booked.v1")[0]
SENT = attempted(QUEUED, Answer(TAKEN)).state
BOUNCE = Bounce(SENT.id, "5.1.1", "550 no such user")
USUAL = usual(SENT.recipient)
RETURNS_TO = ReturnAddress("bounces@khunjerab.example", tagged=True)


def bounced(notification: Notification = SENT, bounce: Bounce = BOUNCE, **preferences: Any) -> Any:
    return report_bounce(notification, bounce, preferences=replace(USUAL, **preferences), now=NOW)


def test_a_mail_that_was_sent_is_bounced_with_the_status_and_the_servers_words() -> None:
    decision = bounced()
    mailed = decision.state.delivery_by(EMAIL)
    assert (mailed.state, mailed.reason, mailed.detail) == ("bounced", "bounced 5.1.1", "550 no such user")
    assert mailed.attempts == SENT.delivery_by(EMAIL).attempts
    assert (decision.what, decision.why, mailed.next_try) == ("bounced", "bounced 5.1.1", None)


@pytest.mark.parametrize(("status", "for_good"), [("5.1.1", True), ("4.4.7", False)])
def test_it_is_told_without_what_was_said_and_to_which_address(status: str, for_good: bool) -> None:
    (happening,) = bounced(bounce=replace(BOUNCE, status=status)).events
    told = published(happening)
    assert isinstance(told, NotificationBounced)
    assert (told.reason, told.for_good, told.channel) == (f"bounced {status}", for_good, "email")
    assert "no such user" not in told.model_dump_json()


@pytest.mark.parametrize(
    "notification",
    [
        QUEUED,
        attempted(QUEUED, Answer(LATER, "smtp 451")).state,
        attempted(QUEUED, Answer(NEVER, "smtp 550")).state,
        bounced().state,
        replace(SENT, deliveries=()),
    ],
    ids=["queued", "to be tried again", "refused", "bounced", "not by mail"],
)
def test_what_is_not_known_to_be_sent_does_not_bounce(notification: Notification) -> None:
    assert bounced(notification) is None


def test_where_another_channel_is_left_it_is_begun() -> None:
    decision = bounced(otherwise={EMAIL: "at-once", SMS: "if-others-fail"})
    begun = decision.state.delivery_by(SMS)
    assert (begun.state, begun.next_try) == ("queued", NOW)


class Office:
    """A sent notification, a sent digest, and a mailbox for what comes back."""

    def __init__(self, *mails: bytes) -> None:
        self.box = Box({str(number): raw for number, raw in enumerate(mails)})
        self.notifications, self.digests = FakeNotifications(lambda: 0.0), FakeNotifications(lambda: 0.0)
        self.digest = replace(SENT, id="ntf_" + "d" * 32)
        for shelf, state in ((self.notifications, SENT), (self.digests, self.digest)):
            decision = replace(attempted(QUEUED, Answer(TAKEN)), state=state, events=())
            shelf.add_new([(decision, in_chain_of(state.cause, state.id, NOW))])

    def collect(self) -> dict[str, str]:
        """What became of each mail."""

        def report(bounce: Bounce, context: Any) -> None:
            commands.report_bounce(bounce, context, (self.notifications, self.digests), FakePreferences())

        BouncePost(self.box, BounceReader(RETURNS_TO, "khunjerab.example").read, report, StandingClock(NOW)).collect()
        return self.box.marked

    @property
    def states(self) -> tuple[str, str]:
        """Of the notification, and of the digest."""
        found = (self.notifications.load(SENT.id), self.digests.load(self.digest.id))
        return found[0].state.delivery_by(EMAIL).state, found[1].state.delivery_by(EMAIL).state

    @property
    def told(self) -> list[str]:
        return [type(each).__name__ for each in self.notifications.told]


def returned(notification: str = SENT.id, **more: str) -> bytes:
    return report(to=RETURNS_TO.of(notification), returned="", **more)


def test_a_bounce_is_written_down_and_dealt_with() -> None:
    office = Office(returned())
    assert office.collect() == {"0": "seen"}
    assert office.states == ("bounced", "sent")
    assert office.told == ["NotificationBounced"]


def test_one_that_comes_twice_is_told_once() -> None:
    office = Office(returned(), returned(), returned(status="5.2.2"))
    assert set(office.collect().values()) == {"seen"}
    assert office.told == ["NotificationBounced"]
    assert office.notifications.load(SENT.id).state.delivery_by(EMAIL).reason == "bounced 5.1.1"


def test_a_digest_may_bounce_too() -> None:
    office = Office(returned("ntf_" + "d" * 32))
    assert office.collect() == {"0": "seen"}
    assert office.states == ("sent", "bounced")


@pytest.mark.parametrize(
    "raw",
    [
        returned("ntf_" + "0" * 32),
        report(returned=""),
        words("Hello!", sender="somebody@hospital.example"),
        b"X: y\r\n" + b"x" * 3_000_000,
    ],
    ids=["of a mail that never was", "of no mail", "from a person", "far too large"],
)
def test_what_is_forged_or_strange_changes_nothing_and_keeps_nobody_waiting(raw: bytes) -> None:
    office = Office(raw)
    assert office.collect() == {"0": "refused"}
    assert office.states == ("sent", "sent")
    office = Office(raw, returned())
    assert office.collect() == {"0": "refused", "1": "seen"}


def test_what_is_only_late_is_dealt_with_and_changes_nothing() -> None:
    office = Office(returned(action="delayed", status="4.4.1"))
    assert office.collect() == {"0": "seen"}
    assert office.states == ("sent", "sent")


def test_while_the_store_is_away_it_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(returned())

    def away(_: str) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(office.notifications, "load", away)
        with pytest.raises(Unavailable):
            office.collect()
    assert office.box.marked == {}
    assert office.collect() == {"0": "seen"}
