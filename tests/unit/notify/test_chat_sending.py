"""Messages to chats and telephones: what goes there and when, and the next channel where one fails."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from services.notify.adapters.chat import ChatWords
from services.notify.application.chat import Chat
from services.notify.application.digesting import Digesting
from services.notify.application.email import Email
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.sending import Sending
from services.notify.application.surroundings import Lookup
from services.notify.domain.channels import CHANNELS, RINGING
from services.notify.domain.chat.address import CONFIRMED, Address, add, address_id, blank, remove
from services.notify.domain.chat.fields import sealed
from services.notify.domain.delivery import LATER, NEVER, Answer
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import prefer, usual
from tests.alliance import StandingClock
from tests.fakes.chat import FIELDS, KeepingMessenger, addresses
from tests.fakes.notify import (
    FakeAnnouncements,
    FakeEscalations,
    FakeNotifications,
    FakePeople,
    FakePreferences,
    KeepingPostman,
    gate_with,
    suppressions_in_memory,
    turnstile_with,
)
from tests.fakes.sealing import seals
from tests.unit.notify.samples import person, told_of

EVENT = "research.outcome.advanced.v2"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])
REFUSED = Answer(NEVER, reason="refused")
DAY = datetime(2026, 2, 3, 6, 0, tzinfo=UTC)
"""11:00 in Gilgit."""
NIGHT = datetime(2026, 2, 3, 18, 0, tzinfo=UTC)
"""23:00 in Gilgit."""


@dataclass
class Office:
    """All channels on fakes, with one notification queued for somebody who has an address by each."""

    clock: StandingClock = field(default_factory=lambda: StandingClock(DAY))
    people: FakePeople = field(default_factory=lambda: FakePeople(person(ME)))
    preferences: FakePreferences = field(default_factory=FakePreferences)
    postman: KeepingPostman = field(default_factory=KeepingPostman)
    messenger: KeepingMessenger = field(default_factory=KeepingMessenger)

    def __post_init__(self) -> None:
        self.notifications, self.digests = FakeNotifications(lambda: 0.0), FakeNotifications(lambda: 0.0)
        self.addresses, self.writer = addresses(), ChatWords("https://khunjerab.example")
        for channel in RINGING:
            self._has(channel)
        self.happens()

    def _has(self, channel: str) -> None:
        kept = sealed(FIELDS[channel], seals())
        made = add(blank(ME, channel), sealed=kept, shown="…", code="", now=DAY)
        confirmed: Address = replace(made.state, state=CONFIRMED, code=None)
        self.addresses.add(confirmed.id, replace(made, state=confirmed), self._context(channel))

    def happens(self, **data: Any) -> None:
        notify_of([told_of(EVENT, **data)], self.notifications, self.clock.now())

    def wants(self, **otherwise: str) -> None:
        decision = prefer(usual(ME), otherwise=otherwise)
        self.preferences.add(decision.state.id, decision, self._context("wants"))

    def loses(self, channel: str) -> None:
        found = self.addresses.load(address_id(ME, channel))
        self.addresses.save(found, remove(found.state, by_administrator=False), self._context("loses"))

    def sending(self, channel: str, queue: FakeNotifications | None = None) -> Sending:
        lookup = Lookup(
            self.notifications,
            self.people,
            self.preferences,
            FakeAnnouncements(),
            suppressions_in_memory(),
            FakeEscalations(),
        )
        carrier = (
            Email(self.writer, self.postman)
            if channel == "email"
            else Chat(channel, self.writer, self.addresses, seals(), self.messenger)
        )
        digesting = Digesting(self.notifications, self.digests, FakeEscalations())
        shelf = queue or self.notifications
        gate, turnstile = gate_with(self.clock), turnstile_with()
        return Sending(channel, shelf, lookup, carrier, digesting, self.clock, gate=gate, turnstile=turnstile)

    def rounds(self, times: int = 3) -> None:
        """Each channel's task comes round."""
        for _ in range(times):
            for channel in CHANNELS:
                self.sending(channel).send_due()
                self.sending(channel, self.digests).send_due()

    def _context(self, command: str) -> Context:
        return Context(command, Actor(ME) if command == "wants" else SYSTEM, DAY)

    @property
    def one(self) -> Notification:
        return next(iter(self.notifications.kept.values())).state

    @property
    def told(self) -> dict[str, tuple[str, str]]:
        """Channel -> how its delivery stands, and why."""
        return {each.channel: (each.state, each.reason) for each in self.one.deliveries}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.parametrize("channel", sorted(RINGING))
def test_what_the_inbox_says_goes_to_the_persons_address_with_its_link(channel: str, office: Office) -> None:
    office.wants(**{channel: "at-once"})
    office.rounds()
    (text,) = office.messenger.given
    lines = text.body.splitlines()
    assert (text.channel, text.fields, text.language) == (channel, FIELDS[channel], "en")
    assert lines[-1] == f"https://khunjerab.example/outcomes/{office.one.about}"
    assert office.told == {channel: ("sent", "")}
    assert office.postman.taken == []


