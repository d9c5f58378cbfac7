"""Where people are reached: who may say so, what is refused, and that nothing goes there before it is confirmed."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, ROLES, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import InvalidCommand, NotAllowed
from chassis.kernel.ids import derived
from services.notify.adapters.chat import ChatWords
from services.notify.application import commands, queries
from services.notify.application.chat import confirmed
from services.notify.domain.channels import RINGING
from services.notify.domain.chat import permissions
from services.notify.domain.chat.address import CODE_LASTS, CODES_A_DAY, TRIES, address_id, due
from services.notify.domain.chat.refusals import (
    ChannelNotOffered,
    CodeOver,
    CodeWrong,
    NoSuchAddress,
    NothingToConfirm,
    TooManyCodes,
)
from services.notify.domain.delivery import NEVER, Answer
from tests.fakes.chat import FIELDS, KeepingMessenger, addresses
from tests.fakes.notify import FakePeople, FakePreferences
from tests.fakes.sealing import seals
from tests.unit.notify.samples import NOW, person

SELF = Actor("per_ali", frozenset({VISITOR}))
OTHER = Actor("per_other", frozenset({VISITOR}))
ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
WRITER = ChatWords()


class Book:
    """Commands and questions about addresses, on documents in memory."""

    def __init__(self) -> None:
        self.addresses, self.preferences, self.messenger = addresses(), FakePreferences(), KeepingMessenger()
        self.people, self.seals, self.now = FakePeople(person("per_ali", "ur")), seals(), NOW
        self.offered: set[str] = set(RINGING)
        self._calls, self._codes = 0, 482915

    def add(self, channel: str = "wecom", actor: Actor = SELF, command_id: str = "", **fields: str) -> Any:
        given = {"address": {"channel": channel, **(fields or FIELDS[channel])}}
        context = self.context(actor, command_id)
        return commands.add_address(
            parsed(commands.AddAddress, given), context, self.addresses, self.offered, self.seals, self._code
        )

    def _code(self) -> str:
        self._codes += 1
        return str(self._codes)

    def sends(self, channel: str = "wecom", person: str = "per_ali") -> None:
        """What the worker's timer does."""
        commands.send_code(
            address_id(person, channel),
            self.context(SYSTEM),
            self.addresses,
            self.people,
            self.seals,
            WRITER,
            self.messenger,
        )

    def confirm(self, code: str, channel: str = "wecom", actor: Actor = SELF, command_id: str = "") -> Any:
        command = parsed(commands.ConfirmAddress, {"channel": channel, "code": code})
        return commands.confirm_address(command, self.context(actor, command_id), self.addresses, self.seals)

    def remove(self, channel: str = "wecom", actor: Actor = SELF, **fields: str) -> Any:
        command = parsed(commands.RemoveAddress, {"channel": channel, **fields})
        return commands.remove_address(command, self.context(actor), self.addresses)

    def shown(self, actor: Actor = SELF, **fields: str) -> Any:
        asked = parsed(queries.AskAddresses, fields)
        return queries.addresses(asked, actor, self.now, self.addresses, self.offered)

    def prefers(self, **fields: Any) -> Any:
        command = parsed(commands.SetPreferences, fields)
        return commands.set_preferences(command, self.context(SELF), self.preferences, self.addresses)

    def has(self, channel: str = "wecom") -> str:
        """The person adds and confirms one; returns the code that came."""
        self.add(channel)
        self.sends(channel)
        self.confirm(self.messenger.code, channel)
        return self.messenger.code

    def context(self, actor: Actor, command_id: str = "") -> Context:
        self._calls += 1
        return Context(command_id or derived(str(self._calls)), actor, self.now)

    def kept(self, channel: str = "wecom") -> Any:
        return self.addresses.kept[address_id("per_ali", channel)].state


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.mark.parametrize("channel", sorted(RINGING))
def test_an_address_is_confirmed_by_the_code_that_comes_there(channel: str, book: Book) -> None:
    assert book.add(channel).state == "unconfirmed"
    book.sends(channel)
    (text,) = book.messenger.given
    assert (text.channel, text.fields) == (channel, FIELDS[channel])
    assert book.confirm(book.messenger.code, channel).state == "confirmed"
    assert confirmed("per_ali", RINGING, book.addresses).keys() == {channel}


def test_the_code_comes_in_the_persons_language(book: Book) -> None:
    book.add()
    book.sends()
    assert book.messenger.given[0].language == "ur"
    assert "482916" in book.messenger.given[0].body


