"""Digests: one mail of what could wait, put together once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, SYSTEM, Actor
from chassis.kernel.context import Context
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands
from services.notify.application.email import Email
from services.notify.application.reactions import notify_of
from services.notify.application.sending import TOGETHER, Sending
from services.notify.domain.delivery import LATER, Answer, Delivery
from services.notify.domain.digest import items_of
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import prefer, preferences_id, usual
from services.notify.domain.reading import read
from tests.alliance import StandingClock
from tests.fakes.notify import (
    FakeCalendarsBrought,
    FakeNotifications,
    FakePeople,
    FakePreferences,
    KeepingPostman,
    sending_mails,
    suppressions_in_memory,
)
from tests.unit.notify.samples import NOW, person, told_of

EVENT = "research.outcome.expected.v1"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])
TOMORROW = datetime(2026, 2, 3, 8, 0, tzinfo=UTC) + timedelta(days=1)


@dataclass
class Office:
    """A mailing on fakes, for somebody in UTC who wants to hear of outcomes once a day, at eight."""

    clock: StandingClock = field(default_factory=lambda: StandingClock(NOW.replace(hour=12)))
    language: str = "en"
    preferences: FakePreferences = field(default_factory=FakePreferences)
    postman: KeepingPostman = field(default_factory=KeepingPostman)

    def __post_init__(self) -> None:
        self.notifications, self.digests = FakeNotifications(lambda: 0.0), FakeNotifications(lambda: 0.0)
        self.people = FakePeople(person(ME, self.language, zone="UTC"))
        self.wants("daily")

    def wants(self, pace: str) -> None:
        decision = prefer(usual(ME), wanted={"outcomes": {"email": pace}})
        self.preferences.kept.pop(preferences_id(ME), None)
        self.preferences.add(preferences_id(ME), decision, Context(pace, SYSTEM, NOW))

    def happens(self, *titles: str) -> None:
        notify_of([told_of(EVENT, title=title) for title in titles], self.notifications, self.clock.now())

    def sending(self, *, digests: bool = False) -> Sending:
        carrier = Email(TemplateWriter("https://k.example"), self.postman)
        return sending_mails(
            self.notifications, self.people, carrier, self.clock, self.preferences, self.digests, of_digests=digests
        )

    def round(self) -> None:
        self.sending().send_due()
        self.sending(digests=True).send_due()

    def tomorrow(self) -> None:
        self.clock.advance(TOMORROW - self.clock.now())
        self.round()

    def deliveries(self) -> dict[str, Delivery]:
        kept = [each.state for each in self.notifications.kept.values()]
        return {each.cause.facts["title"]: each.deliveries[0] for each in kept}


@pytest.fixture
def office() -> Office:
    made = Office()
    made.happens("One", "Two", "Three")
    made.round()
    return made


def test_what_can_wait_is_sent_in_one_mail_at_the_hour_that_the_person_chose(office: Office) -> None:
    assert office.postman.taken == []
    assert {each.next_try for each in office.deliveries().values()} == {TOMORROW}
    office.tomorrow()
    (mail,) = office.postman.taken
    assert all(title in mail.letter.text and title in mail.letter.html for title in ("One", "Two", "Three"))
    assert mail.letter.text.count("https://k.example/outcomes/") == 3
    (digest,) = office.digests.kept
    assert {(each.state, each.reason, each.detail) for each in office.deliveries().values()} == {
        ("not_sent", "in-digest", digest)
    }
    assert next(iter(office.digests.kept.values())).state.state == "sent"


def test_it_is_sent_once_however_often_one_looks(office: Office) -> None:
    office.tomorrow()
    office.tomorrow()
    office.clock.advance(timedelta(days=3))
    office.round()
    assert len(office.postman.taken) == 1


def test_what_happens_later_waits_for_the_next(office: Office) -> None:
    office.tomorrow()
    office.happens("Four")
    office.round()
    assert len(office.postman.taken) == 1
    office.clock.advance(timedelta(days=1))
    office.round()
    assert "Four" in office.postman.taken[1].letter.text
    assert "Three" not in office.postman.taken[1].letter.text


class Counting(FakeNotifications):
    """Counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(lambda: 0.0)
        self.asked: Counter[str] = Counter()

    def named(self, ids: Iterable[str]) -> dict[str, Notification]:
        self.asked["named"] += 1
        return super().named(ids)

    def awaiting_digest(self, recipient: str, channel: str, moment: datetime) -> list[Notification]:
        self.asked["awaiting"] += 1
        return super().awaiting_digest(recipient, channel, moment)


def test_of_however_many_that_wait_their_digest_is_asked_for_and_put_together_once() -> None:
    office = Office()
    office.notifications, office.digests = Counting(), Counting()
    office.happens(*(f"Outcome {number:03}" for number in range(TOGETHER)))
    office.sending().send_due()
    assert office.digests.asked == {}
    office.clock.advance(TOMORROW - office.clock.now())
    office.sending().send_due()
    assert office.notifications.asked["awaiting"] == 1
    # Whether there is one, and whose came first.
    assert office.digests.asked["named"] == 2
    assert {each.reason for each in office.deliveries().values()} == {"in-digest"}


