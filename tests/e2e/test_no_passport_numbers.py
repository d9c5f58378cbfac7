"""A passport number stands nowhere: not in the database, an unsent event, a log line or a refusal."""

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo.database import Database

from chassis.kernel.actor import VISITOR, Actor
from chassis.rpc.client import Refused, RpcClient
from chassis.store import database_at
from khunjerab.stack.supervised import Supervised
from tests.alliance import ADMIN
from tests.fixtures.running import Processes

Json = dict[str, Any]
NUMBERS = ("QZ7391846", "XK5028173", "QZ73918465")
"""The one that is kept, the one that takes its place, and one that is too long to be any."""
AS_WRITTEN = ("QZ 739-1846", "xk5028173", "QZ73918465")
PERSON: Json = {"passport_name": "BANO SHAHIDA", "local_name": "شاہدہ بانو", "language": "ur", "zone": "Asia/Karachi",
          "email": "bano@gilgit.example", "sites": ["sit_gilgit"], "birth_date": "1958-02-28"}  # fmt: skip


class Running:
    """The exchange without its relay, so that events stay where they were decided."""

    def __init__(self, processes: Processes) -> None:
        at_length = {"LOG_LEVEL": "DEBUG"}
        self.processes: list[Supervised] = [
            processes.start("exchange", role, at_length) for role in ("serve", "worker")
        ]
        self.database: Database[Json] = database_at(processes.installation.mongo_url("exchange"))
        self.rpc = RpcClient(processes.installation.amqp_url("web"), caller="web")
        self.refusals: list[str] = []

    def ask(self, method: str, actor: Actor = ADMIN, **fields: Any) -> Any:
        return self.rpc.call("exchange", method, fields, actor=actor)

    def is_refused(self, method: str, actor: Actor = ADMIN, **fields: Any) -> None:
        with pytest.raises(Refused) as refused:
            self.ask(method, actor, **fields)
        self.refusals.append(f"{refused.value.name} {refused.value.facts}")

    def leaks(self) -> list[str]:
        """Every place that shows a number, however it is written."""
        places = {name: str(list(self.database[name].find())) for name in self.database.list_collection_names()}
        places |= {one.program.name: one.log.read_text("utf-8", "replace") for one in self.processes}
        places["refusals"] = str(self.refusals)
        return sorted(name for name, text in places.items() if any(shows(text, number) for number in NUMBERS))


def shows(text: str, number: str) -> bool:
    plain = text.upper().replace(" ", "").replace("-", "")
    return number in plain or number.encode().hex().upper() in plain


@pytest.fixture
def running(processes: Processes) -> Iterator[Running]:
    started = Running(processes)
    yield started
    started.rpc.close()


def live_through_everything(running: Running) -> str:
    """A person's passport is entered, refused, replaced, shown, sealed again and kept from those who may not see it."""
    person: str = running.ask("register_person", **PERSON)["id"]
    about: Json = {"person_id": person, "expires_on": "2099-01-01", "expected_version": 1}
    running.ask("set_passport", number=AS_WRITTEN[0], **about)
    for wrong in (
        {"number": AS_WRITTEN[1]},
        {"number": AS_WRITTEN[2], "expected_version": 2},
        {"number": AS_WRITTEN[1], "expected_version": 2, "expires_on": "2001-01-01"},
        {"number": [AS_WRITTEN[1]], "expected_version": 2},
        {"number": AS_WRITTEN[1], "expected_version": AS_WRITTEN[1]},
    ):
        running.is_refused("set_passport", **{**about, **wrong})
    running.is_refused("change_person", person_id=person, expected_version=2, passport=AS_WRITTEN[0], **PERSON)
    stranger = Actor("per_stranger", frozenset({VISITOR}))
    running.is_refused("set_passport", stranger, number=AS_WRITTEN[1], **{**about, "expected_version": 2})
    running.is_refused("reveal_passport", stranger, person_id=person, why="Curious")
    assert running.ask("reveal_passport", person_id=person, why="Letter")["number"] == NUMBERS[0]
    running.ask("set_passport", number=AS_WRITTEN[1], **{**about, "expected_version": 3})
    assert running.ask("rotate_passport_keys")["seen"] == 1
    running.ask("change_person", person_id=person, expected_version=4, **PERSON)
    return person


def test_after_a_passports_whole_life_its_number_stands_nowhere(running: Running) -> None:
    person = live_through_everything(running)
    kept = running.database["people"].find_one({"_id": person}) or {}
    assert [entry["type"] for entry in kept["outbox"]] == ["exchange.person.changed.v1"] * 4
    assert (kept["passport"]["last_four"], running.ask("person", person_id=person)["version"]) == ("8173", 5)
    logs = "".join(one.log.read_text() for one in running.processes)
    assert "passport not revealed" in logs
    assert running.leaks() == []


def test_a_planted_number_is_seen_wherever_it_is(running: Running) -> None:
    running.ask("register_person", **{**PERSON, "local_name": f"Bano, passport {AS_WRITTEN[0]}"})
    running.refusals.append(AS_WRITTEN[1])
    with running.processes[0].log.open("a") as log:
        log.write(f"number={NUMBERS[2]}\n")
    assert running.leaks() == ["exchange-serve", "people", "refusals"]