def test_before_it_is_confirmed_it_counts_for_nothing(book: Book) -> None:
    book.add()
    book.sends()
    assert confirmed("per_ali", RINGING, book.addresses) == {}
    with pytest.raises(NoSuchAddress) as refused:
        book.prefers(otherwise={"wecom": "at-once"})
    assert refused.value.facts == {"channel": "wecom"}


def test_a_channel_can_be_chosen_once_its_address_is_confirmed(book: Book) -> None:
    book.has("sms")
    assert book.prefers(wanted={"visits": {"sms": "at-once"}}, otherwise={"email": "daily"}).version == 1
    with pytest.raises(NoSuchAddress):
        book.prefers(otherwise={"sms": "if-others-fail", "feishu": "weekly"}, expected_version=1)


def test_no_address_is_needed_for_what_is_not_wanted(book: Book) -> None:
    assert book.prefers(otherwise={"email": "at-once", "wecom": "never"}).version == 1


def test_neither_address_nor_code_can_be_read_in_the_database(book: Book) -> None:
    book.add("dingtalk")
    written = str(book.kept("dingtalk"))
    assert not any(secret in written for secret in (*FIELDS["dingtalk"].values(), "482916"))


def test_of_an_address_the_last_signs_are_shown_and_no_more(book: Book) -> None:
    book.has("sms")
    book.add("wecom")
    shown = book.shown()
    assert [(each["channel"], each["state"], each["shown"]) for each in shown["items"]] == [
        ("wecom", "unconfirmed", "…a5aa"),
        ("sms", "confirmed", "…5678"),
    ]
    assert book.shown(ADMIN, person="per_ali")["items"] == shown["items"]


def test_a_wrong_code_is_counted_and_says_how_many_are_left(book: Book) -> None:
    book.add()
    book.sends()
    for left in range(TRIES - 1, -1, -1):
        with pytest.raises(CodeWrong) as refused:
            book.confirm("000000")
        assert refused.value.facts == {"left": left}
    with pytest.raises(CodeOver):
        book.confirm(book.messenger.code)


def test_a_wrong_code_sent_twice_is_counted_once_and_refused_twice(book: Book) -> None:
    book.add()
    for _ in range(2):
        with pytest.raises(CodeWrong) as refused:
            book.confirm("000000", command_id="c" * 32)
        assert refused.value.facts == {"left": TRIES - 1}


def test_a_code_expires(book: Book) -> None:
    book.add()
    book.sends()
    book.now += CODE_LASTS + timedelta(seconds=1)
    assert book.shown()["items"][0]["code"]["state"] == "over"
    with pytest.raises(CodeOver):
        book.confirm(book.messenger.code)


def test_a_code_is_worth_nothing_a_second_time_or_for_another_address(book: Book) -> None:
    code = book.has()
    with pytest.raises(NothingToConfirm):
        book.confirm(code)
    book.now += timedelta(minutes=2)
    book.add(key="another-key-of-the-same-person")
    with pytest.raises(CodeWrong):
        book.confirm(code)


def test_the_same_command_again_answers_as_before_and_makes_no_second_code(book: Book) -> None:
    assert book.add(command_id="a" * 32) == book.add(command_id="a" * 32)
    book.sends()
    first = book.confirm(book.messenger.code, command_id="b" * 32)
    assert book.confirm(book.messenger.code, command_id="b" * 32) == first


def test_codes_are_not_asked_for_again_and_again(book: Book) -> None:
    book.add()
    with pytest.raises(TooManyCodes) as refused:
        book.add()
    assert refused.value.facts == {"until": (NOW + timedelta(minutes=1)).isoformat()}
    for _ in range(CODES_A_DAY - 1):
        book.now += timedelta(hours=1)
        book.add()
    book.now += timedelta(hours=1)
    with pytest.raises(TooManyCodes) as refused:
        book.add()
    assert refused.value.facts == {"until": (NOW + timedelta(days=1)).isoformat()}
    book.now = NOW + timedelta(days=1)
    assert book.add().state == "unconfirmed"


def test_removing_an_address_in_between_gives_no_further_code(book: Book) -> None:
    book.add()
    book.remove()
    with pytest.raises(TooManyCodes):
        book.add()


def test_another_address_takes_the_place_of_the_first_and_has_to_be_confirmed_anew(book: Book) -> None:
    book.has()
    book.now += timedelta(minutes=2)
    book.add(key="another-key-of-the-same-person")
    assert confirmed("per_ali", RINGING, book.addresses) == {}


