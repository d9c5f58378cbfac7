"""The mails that a worker would send, and how long the standard library alone takes to hand them over."""

import os
import smtplib
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo.database import Database

from benchmarks.children import SECONDS_TO_START
from chassis.clock import Clock
from khunjerab.stack.ports import free_port
from khunjerab.stack.program import Program
from khunjerab.stack.supervised import Supervised, stop_all
from khunjerab.stack.waiting import wait_until_ready
from services.notify.adapters.mail_message import message_of, sender_of
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.email import Email
from services.notify.bootstrap.stores import lookup_in, stores_on
from services.notify.domain.channels import EMAIL
from tests.fakes.notify import KeepingPostman

FROM = "Khunjerab <noreply@khunjerab.example>"
TOGETHER = 500
"""So many are looked up in one question."""


@dataclass(frozen=True)
class Wired:
    """A mail as it goes over the wire."""

    to: str
    content: bytes


@contextmanager
def sink(directory: Path) -> Iterator[int]:
    """The port of a mail server, in a process of its own, that takes everything."""
    port = free_port(set())
    argv = (sys.executable, "-m", "benchmarks.mail_sink", str(port))
    directory.mkdir(parents=True, exist_ok=True)
    server = Supervised(
        Program("sink", argv, dict(os.environ), ready=f"tcp://127.0.0.1:{port}"), directory / "sink.log"
    )
    try:
        server.start()
        wait_until_ready([server], SECONDS_TO_START)
        yield port
    finally:
        stop_all([server])


def mails_of(database: Database[dict[str, Any]], clock: Clock, web_url: str) -> list[Wired]:
    """The mails of everything that is due, as the worker makes them."""
    stores = stores_on(database)
    postman = KeepingPostman()
    email = Email(TemplateWriter(web_url), postman)
    ids = stores.notifications.due(EMAIL, clock.now(), sys.maxsize)
    for first in range(0, len(ids), TOGETHER):
        waiting = list(stores.notifications.named(ids[first : first + TOGETHER]).values())
        around = lookup_in(stores).around(waiting)
        for each in waiting:
            email.carry(around.message(each, around.people[each.recipient]), clock.now())
    sender = sender_of(FROM)
    return [Wired(mail.to.email, bytes(message_of(mail, sender))) for mail in postman.taken]


def seconds_of_smtplib(mails: Sequence[Wired], port: int, connections: int) -> float:
    """Until all of them are taken, each connection handing over its share."""
    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(lambda first: _hand_over(mails[first::connections], port), range(connections)))
    return time.perf_counter() - began


def _hand_over(mails: Sequence[Wired], port: int) -> None:
    sender = str(sender_of(FROM).addr_spec)
    with smtplib.SMTP("127.0.0.1", port) as server:
        for mail in mails:
            server.sendmail(sender, [mail.to], mail.content)
