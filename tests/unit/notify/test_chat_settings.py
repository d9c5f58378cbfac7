"""The operator's accounts at WhatsApp and SMS, and the bots that are offered: nothing without their word."""

import pytest

from chassis.settings import read
from services.notify.chat_settings import ChatAccountSettings, ChatSettings

OF_ALL = {"AMQP_URL": "amqp://broker", "MONGO_URL": "mongodb://database/notify"}
WHATSAPP = {"WHATSAPP_PHONE_ID": "106540352242922", "WHATSAPP_TOKEN": "EAAJ", "WHATSAPP_TEMPLATE": "khunjerab_message"}
SMS = {"SMS_ACCOUNT": "AC" + "0" * 32, "SMS_TOKEN": "0a1b", "SMS_SENDER": "+15005550006"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*WHATSAPP, *SMS, "CHAT_BOTS"):
        monkeypatch.delenv(name, raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> ChatAccountSettings:
    for name, value in (OF_ALL | values).items():
        monkeypatch.setenv(name, value)
    return read(ChatAccountSettings)


def test_nothing_is_offered_that_the_operator_has_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch).offered == frozenset()
    assert (given(monkeypatch).accounts.sms, given(monkeypatch).accounts.whatsapp) == (None, None)


def test_bots_are_offered_by_name_and_telephones_with_their_account(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, CHAT_BOTS="wecom, feishu", **WHATSAPP, **SMS)
    assert settings.offered == {"wecom", "feishu", "whatsapp", "sms"}
    assert settings.accounts.bots == {"wecom", "feishu"}


def test_what_takes_addresses_opens_no_account() -> None:
    assert not {"whatsapp_token", "sms_token"} & ChatSettings.model_fields.keys()


@pytest.mark.parametrize("name", [*WHATSAPP, *SMS])
def test_an_account_is_whole_or_not_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = WHATSAPP | SMS
    with pytest.raises(SystemExit) as ended:
        given(monkeypatch, **{each: value for each, value in whole.items() if each != name})
    assert name.partition("_")[0] in str(ended.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("CHAT_BOTS", "wecom,telegram"), ("SMS_ACCOUNT", "SK123"), ("SMS_SENDER", "us"), ("WHATSAPP_PHONE_ID", "+92 345")],
)
def test_what_is_no_such_thing_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as ended:
        given(monkeypatch, **(WHATSAPP | SMS | {name: value}))
    assert name in str(ended.value)
    assert value not in str(ended.value)


def test_no_token_shows_in_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = given(monkeypatch, **(WHATSAPP | SMS)).accounts
    assert "EAAJ" not in repr(accounts)
    assert "0a1b" not in repr(accounts)
