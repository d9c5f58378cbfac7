"""Three addresses for whoever runs the process: /live, /ready and /metrics.

    health = Health(alive=lambda: True, ready={"broker": broker.answers, "database": database_answers(database)})
    serve_health(health, settings.health_host, settings.health_port)

Liveness asks only whether the process still ticks: a restart cures nothing while a broker or database is away.
"""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pymongo
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pymongo.database import Database
from pymongo.errors import PyMongoError

log = structlog.get_logger(__name__)
Question = Callable[[], bool]


@dataclass(frozen=True)
class Health:
    """`alive`: whether the process still ticks. `ready`: by name, whether each thing that it needs answers."""

    alive: Question
    ready: Mapping[str, Question] = field(default_factory=dict)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI: 200 or 503 with the answers as JSON; /metrics in Prometheus' text format."""
        path = environ["PATH_INFO"]
        if path == "/metrics":
            start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest()]
        questions = {"/live": {"ticks": self.alive}, "/ready": self.ready}.get(path)
        if questions is None:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"ask /live, /ready or /metrics\n"]
        answers = {name: question() for name, question in questions.items()}
        status = "200 OK" if all(answers.values()) else "503 Service Unavailable"
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(answers).encode()]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
        """Probes come every few seconds: they are not news."""


def serve_health(health: Health, host: str, port: int) -> WSGIServer | None:
    """Answers in a thread of its own (a green one where eventlet has patched `threading`); port 0 means not at all."""
    if not port:
        return None
    server = make_server(host, port, health, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    log.info("health answers", host=host, port=port)
    return server


def database_answers(database: Database[Any], seconds: float = 1.0) -> Question:
    """A readiness question: does the database answer a ping within `seconds`?"""

    def ask() -> bool:
        try:
            with pymongo.timeout(seconds):
                database.command("ping")
        except PyMongoError:
            return False
        return True

    return ask
