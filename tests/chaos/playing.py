"""The whole installation under a test that ends processes: all nine run, whoever dies is started again."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from pymongo import MongoClient
from pymongo.database import Database

from chassis.clock import DemoClock
from chassis.failed_events import COLLECTION as FAILED_EVENTS
from chassis.rpc.client import RpcClient
from khunjerab.bootstrap.manifests import SERVICES
from khunjerab.demo.told import MAIN_JOB
from khunjerab.installation import Installation
from khunjerab.stack.processes import PROCESSES
from tests.e2e.main_job import MainJob, by_time, final_state
from tests.fixtures.running import Processes

Json = dict[str, Any]
TOLD = sum(sum(purposes.values()) for purposes in MAIN_JOB.values())
"""How many messages the main job brings about."""
MAIN_PURPOSES = {purpose for purposes in MAIN_JOB.values() for purpose in purposes}


class Letterbox(Message):
    """A mail server's end of the line: remembers the ids of the messages it took. A repeat has the same id."""

    def __init__(self) -> None:
        super().__init__()
        self.message_ids: set[str] = set()

    def handle_message(self, message: Any) -> None:
        self.message_ids.add(str(message["Message-ID"]))


@dataclass
class Play:
    """One run of the main job, and what it left."""

    installation: Installation
    job: MainJob
    letterbox: Letterbox
    administrator: MongoClient[Json]

    def unfinished(self) -> list[str]:
        """What is still under way: unsent and failed events, messages not there yet or not sent. Empty in the end.

        What waits in a queue shows in what it has not yet brought about.
        """
        services = {each.name: self._database(each.name) for each in SERVICES}
        notifications = services["notify"]["notifications"]
        found = [f"unsent {each['_id']}" for each in notifications.find({"due": {"$exists": True}})]
        if (told := notifications.count_documents({"purpose": {"$in": list(MAIN_PURPOSES)}})) < TOLD:
            found.append(f"{told} of {TOLD} messages")
        if not services["exchange"]["ledgers"].find_one({"outcomes_reported": 1}):
            found.append("the reported outcome is not counted")
        # Last: what was still under way a moment ago may just have left its event.
        for manifest in SERVICES:
            database = services[manifest.name]
            for name in manifest.decided:
                found += [str(each["_id"]) for each in database[name].find({"outbox.id": {"$exists": True}})]
            found += [f"failed {each['_id']}" for each in database[FAILED_EVENTS].find()]
        return found

    def state(self) -> Json:
        """Everything in the three services' collections, and which messages went out or had turned pointless by then.

        Of which of two messages that one is depends on whether the mail was quicker than what came next.
        """
        kept = [(self._database(each.name), [one.name for one in each.collections]) for each in SERVICES]
        settled = [each for each in self._database("notify")["notifications"].find() if self._is_settled(each)]
        return final_state(kept) | {"messages": sorted(each["_id"] for each in settled if not by_time(each))}

    def _database(self, service: str) -> Database[Json]:
        return self.administrator[self.installation.database(service)]

    def _is_settled(self, notification: Json) -> bool:
        came = f"<{notification['_id']}@localhost>" in self.letterbox.message_ids
        return came or [each["reason"] for each in notification["deliveries"]] == ["superseded"]


@contextmanager
def playing(
    processes: Processes, crash: Mapping[str, str] | None = None, dies: str = "", only: str = ""
) -> Iterator[Play]:
    """All processes of the test's installation, running; the one named `dies` gets the environment `crash`.

    `only` names a service that is to run alone.
    """
    letterbox = Letterbox()
    smtp = Controller(letterbox, hostname="127.0.0.1", port=processes.smtp_port)
    smtp.start()
    common = {"KHUNJERAB_DEMO": "1"}
    started = [
        processes.start(each.service, each.role, common | (dict(crash or {}) if each.name == dies else {}), wait=False)
        for each in PROCESSES
        if each.service != "web" and only in ("", each.service)
    ]
    rpc = RpcClient(processes.installation.amqp_url("web"), caller="web")
    administrator = MongoClient[Json](processes.installation.backends.mongo_admin_url, tz_aware=True)
    over = threading.Event()

    def revive() -> None:
        while not over.wait(0.05):
            for one in started:
                one.revive()

    reviver = threading.Thread(target=revive)
    reviver.start()
    try:
        yield Play(processes.installation, MainJob(rpc, DemoClock(processes.clock)), letterbox, administrator)
    finally:
        over.set()
        reviver.join()
        rpc.close()
        administrator.close()
        for one in started:
            one.kill()
        smtp.stop()


def crash_at(place: str, directory: Path) -> dict[str, str]:
    """The environment in which a process dies at the place, once."""
    return {"KHUNJERAB_CRASH_AT": place, "KHUNJERAB_CRASH_ONCE": str(directory / "died")}
