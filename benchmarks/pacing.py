"""Commands at a steady pace, and how long until the last thing that each leads to is there."""

import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.moments import noted
from benchmarks.sizes import Sizes
from tests.probes import count, eventually

CALLERS = 8
WARMING_UP = 10
PATIENCE = 60.0


def paced(sizes: Sizes, send: Callable[[str], object], file: Path) -> list[float]:
    """Sends so many commands, each at its moment however long the others take; returns the seconds of each.

    `send` is given a command's id; `file` is where its effect is noted under that id. The first few do not count.
    """
    sent: dict[str, float] = {}
    with ThreadPoolExecutor(CALLERS) as callers:
        answers = []
        began = time.time()
        for number in range(WARMING_UP + sizes.commands):
            time.sleep(max(0.0, began + number / sizes.per_second - time.time()))
            command = secrets.token_hex(16)
            sent[command] = time.time()
            answers.append(callers.submit(send, command))
        for answer in answers:
            answer.result()
    eventually(lambda: count(sent.keys() & noted(file).keys(), len(sent)), PATIENCE)
    return _waits(sent, noted(file))


def _waits(sent: Mapping[str, float], stored: Mapping[str, float]) -> list[float]:
    return [stored[command] - moment for command, moment in list(sent.items())[WARMING_UP:]]
