"""Processes that a benchmark measures."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pika
from pika.exceptions import ChannelClosedByBroker

from khunjerab.stack.program import Program
from khunjerab.stack.supervised import Supervised, stop_all
from khunjerab.stack.waiting import last_lines
from tests.probes import Finding, eventually

SECONDS_TO_START = 60.0


def module(name: str, argument: str, environment: Mapping[str, str]) -> Program:
    """`python -m name argument` with more environment than this process has."""
    argv = (sys.executable, "-m", name, argument)
    return Program(f"{name}-{argument}", argv, dict(os.environ) | dict(environment), ready="")


@contextmanager
def running(directory: Path, *programs: Program) -> Iterator[list[Supervised]]:
    """Starts the programs side by side and stops them at the end."""
    started = [Supervised(one, directory / f"{number}-{one.name}.log") for number, one in enumerate(programs)]
    try:
        for one in started:
            one.start()
        yield started
    finally:
        stop_all(started)


def wait_for_consumers(amqp_url: str, queue: str, process: Supervised, wanted: int = 1) -> None:
    """Returns once so many consume from the queue; fails with the end of the process's log."""

    def consumed() -> Finding[str]:
        there = _consumers(amqp_url, queue)
        return Finding(f"{there}\n{last_lines(process.log)}", there >= wanted, f"{wanted} consumers of {queue}")

    eventually(consumed, SECONDS_TO_START)


def _consumers(amqp_url: str, queue: str) -> int:
    """Consumers of a queue; none where it does not exist."""
    with closing(pika.BlockingConnection(pika.URLParameters(amqp_url))) as connection:
        try:
            return int(connection.channel().queue_declare(queue, passive=True).method.consumer_count)
        except ChannelClosedByBroker:
            return 0
