"""Structured logs: one JSON object per line on standard error. Never a message body, never personal data."""

import logging
import sys

import structlog

from chassis.tracing import trace_ids

_NOISY = ("kombu", "amqp", "pika", "nameko", "pymongo")


def configure(service: str, process: str, level: str = "INFO") -> None:
    """Sends this process's log lines, and those of the libraries under it, to standard error as JSON.

    `service` and `process` (`serve`, `relay`, `worker`) stand in every line.
    """
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, *_common(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, *_common()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _naming(service, process),
                _without_values,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _NOISY:
        # They print addresses, raw bodies or every reconnection attempt; what matters of it we say ourselves.
        logging.getLogger(name).setLevel(logging.CRITICAL if name in ("kombu", "pika") else logging.WARNING)


def _common() -> list[structlog.types.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
    ]


def _with_trace(_: object, __: str, line: structlog.types.EventDict) -> structlog.types.EventDict:
    line.update(trace_ids())
    return line


def _naming(service: str, process: str) -> structlog.types.Processor:
    def name(_: object, __: str, line: structlog.types.EventDict) -> structlog.types.EventDict:
        return {"service": service, "process": process, **line}

    return name


def _without_values(_: object, __: str, line: structlog.types.EventDict) -> structlog.types.EventDict:
    """Of an exception only its type and place: its text may quote a document or a body."""
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["error"] = type(error).__name__
        line["at"] = place_of(error)
    return line


def place_of(error: BaseException) -> str:
    """Where an exception was raised, as `file.py:12 in function`: enough to find it, and nobody's data."""
    trace = error.__traceback__
    if trace is None:
        return "unknown"
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} in {code.co_name}"
