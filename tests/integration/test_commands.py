"""The operator's commands, on a real installation with the exchange service running in it."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from pymongo import MongoClient
from typer.testing import CliRunner, Result

from chassis.clock import SystemClock
from chassis.failed_events import COLLECTION, FailedEvents
from chassis.failed_events.judging import Judgement
from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.cli import app
from khunjerab.commands import speaking
from khunjerab.commands.clock import duration
from khunjerab.installation import Installation
from tests.fixtures.broker_acts import Attempt, do, publish
from tests.fixtures.running import Processes
from tests.probes import Finding, eventually

Command = Callable[..., Result]
HOPELESS = Judgement("refused", True, {"type": "HostFull", "message": "", "at": "somewhere"})


@pytest.fixture
def command(installation: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs `khunjerab …` as the installation's operator."""
    monkeypatch.setenv("KHUNJERAB_RUN_DIR", str(tmp_path))
    monkeypatch.setenv("AMQP_URL", installation.amqp_url("operator"))
    monkeypatch.setenv("MONGO_URL", installation.mongo_url("operator"))
    monkeypatch.setenv("BROKER_API_URL", installation.api_url("operator"))
    monkeypatch.setenv("DATABASE_PREFIX", installation.prefix)
    monkeypatch.setattr(speaking.results, "width", 220)
    return lambda *words, **more: CliRunner().invoke(app, words, **more)


def test_call_asks_a_service_as_an_actor_and_prints_its_answer(command: Command, processes: Processes) -> None:
    processes.start("exchange", "serve")
    answered = command("call", "exchange.sites", "--role", "administrator", "--as", "per_1")
    assert (answered.exit_code, json.loads(answered.stdout)) == (0, {"items": []})
    refused = command("call", "exchange.visit", '{"visit_id": "vis_0"}', "--role", "administrator", "--as", "per_1")
    assert refused.exit_code == 1
    assert 'refused: Unknown {"kind": "visit"' in refused.stderr


def test_call_says_when_nobody_answers(command: Command) -> None:
    silent = command("call", "exchange.sites", "--timeout", "0.5")
    assert silent.exit_code == 1
    assert "ask again with --command-id" in silent.stderr


@pytest.mark.parametrize(
    "words", [("nowhere.visits",), ("exchange",), ("exchange.sites", "[]"), ("exchange.sites", "{")]
)
def test_call_refuses_what_makes_no_sense(command: Command, words: tuple[str, ...]) -> None:
    assert command("call", *words).exit_code == 2


def test_doctor_names_what_is_wrong_and_what_to_do(
    command: Command, processes: Processes, installation: Installation
) -> None:
    processes.start("exchange", "serve")
    BrokerApi(installation.backends.broker_api_url).delete("queues", installation.vhost, "research.suspects")
    BrokerApi(installation.backends.broker_api_url).delete("policies", installation.vhost, "notify.subscription")
    _unsent_event(installation)
    said = command("doctor")
    assert said.exit_code == 1
    lines = said.stdout.splitlines()
    assert _line(lines, "rpc-exchange", "ok")
    assert _line(lines, "rpc-notify", "nobody consumes it", "is the process `notify serve` running?")
    assert _line(lines, "research.suspects", "there is no such queue", "khunjerab bootstrap")
    assert _line(lines, "notify.subscription", "its policy is missing")
    assert _line(lines, "exchange", "1 events are unsent", "exchange relay")


