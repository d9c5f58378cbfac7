"""The exchange's settings: complete, or it says at start what is missing or wrong, and no secret."""

import base64
import os

import pytest

from chassis.mailbox import MailServer
from chassis.seals import FernetSeals
from chassis.settings import read
from services.exchange.settings import ExchangeSettings

NAME = "KHUNJERAB_PASSPORT_KEYS"
KEYS = [base64.urlsafe_b64encode(os.urandom(32)).decode() for _ in range(2)]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_URL", "http://127.0.0.1:8000")
    monkeypatch.setenv("AMQP_URL", "amqp://exchange:secret@127.0.0.1/khunjerab")
    monkeypatch.setenv("MONGO_URL", "mongodb://exchange:secret@127.0.0.1/exchange")


@pytest.mark.parametrize(
    "keys", [KEYS[0], ",".join(KEYS), f" {KEYS[0]} , {KEYS[1]} "], ids=["one", "two", "two, with spaces"]
)
def test_the_first_key_seals(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, keys)
    seals = FernetSeals(read(ExchangeSettings).passport_keys)
    assert FernetSeals([KEYS[0]]).opened(seals.sealed("AB1234567")) == "AB1234567"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with pytest.raises(SystemExit, match=NAME):
        read(ExchangeSettings)


@pytest.mark.parametrize(
    "keys",
    ["", ",", "short", f"{KEYS[0]},", f"{KEYS[0]} {KEYS[1]}", KEYS[0][:-3], "ü" * 43],
    ids=["none", "a comma", "a word", "a comma behind", "no comma between", "cut off", "other letters"],
)
def test_what_is_malformed_is_named_and_not_quoted(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, keys)
    with pytest.raises(SystemExit, match=f"{NAME}: .*URL-safe base64") as ended:
        read(ExchangeSettings)
    assert KEYS[0] not in str(ended.value)


def test_keys_do_not_show_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, KEYS[0])
    assert KEYS[0] not in repr(read(ExchangeSettings))


@pytest.mark.parametrize(
    ("given", "replies_to"),
    [(None, "calendar@127.0.0.1"), ("", "calendar@127.0.0.1"), ("us@a.example", "us@a.example")],
)
def test_replies_go_to_the_calendar_address(
    given: str | None, replies_to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, KEYS[0])
    if given is not None:
        monkeypatch.setenv("CALENDAR_ADDRESS", given)
    assert read(ExchangeSettings).reply_address == replies_to


def test_a_calendar_address_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, KEYS[0])
    monkeypatch.setenv("CALENDAR_ADDRESS", "two@a.example, three@a.example")
    with pytest.raises(SystemExit, match=r"CALENDAR_ADDRESS: .*a mail address is needed"):
        read(ExchangeSettings)


@pytest.mark.parametrize(
    ("address", "host", "port", "login", "password", "encrypted", "folder"),
    [
        ("imaps://us%40a.org:s%2Fecret@a.example/INBOX", "a.example", 993, "us@a.org", "s/ecret", True, "INBOX"),
        ("imaps://us:secret@mail.example:1993/Replies", "mail.example", 1993, "us", "secret", True, "Replies"),
        ("imap://us:secret@127.0.0.1:1143", "127.0.0.1", 1143, "us", "secret", False, "INBOX"),
    ],
)  # fmt: skip
def test_a_mailbox_is_named_by_one_address(
    address: str, host: str, port: int, login: str, password: str, encrypted: bool, folder: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(NAME, KEYS[0])
    monkeypatch.setenv("IMAP_URL", address)
    assert read(ExchangeSettings).mailbox == MailServer(host, port, login, password, encrypted, folder)


def test_without_an_address_there_is_no_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, KEYS[0])
    assert read(ExchangeSettings).mailbox is None
    monkeypatch.setenv("IMAP_URL", "")
    assert read(ExchangeSettings).mailbox is None


@pytest.mark.parametrize(
    "address",
    ["mail.example", "https://us:pass-word@mail.example", "imaps://mail.example", "imap://us:pass-word@mail.example",
     "imaps://us@mail.example", "imaps://us:pass-word@mail.example:notaport"],
)  # fmt: skip
def test_a_mailbox_that_is_none_is_named_and_its_password_not_quoted(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, KEYS[0])
    monkeypatch.setenv("IMAP_URL", address)
    with pytest.raises(SystemExit, match="IMAP_URL") as ended:
        read(ExchangeSettings)
    assert "pass-word" not in str(ended.value)
