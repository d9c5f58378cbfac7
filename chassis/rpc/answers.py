"""What a call is answered, as nameko's wire protocol has it. Refusals and faults are mapped here and nowhere else."""

import dataclasses
import uuid
from typing import Any

import orjson
import structlog

from chassis.kernel.errors import Refusal, Unavailable
from chassis.store.faults import UNANSWERED

log = structlog.get_logger(__name__)

REFUSAL, UNAVAILABLE, INTERNAL = "khunjerab.Refusal", "khunjerab.Unavailable", "khunjerab.InternalError"
"""`exc_path`: which kind of error the named one is."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """The reply's body as bytes of JSON, and the word for logs and metrics: `ok`, a refusal's name, …"""

    body: bytes
    word: str


def result_of(value: Any) -> Answer:
    """The answer that a method's result makes; dataclasses become objects, instants ISO text. Raises `TypeError`."""
    return Answer(orjson.dumps({"result": value, "error": None}), "ok")


def error_of(error: BaseException, method: str) -> Answer:
    """The answer to an error. One that nobody foresaw is logged under an incident id, and only that id is told."""
    if isinstance(error, Refusal):
        return _error(REFUSAL, error.name, error.facts)
    if isinstance(error, Unavailable):
        return _error(UNAVAILABLE, error.name, error.facts)
    if isinstance(error, UNANSWERED):
        return _error(UNAVAILABLE, "Unavailable", {"because": type(error).__name__})
    incident = uuid.uuid4().hex
    log.error("call failed", method=method, incident=incident, exc_info=error)
    return _error(INTERNAL, "InternalError", {"incident": incident})


def refused(name: str, **facts: Any) -> Answer:
    """The answer to what is no call of this service at all."""
    return _error(REFUSAL, name, facts)


def _error(kind: str, name: str, facts: dict[str, Any]) -> Answer:
    error = {"exc_type": name, "exc_path": kind, "exc_args": [facts], "value": name}
    try:
        return Answer(orjson.dumps({"result": None, "error": error}, default=str), name)
    except TypeError:
        return _error(kind, name, {})