@pytest.mark.parametrize(("language", "sign"), [("zh", "\u4e00"), ("ur", "\u0600")])
def test_it_is_written_in_the_readers_language(language: str, sign: str, office: Office) -> None:
    office.people.known[ME] = person(ME, language)
    office.wants(feishu="at-once")
    office.rounds()
    assert office.messenger.given[0].language == language
    assert max(office.messenger.given[0].body) > sign


def test_where_mail_is_refused_for_good_wecom_takes_it(office: Office) -> None:
    office.postman.answers = [REFUSED]
    office.wants(email="at-once", wecom="if-others-fail")
    office.rounds()
    assert office.told == {"email": ("undelivered", "refused"), "wecom": ("sent", "")}
    assert [each.channel for each in office.messenger.given] == ["wecom"]


def test_where_wecom_fails_mail_takes_it(office: Office) -> None:
    office.messenger.answers = [Answer(NEVER, reason="wecom 93000")]
    office.wants(wecom="at-once")
    office.rounds()
    assert office.told == {"wecom": ("undelivered", "wecom 93000"), "email": ("sent", "")}
    assert len(office.postman.taken) == 1


def test_where_all_fail_each_was_tried_once_in_order(office: Office) -> None:
    office.postman.answers, office.messenger.answers = [REFUSED] * 9, [REFUSED] * 9
    office.wants(email="at-once", **dict.fromkeys(RINGING, "if-others-fail"))
    office.rounds(9)
    assert [each.channel for each in office.one.deliveries] == list(CHANNELS)
    assert {state for state, _ in office.told.values()} == {"undelivered"}


def test_what_may_come_later_is_tried_three_times_more_before_the_next_channel(office: Office) -> None:
    office.messenger.answers = [Answer(LATER, reason="wecom 45009")] * 4
    office.wants(wecom="at-once")
    for minutes in (0, 0.5, 5, 30):
        office.clock.advance(timedelta(minutes=minutes))
        office.rounds()
    assert office.told == {"wecom": ("undelivered", "wecom 45009"), "email": ("sent", "")}
    assert len(office.one.deliveries[0].attempts) == 4


def test_an_address_that_was_removed_is_passed_over_for_the_next_channel(office: Office) -> None:
    office.wants(wecom="at-once")
    office.loses("wecom")
    office.rounds()
    assert office.told == {"wecom": ("undelivered", "no-address"), "email": ("sent", "")}
    assert office.messenger.given == []


def test_no_telephone_rings_at_night_and_mail_comes(office: Office) -> None:
    office.clock.advance(NIGHT - DAY)
    office.wants(sms="at-once", email="at-once")
    office.rounds()
    assert office.told == {"sms": ("queued", "quiet-hours"), "email": ("sent", "")}
    office.clock.advance(timedelta(hours=9, seconds=1))
    office.rounds()
    assert office.told["sms"] == ("sent", "")


def test_a_channel_that_stands_in_for_another_keeps_the_night_too(office: Office) -> None:
    office.clock.advance(NIGHT - DAY)
    office.postman.answers = [REFUSED]
    office.wants(email="at-once", sms="if-others-fail")
    office.rounds()
    assert office.told["sms"] == ("queued", "quiet-hours")


def test_a_digest_goes_by_chat_as_well(office: Office) -> None:
    office.wants(wecom="daily")
    office.happens(title="Another")
    office.rounds()
    assert office.messenger.given == []
    office.clock.advance(timedelta(days=1))
    office.rounds()
    (text,) = office.messenger.given
    assert text.body.splitlines()[-1] == "https://khunjerab.example/inbox"


def test_who_dies_between_taking_and_writing_down_sends_the_same_text_again(office: Office) -> None:
    """At least once: these services have no id by which they would know a text again."""
    office.wants(wecom="at-once")
    office.sending("email").send_due()
    recorded, office.notifications.record = office.notifications.record, lambda *_: 1 / 0  # type: ignore[assignment,method-assign]
    with pytest.raises(ZeroDivisionError):
        office.sending("wecom").send_due()
    office.notifications.record = recorded  # type: ignore[method-assign]
    office.notifications._leases.clear()
    office.rounds()
    first, second = office.messenger.given
    assert first == second
    assert len(office.one.deliveries[0].attempts) == 1


def test_a_service_that_is_away_holds_up_no_other(office: Office) -> None:
    office.messenger.answers = [Answer(LATER, reason="too-slow", server_away=True)]
    office.wants(wecom="at-once", feishu="at-once")
    office.rounds(1)
    office.rounds(1)
    assert office.told == {"wecom": ("delivery_attempted", "too-slow"), "feishu": ("sent", "")}