def test_doctor_says_that_the_broker_is_away_and_looks_at_the_rest(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMQP_URL", "amqp://operator:x@127.0.0.1:1/v")
    lines = command("doctor").stdout.splitlines()
    assert _line(lines, "broker", "does not let the operator in")
    assert _line(lines, "database", "is reached")


def test_a_dead_letter_is_listed_shown_replayed_and_discarded(command: Command, installation: Installation) -> None:
    assert "no dead letters" in command("dead-letters", "list").stdout
    letter = _dead_letter(installation)
    listed = command("dead-letters", "list", "notify").stdout
    assert letter in listed
    assert "HostFull" in listed
    assert json.loads(command("dead-letters", "show", "notify", letter).stdout)["status"] == "dead"
    assert "1 dead letters" in command("doctor").stdout

    assert command("dead-letters", "replay", "notify", letter).exit_code == 0
    assert "has no dead letter" in command("dead-letters", "replay", "notify", letter).stderr
    assert command("dead-letters", "show", "notify", "nothing").exit_code == 1
    assert command("dead-letters", "list", "nobody").exit_code == 2


def test_a_discarded_dead_letter_is_gone(command: Command, installation: Installation) -> None:
    letter = _dead_letter(installation)
    assert command("dead-letters", "discard", "notify", letter).exit_code == 0
    assert command("dead-letters", "discard", "notify", letter).exit_code == 1


def test_tail_shows_events_without_taking_them_from_anybody(command: Command, installation: Installation) -> None:
    said: list[Result] = []
    tail = threading.Thread(
        target=lambda: said.append(command("events", "tail", "--count", "1", "--body")), daemon=True
    )
    tail.start()
    eventually(lambda: _temporary_queue(installation))
    do(installation, Attempt("exchange", "publishes", publish("exchange.events", "exchange.visit.booked.v1")))
    tail.join(timeout=10)
    assert said[0].exit_code == 0, said[0].stderr
    assert "{}" in said[0].stdout
    assert (
        do(installation, Attempt("notify", "reads", lambda channel: channel.basic_get("notify.subscription")))[2]
        == b"{}"
    )


def test_an_account_is_made_once(command: Command, installation: Installation) -> None:
    words = ("account", "add", "Li@example.org", "--person", "per_1", "--role", "coordinator", "--site", "sit_1")
    made = command(*words, input="long enough words\nlong enough words\n")
    assert made.exit_code == 0, made.stderr
    with MongoClient[dict[str, Any]](installation.mongo_url("web")) as client:
        assert client.get_default_database()["accounts"].find_one({"email": "li@example.org"})
    assert "AccountExists" in command(*words, "--password", "long enough words").stderr
    assert command(*words, "--role", "king", "--password", "long enough words").exit_code == 2


def test_the_clock_moves_in_a_demo_alone(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "in a demo only" in command("clock", "advance", "30d").stderr
    monkeypatch.setenv("KHUNJERAB_DEMO", "1")
    assert command("clock", "advance", "30d").exit_code == 0
    assert command("clock", "advance", "12h").exit_code == 0
    assert float((tmp_path / "clock").read_text()) == timedelta(days=30, hours=12).total_seconds()


@pytest.mark.parametrize(
    ("text", "span"), [("30d", timedelta(30)), ("2w", timedelta(14)), ("90s", timedelta(seconds=90))]
)
def test_a_span_of_time_is_a_number_and_a_unit(text: str, span: timedelta) -> None:
    assert duration(text) == span


@pytest.mark.parametrize("text", ["", "d", "-1d", "1y", "1.5d", "99999999d"])
def test_anything_else_is_no_span_of_time(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        duration(text)


def _line(lines: list[str], *words: str) -> list[str]:
    return [line for line in lines if line.strip().startswith(words[0]) and all(word in line for word in words)]


def _temporary_queue(installation: Installation) -> Finding[list[str]]:
    queues = [
        queue["name"] for queue in BrokerApi(installation.backends.broker_api_url).get("queues", installation.vhost)
    ]
    return Finding(queues, any(name.startswith("tail-") for name in queues), "a queue named tail-…")


def _unsent_event(installation: Installation) -> None:
    with MongoClient[dict[str, Any]](installation.mongo_url("exchange")) as client:
        entry = {"id": "1", "time": "2026-01-01T00:00:00+00:00"}
        client.get_default_database()["visits"].insert_one({"_id": "vis_1", "outbox": [entry]})


def _dead_letter(installation: Installation) -> str:
    with MongoClient[dict[str, Any]](installation.mongo_url("notify")) as client:
        collection = client.get_default_database()[COLLECTION]
        FailedEvents(collection, "notify", SystemClock()).store(b"not JSON", "notify.subscription", HOPELESS)
        found = collection.find_one({"status": "dead"})
        assert found
        return str(found["_id"])