def test_what_is_removed_is_not_kept(book: Book) -> None:
    book.has()
    assert book.remove().state == "removed"
    assert (book.kept().sealed, book.kept().shown, book.shown()["items"]) == ("", "", [])
    with pytest.raises(NoSuchAddress):
        book.remove()
    with pytest.raises(NothingToConfirm):
        book.confirm("482916")


def test_what_was_never_there_can_be_neither_confirmed_nor_removed(book: Book) -> None:
    with pytest.raises(NothingToConfirm):
        book.confirm("482916")
    with pytest.raises(NoSuchAddress):
        book.remove()


def test_a_code_that_could_not_be_sent_is_told_and_not_tried_again(book: Book) -> None:
    book.messenger.answers = [Answer(NEVER, reason="wecom 93000")]
    book.add()
    assert book.shown()["items"][0]["code"]["state"] == "on-its-way"
    book.sends()
    book.sends()
    assert len(book.messenger.given) == 1
    shown = book.shown()["items"][0]["code"]
    assert (shown["state"], shown["reason"]) == ("not-sent", "wecom 93000")
    assert due(book.kept()) == ()


def test_a_code_that_waited_too_long_is_not_sent(book: Book) -> None:
    book.add()
    book.now += CODE_LASTS + timedelta(seconds=1)
    book.sends()
    assert book.messenger.given == []


def test_a_channel_without_the_operators_account_is_refused(book: Book) -> None:
    book.offered = {"wecom"}
    with pytest.raises(ChannelNotOffered) as refused:
        book.add("sms")
    assert (refused.value.facts, book.shown()["offered"]) == ({"channel": "sms"}, ["wecom"])


@pytest.mark.parametrize(
    "address",
    [
        {"channel": "email", "phone": "+923451234567"},
        {"channel": "telegram", "token": "a" * 30},
        {"channel": "sms", "phone": "03451234567"},
        {"channel": "sms", "phone": "+92 345 1234567"},
        {"channel": "sms", "phone": "+923451234567,+923451234568"},
        {"channel": "wecom", "key": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6"},
        {"channel": "wecom", "key": "693a91f6-7bc4-4bc4-97a0-0ec2bd3f&debug=1"},
        {"channel": "wecom", "url": "wecombot://693a91f6"},
        {"channel": "feishu", "token": "../../elsewhere/0123456789"},
        {"channel": "feishu", "token": "f19c4d5e-03a2-4a4c-8c3e-0e6a4d3a2b11\n"},
        {"channel": "dingtalk", "token": "json://elsewhere.example/aaaaaaa"},
        {"channel": "dingtalk", "token": "a" * 64, "secret": "none"},
    ],
)
def test_nothing_but_what_the_channel_needs_is_taken(address: dict[str, str], book: Book) -> None:
    with pytest.raises(InvalidCommand) as refused:
        parsed(commands.AddAddress, {"address": address})
    assert not any(value in str(refused.value.facts) for name, value in address.items() if name != "channel")


def test_only_the_person_adds_and_confirms_and_nobody_else_sees_more_than_nothing(book: Book) -> None:
    book.has()
    book.add(actor=OTHER)
    assert book.shown()["items"] == book.shown(ADMIN, person="per_ali")["items"]
    with pytest.raises(NotAllowed):
        book.add(actor=SYSTEM)
    with pytest.raises(NotAllowed):
        book.shown(OTHER, person="per_ali")
    with pytest.raises(NotAllowed):
        book.remove(actor=OTHER, person="per_ali")
    assert book.remove(actor=ADMIN, person="per_ali").state == "removed"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_of_all_roles_administrators_alone_see_and_remove_anothers(role: str) -> None:
    actor = Actor("per_x", frozenset({role}), frozenset({"sit_gilgit"}))
    for may in (permissions.may_see_addresses, permissions.may_remove_address):
        assert may(actor, None) == "per_x"
        if role == ADMINISTRATOR:
            assert may(actor, "per_ali") == "per_ali"
            continue
        with pytest.raises(NotAllowed) as refused:
            may(actor, "per_ali")
        assert refused.value.facts.keys() == {"action", "needs"}


def test_an_address_asks_to_be_looked_at_until_its_code_was_sent(book: Book) -> None:
    book.add()
    assert [(each.name, each.at) for each in due(book.kept())] == [("send-code", NOW)]
    book.sends()
    assert due(book.kept()) == ()


def test_codes_are_six_digits_and_differ() -> None:
    from services.notify.adapters.address_store import new_code

    codes = {new_code() for _ in range(50)}
    assert len(codes) > 40
    assert all(len(code) == 6 and code.isdigit() for code in codes)