def test_two_people_have_a_digest_each() -> None:
    office = Office()
    other = "per_other"
    office.people.known[other] = person(other, zone="UTC")
    said = prefer(usual(other), wanted={"outcomes": {"email": "daily"}})
    office.preferences.add(preferences_id(other), said, Context(other, SYSTEM, NOW))
    office.happens("One", "Two")
    notify_of([told_of(EVENT, title="Three", responsible=other)], office.notifications, office.clock.now())
    office.round()
    office.tomorrow()
    assert {mail.to.id: len(items_of(office.digests.load(mail.id).state)) for mail in office.postman.taken} == {
        ME: 2,
        other: 1,
    }


def test_whoever_is_erased_while_their_digest_is_put_together_keeps_nobody_else_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.digests, "add_new", lambda _: None)
    office.tomorrow()
    assert office.postman.taken == []
    assert {each.reason for each in office.deliveries().values()} == {"in-digest"}


def test_what_was_read_meanwhile_is_left_out_and_where_all_was_read_there_is_none(office: Office) -> None:
    for loaded in [office.notifications.load(each) for each in list(office.notifications.kept)]:
        decision = read(loaded.state, now=NOW)
        assert decision
        office.notifications.save(loaded, decision, Context(loaded.id, SYSTEM, NOW))
    office.tomorrow()
    assert office.postman.taken == []
    assert {each.reason for each in office.deliveries().values()} == {"read-already"}


def test_what_a_later_message_made_pointless_is_left_out() -> None:
    office = Office()
    for what, hour in (("due-soon", 9), ("reported", 10)):
        envelope = {"time": f"2026-02-03T{hour:02}:00:00Z", "subject": "outcome/out_1"}
        event = told_of(f"research.outcome.{what}.v2", envelope=envelope, responsible=ME, by="per_other")
        notify_of([event], office.notifications, office.clock.now())
        office.sending().send_due()
    office.tomorrow()
    (digest,) = office.digests.kept.values()
    assert [office.notifications.load(each).state.purpose for each in items_of(digest.state)] == ["outcome-reported"]


def test_a_worker_that_died_between_the_digest_and_its_parts_leaves_nothing_out_and_nothing_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.clock.advance(TOMORROW - office.clock.now())
    with monkeypatch.context() as dying:
        dying.setattr(FakeNotifications, "record", _dies)
        with pytest.raises(ProcessLookupError):
            office.sending().send_due()
    office.notifications._leases.clear()
    office.happens("Four")
    office.round()
    (mail,) = office.postman.taken
    assert [title for title in ("One", "Two", "Three", "Four") if title in mail.letter.text] == ["One", "Two", "Three"]
    assert office.deliveries()["Four"].reason == "digest"


def _dies(*_: Any) -> Any:
    raise ProcessLookupError


def test_whoever_changes_their_mind_gets_what_waited_at_once_when_its_digest_would_have_come(office: Office) -> None:
    office.wants("at-once")
    office.tomorrow()
    assert len(office.postman.taken) == 3
    assert office.digests.kept == {}


@pytest.mark.parametrize(("language", "more"), [("en", "and 2 more"), ("zh", "另有 2 条"), ("ur", "اور مزید 2")])
def test_it_speaks_the_readers_language(language: str, more: str) -> None:
    office = Office(language=language)
    office.happens("One", "Two", "Three")
    office.round()
    office.tomorrow()
    (mail,) = office.postman.taken
    subject = "".join(each for each in mail.letter.subject if each not in "\u2068\u2069")
    assert more in subject
    assert mail.letter.language == language


def test_of_very_many_it_shows_fifty_and_says_how_many_more_there_are() -> None:
    office = Office()
    office.happens(*(f"Outcome {number:03}" for number in range(60)))
    office.round()
    office.tomorrow()
    (mail,) = office.postman.taken
    assert mail.letter.text.count("https://k.example/outcomes/") == 50
    assert "10 more stand in your inbox" in mail.letter.text


def test_a_digest_can_be_sent_once_more(office: Office) -> None:
    office.tomorrow()
    (digest,) = office.digests.kept
    given = parsed(commands.Resend, {"notification": digest, "channel": "email", "reason": "It was never seen."})
    shelves, admin = (office.notifications, office.digests), Actor("per_a", frozenset({ADMINISTRATOR}))
    context = Context("again", admin, office.clock.now())
    commands.resend(given, context, shelves, office.people, suppressions_in_memory(), FakeCalendarsBrought())
    office.round()
    first, second = office.postman.taken
    assert (first.id, first.letter, first.again, second.again) == (second.id, second.letter, 0, 1)
    assert office.digests.load(digest).state.state == "sent"


def test_a_digest_that_the_server_refuses_for_now_is_tried_again(office: Office) -> None:
    office.postman.answers = [Answer(LATER, reason="smtp 451")]
    office.tomorrow()
    assert office.postman.taken == []
    office.clock.advance(timedelta(minutes=1))
    office.round()
    assert len(office.postman.taken) == 1
