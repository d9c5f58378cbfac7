"""The whole stack: seconds from the command to the first page, and memory without broker and database."""

import os
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.children import module, running, wait_for_consumers
from benchmarks.figures import Figure, beside
from benchmarks.ground import Ground
from benchmarks.memory import megabytes
from benchmarks.names import HANDLER_QUEUE, MOMENTS
from benchmarks.sizes import Sizes
from khunjerab.stack.backends import running_backends
from khunjerab.stack.background import start_in_background, stop_in_background
from khunjerab.stack.processes import PROCESSES
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import BACKEND_PORTS, load_secrets

SECONDS_TO_START, SECONDS_TO_STOP = 180.0, 60.0


def stack(ground: Ground, _: Sizes) -> Iterator[Figure]:
    """A stack of its own, from nothing, in a fresh directory."""
    backends = _seconds_of_backends(RunDirectory(ground.directory / "backends"))
    began = time.perf_counter()
    with _stack(RunDirectory(ground.directory / "stack")) as state:
        _open_page(state["web_url"])
        seconds = time.perf_counter() - began
        memory = megabytes(_processes(state))
    yield beside("stack: start to first page", seconds, "s", "broker and database alone", backends)
    peer = f"{len(PROCESSES)} idle stock nameko services"
    yield beside("stack: memory of its processes (PSS)", memory, "MB", peer, _stock_memory(ground))


@contextmanager
def _stack(directory: RunDirectory) -> Iterator[dict[str, Any]]:
    state = start_in_background(directory, SECONDS_TO_START)
    try:
        yield state
    finally:
        stop_in_background(directory, SECONDS_TO_STOP)


def _open_page(web_url: str) -> None:
    with urllib.request.urlopen(web_url, timeout=30) as page:  # noqa: S310 (the address of our own stack)
        assert page.status == 200


def _processes(state: Mapping[str, Any]) -> list[int]:
    """The process ids of every service and of web."""
    return [state["programs"][process.name]["pid"] for process in PROCESSES]


def _seconds_of_backends(directory: RunDirectory) -> float:
    began = time.perf_counter()
    with running_backends(directory, load_secrets(directory, BACKEND_PORTS), os.environ):
        return time.perf_counter() - began


def _stock_memory(ground: Ground) -> float:
    vhost, quiet = ground.bare_vhost(), str(Path(os.devnull))
    one = module(
        "benchmarks.stock", "handler", {"AMQP_URL": vhost, "MONGO_URL": ground.bare_database(), MOMENTS: quiet}
    )
    programs = [replace(one, name=f"stock-{number}") for number in range(len(PROCESSES))]
    with running(ground.directory, *programs) as started:
        wait_for_consumers(vhost, HANDLER_QUEUE, started[-1], wanted=len(started))
        return megabytes(one.pid for one in started if one.pid)
