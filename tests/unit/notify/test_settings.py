"""The mail settings: complete, or the worker says at start what is missing or wrong, and no secret."""

import pytest

from chassis.settings import read
from services.notify.settings import MailSettings

WHOLE = {
    "AMQP_URL": "amqp://notify:secret@127.0.0.1/khunjerab",
    "MONGO_URL": "mongodb://notify:secret@127.0.0.1/notify",
    "SMTP_HOST": "mail.hospital.example",
    "SMTP_FROM": "Khunjerab <noreply@hospital.example>",
    "WEB_URL": "https://khunjerab.example",
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
    assert (account.host, account.port, account.starttls) == ("mail.hospital.example", 587, True)
    assert (account.user, account.password) == ("notify", "secret")


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(SystemExit, match=name):
        read(MailSettings)


@pytest.mark.parametrize(("name", "value"), [("SMTP_FROM", "Khunjerab"), ("SMTP_PORT", "0"), ("SMTP_PORT", "mail")])
def test_what_is_wrong_is_named_and_not_quoted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=name) as ended:
        read(MailSettings)
    assert "secret" not in str(ended.value)
