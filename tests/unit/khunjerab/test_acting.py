"""Who a command is told of: what is no id and no role is said by its option, before anybody is asked."""

import pytest
from typer.testing import CliRunner

from khunjerab.cli import app
from khunjerab.commands import account, calling

CALL = ("call", "exchange.visits")
ACCOUNT = ("account", "add", "li@example.org", "--password", "long enough words")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*CALL, "--as", "imran"), "imran: a person's id is wanted, per_…"),
        ((*CALL, "--as", "sit_1"), "sit_1: a person's id is wanted, per_…"),
        ((*CALL, "--role", "manager"), "manager: one of administrator"),
        ((*CALL, "--site", "gilgit"), "gilgit: a site's id is wanted, sit_…"),
        ((*CALL, "--command-id", "7"), "32 characters"),
        ((*ACCOUNT, "--person", "sys_1"), "sys_1: a person's id is wanted, per_…"),
        ((*ACCOUNT, "--person", "li"), "li: a person's id is wanted, per_…"),
        ((*ACCOUNT, "--person", "per_1", "--site", "kashgar"), "kashgar: a site's id is wanted, sit_…"),
        ((*ACCOUNT, "--person", "per_1", "--role", "king"), "king: one of administrator"),
        ((*ACCOUNT, "--person", "per_1", "--language", "fr"), "'en', 'zh', 'ur'"),
    ],
)
def test_who_is_meant_is_asked_for_again(words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        pytest.fail("somebody was asked")

    monkeypatch.setattr(calling, "reach", asked)
    monkeypatch.setattr(account, "reach", asked)
    ended = CliRunner().invoke(app, [*words], env={"TERMINAL_WIDTH": "200", "COLUMNS": "200"})
    assert ended.exit_code == 2
    assert told in ended.stderr


@pytest.mark.parametrize(
    ("amqp", "mongo", "setting"),
    [
        ("secret-1", "mongodb://h/", "AMQP_URL"),
        ("amqp://h/", "secret-1", "MONGO_URL"),
        ("", "mongodb://h/", "AMQP_URL"),
    ],
)
@pytest.mark.parametrize("words", [CALL, ("doctor",)])
def test_a_setting_that_is_no_address_is_named_and_not_shown(
    words: tuple[str, ...], amqp: str, mongo: str, setting: str
) -> None:
    ended = CliRunner().invoke(app, [*words], env={"AMQP_URL": amqp, "MONGO_URL": mongo})
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"khunjerab: {setting} is no address: ")
    assert "secret" not in ended.stderr
