"""The mail settings: complete, or the worker says at start what is missing or wrong, and no secret."""

from pathlib import Path

import pytest

from chassis.settings import read
from chassis.store import database_at
from services.notify.adapters.bounces import ReturnAddress
from services.notify.adapters.smtp_account import IMPLICIT, PLAIN, STARTTLS
from services.notify.bootstrap import sending_mails
from services.notify.domain.limits import HOUR, MINUTE, SERVICES, Limit
from services.notify.settings import MailSettings
from tests.alliance import StandingClock

WHOLE = {
    "AMQP_URL": "amqp://notify:secret@127.0.0.1/khunjerab",
    "MONGO_URL": "mongodb://notify:secret@127.0.0.1/notify",
    "SMTP_HOST": "mail.hospital.example",
    "SMTP_FROM": "Khunjerab <noreply@hospital.example>",
    "WEB_URL": "https://khunjerab.example",
    "REPLY_LINK_KEY": "a secret of thirty-two characters",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)


def test_what_is_given_makes_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PORT", "587")
    monkeypatch.setenv("SMTP_STARTTLS", "true")
    monkeypatch.setenv("SMTP_USER", "notify")
    monkeypatch.setenv("SMTP_PASSWORD", "secret")
    account = read(MailSettings).account
    assert (account.host, account.port, account.encryption) == ("mail.hospital.example", 587, STARTTLS)
    assert (account.user, account.password) == ("notify", "secret")
    assert "secret" not in repr(account)


def test_what_goes_out_is_limited_unless_it_is_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = read(MailSettings).limits
    assert (limits.person, limits.domain, limits.webhook) == (Limit(30, HOUR), Limit(600, MINUTE), Limit(600, MINUTE))
    assert limits.services == SERVICES
    monkeypatch.setenv("PERSON_MESSAGES_PER_HOUR", "0")
    monkeypatch.setenv("DOMAIN_MAILS_PER_MINUTE", "60")
    limits = read(MailSettings).limits
    assert (limits.person, limits.domain) == (None, Limit(60, MINUTE))


def test_encryption_may_begin_with_the_first_byte(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authorities = tmp_path / "authorities.pem"
    authorities.touch()
    monkeypatch.setenv("SMTP_TLS", "true")
    monkeypatch.setenv("SMTP_CA_FILE", str(authorities))
    monkeypatch.setenv("SMTP_CLIENT_NAME", "khunjerab.hospital.example")
    account = read(MailSettings).account
    assert (account.encryption, account.ca_file) == (IMPLICIT, str(authorities))
    assert account.client_name == "khunjerab.hospital.example"


def test_without_either_nothing_is_encrypted() -> None:
    assert read(MailSettings).account.encryption == PLAIN


@pytest.mark.parametrize("given", [{"SMTP_STARTTLS": "1", "SMTP_TLS": "1"}, {"SMTP_USER": "notify"}])
def test_two_ways_at_once_and_an_unencrypted_password_are_refused(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match="SMTP_TLS"):
        read(MailSettings)


def test_bounces_may_come_back_to_a_mailbox_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read(MailSettings).returns_to, read(MailSettings).bounces) == (None, None)
    monkeypatch.setenv("SMTP_BOUNCES_TO", "bounces@hospital.example")
    monkeypatch.setenv("SMTP_BOUNCES_TAGGED", "true")
    monkeypatch.setenv("BOUNCES_IMAP_URL", "imaps://bounces:a%20secret@mail.hospital.example/INBOX")
    settings = read(MailSettings)
    assert settings.account.returns_to == ReturnAddress("bounces@hospital.example", tagged=True)
    assert settings.bounces
    assert (settings.bounces.host, settings.bounces.password) == ("mail.hospital.example", "a secret")
    assert settings.domain == "hospital.example"


def test_a_mailbox_to_which_no_address_leads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOUNCES_IMAP_URL", "imaps://bounces:secret@mail.hospital.example/INBOX")
    with pytest.raises(SystemExit, match="BOUNCES_IMAP_URL") as ended:
        read(MailSettings)
    assert "secret" not in str(ended.value)


def test_the_last_mail_of_a_round_is_done_before_its_lease_is_over() -> None:
    settings = read(MailSettings)
    assert settings.round_patience + settings.patience < settings.mail_lease_seconds


def test_on_this_machine_a_password_may_travel_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_USER", "notify")
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    assert read(MailSettings).account.user == "notify"


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(SystemExit, match=name):
        read(MailSettings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_FROM", "Khunjerab"),
        ("SMTP_PORT", "0"),
        ("SMTP_PORT", "mail"),
        ("SMTP_CA_FILE", "/nowhere/secret.pem"),
        ("REPLY_LINK_KEY", "a short secret"),
        ("SMTP_BOUNCES_TO", "bounces"),
        ("BOUNCES_IMAP_URL", "http://x:secret@y"),
    ],
)
def test_what_is_wrong_is_named_and_not_quoted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=name) as ended:
        read(MailSettings)
    assert "secret" not in str(ended.value)


@pytest.mark.parametrize("connections", [1, 3])
def test_a_worker_has_as_many_conversations_as_it_is_told(connections: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_CONNECTIONS", str(connections))
    tasks = sending_mails(database_at(WHOLE["MONGO_URL"]), StandingClock(), read(MailSettings))
    sendings = [task.once.__self__ for task in tasks]  # type: ignore[attr-defined] # of a method
    assert [task.name for task in tasks] == [*(f"mail {number + 1}" for number in range(connections)), "digests"]
    assert len({id(sending.carrier.postman) for sending in sendings}) == connections + 1
