"""What a process needs around its work: settings, logs, health, tasks, traces."""

import json
import logging
import threading
from typing import Any

import pytest
import structlog
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import SpanKind

from chassis import logs, tracing
from chassis.health import Health
from chassis.settings import ServiceSettings, read
from chassis.working import Task, all_tick
from tests.probes import equal, eventually

ENVIRONMENT = {"AMQP_URL": "amqp://guest:secret@127.0.0.1/", "MONGO_URL": "mongodb://127.0.0.1/x"}


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (ENVIRONMENT | {"HEALTH_PORT": "7", "KHUNJERAB_DEMO": "1"}).items():
        monkeypatch.setenv(name, value)
    settings = read(ServiceSettings)
    assert (settings.amqp_url, settings.health_port, settings.khunjerab_demo) == (ENVIRONMENT["AMQP_URL"], 7, True)


def test_a_missing_variable_is_named_and_no_value_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMQP_URL", ENVIRONMENT["AMQP_URL"])
    monkeypatch.delenv("MONGO_URL", raising=False)
    monkeypatch.setenv("HEALTH_PORT", "secret-too")
    with pytest.raises(SystemExit) as ended:
        read(ServiceSettings)
    assert "MONGO_URL: Field required" in str(ended.value)
    assert "HEALTH_PORT" in str(ended.value)
    assert "secret" not in str(ended.value)


def test_log_lines_are_json_and_an_exceptions_text_stays_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("notify", "serve")
    try:
        raise RuntimeError("MEHRBAN ALI")
    except RuntimeError as error:
        structlog.get_logger("x").warning("it failed", exc_info=error)
        logging.getLogger("a.library").exception("its own words")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["error"] for line in lines] == ["RuntimeError", "RuntimeError"]
    assert lines[0]["service"] == "notify"
    assert lines[0]["at"].startswith("test_process.py:")
    assert "MEHRBAN" not in str(lines)


def ask(health: Health, path: str) -> tuple[str, Any]:
    answer: list[str] = []
    body = b"".join(health({"PATH_INFO": path}, lambda status, _: answer.append(status)))
    return answer[0], body


def test_liveness_does_not_care_about_broker_and_database_and_readiness_does() -> None:
    health = Health(lambda: True, {"broker": lambda: True, "database": lambda: False})
    assert ask(health, "/live") == ("200 OK", b'{"ticks": true}')
    assert ask(health, "/ready") == ("503 Service Unavailable", b'{"broker": true, "database": false}')


def test_metrics_are_there_and_nothing_else_is() -> None:
    health = Health(lambda: True)
    status, body = ask(health, "/metrics")
    assert (status, b"khunjerab_outbox_depth" in body) == ("200 OK", True)
    assert ask(health, "/etc/passwd")[0] == "404 Not Found"


def test_a_task_that_raises_goes_on_and_stops_no_other() -> None:
    rounds: list[str] = []

    def bad() -> int:
        rounds.append("bad")
        raise RuntimeError

    stopping = threading.Event()
    tasks = [Task("bad", bad, seconds=0.0), Task("good", lambda: rounds.append("good"), seconds=0.01)]
    threads = [threading.Thread(target=task.run, args=(stopping,)) for task in tasks]
    for thread in threads:
        thread.start()
    eventually(lambda: equal(rounds.count("bad") >= 2 and rounds.count("good") >= 5, wanted=True))
    assert all_tick(tasks)
    stopping.set()
    for thread in threads:
        thread.join(1)
        assert not thread.is_alive()


def test_a_task_that_does_not_come_round_again_counts_as_hanging() -> None:
    task = Task("slow", lambda: None, seconds=1)
    task.ticked -= 1000
    assert not all_tick([task])


def test_without_a_trace_there_is_none_to_hand_on() -> None:
    assert tracing.current_traceparent() is None
    assert tracing.trace_ids() == {}


def test_a_span_continues_the_trace_that_came_with_the_event() -> None:
    came = "00-c2df0943b68c59ef95475999414b853e-60f86e2ae8965690-01"
    with tracing.span("handle", SpanKind.CONSUMER, came):
        assert tracing.trace_ids()["trace_id"] == "c2df0943b68c59ef95475999414b853e"
        handed_on = tracing.current_traceparent()
    assert handed_on is not None
    assert handed_on.startswith("00-c2df0943b68c59ef95475999414b853e-")


def test_where_spans_are_recorded_each_has_an_id_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "get_tracer", TracerProvider().get_tracer)
    came = "00-c2df0943b68c59ef95475999414b853e-60f86e2ae8965690-01"
    with tracing.span("handle", SpanKind.CONSUMER, came):
        handed_on = tracing.current_traceparent() or ""
    assert handed_on.split("-")[1] == "c2df0943b68c59ef95475999414b853e"
    assert handed_on.split("-")[2] != "60f86e2ae8965690"
