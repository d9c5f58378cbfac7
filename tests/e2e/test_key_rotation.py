"""An operator changes the keys of a running exchange, as the runbook tells, and takes the old one away."""

import base64
from typing import Any

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.rpc.client import Refused, RpcClient
from chassis.store import database_at
from khunjerab.cli import app
from khunjerab.installation import Installation
from khunjerab.stack.supervised import Supervised, stop_all
from services.exchange.application import commands
from tests.alliance import ADMIN, Alliance
from tests.fakes.sealing import KEY
from tests.fixtures.running import Processes

NEW = Fernet.generate_key().decode()
NUMBER = "QZ7391846"
VISITORS = 3


class Kept:
    """What was sealed with the old key: everybody's passport, and a letter to each."""

    def __init__(self, installation: Installation) -> None:
        self.alliance = Alliance(database_at(installation.mongo_url("exchange")))
        self.people = [self._traveller(number) for number in range(VISITORS)]
        visit = self.alliance.accept(self.alliance.propose(*self.people))
        self.letters = [self._letter(visit.id, person) for person in self.people]

    def _traveller(self, number: int) -> str:
        alliance = self.alliance
        who = {"passport_name": "BANO SHAHIDA", "local_name": "شاہدہ", "language": "ur", "zone": "Asia/Karachi",
               "email": "bano@gilgit.example", "sites": [alliance.sending], "birth_date": "1988-02-29",
               "sex": "female"}  # fmt: skip
        person = alliance.exchange.register_person(parsed(commands.RegisterPerson, who), alliance.context(ADMIN)).id
        passport = {"person_id": person, "number": f"{NUMBER[:-1]}{number}", "expires_on": "2099-01-01",
                    "expected_version": 1}  # fmt: skip
        alliance.exchange.set_passport(parsed(commands.SetPassport, passport), alliance.context(ADMIN, 1))
        return person

    def _letter(self, visit: str, person: str) -> str:
        alliance = self.alliance
        asked = {"visit_id": visit, "person": person, "signer_name": "Dr Zhang", "signer_title": "Director"}
        command = parsed(commands.IssueLetter, asked)
        letter = alliance.exchange.issue_letter(command, alliance.context(alliance.coordinator)).id
        alliance.exchange.render_letter(letter, alliance.context(alliance.coordinator))
        return letter


class Operator:
    """Somebody at the command line, and the exchange that they restart with other keys."""

    def __init__(self, processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
        self._processes = processes
        self._running: list[Supervised] = []
        monkeypatch.setenv("AMQP_URL", processes.installation.amqp_url("operator"))
        monkeypatch.setenv("MONGO_URL", processes.installation.mongo_url("operator"))

    def restarts_with(self, *keys: str) -> None:
        stop_all(self._running)
        self._running = [self._processes.start("exchange", "serve", {"KHUNJERAB_PASSPORT_KEYS": ",".join(keys)})]

    def says(self, *words: str) -> str:
        ended = CliRunner().invoke(app, ["passport-keys", *words, "--as", "per_administrator"])
        assert ended.exit_code == 0, ended.output
        return " ".join(ended.stdout.split())

    def asks(self, method: str, actor: Actor = ADMIN, **fields: Any) -> Any:
        rpc = RpcClient(self._processes.installation.amqp_url("web"), caller="web")
        try:
            return rpc.call("exchange", method, fields, actor=actor)
        finally:
            rpc.close()


@pytest.mark.timeout(240)
def test_after_the_runbooks_steps_the_old_key_is_needed_for_nothing(
    installation: Installation, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, operator = Kept(installation), Operator(processes, monkeypatch)
    operator.restarts_with(KEY, NEW)
    assert "the first key opens everything" in operator.says("show")
    operator.restarts_with(NEW, KEY)
    assert f"{2 * VISITORS} still need a key other than the first" in operator.says("show")
    told = operator.says("rotate")
    assert f"{2 * VISITORS} sealed with the first key" in told
    assert "the first key opens everything" in told
    assert "0 sealed with the first key" in operator.says("rotate")
    operator.restarts_with(NEW)
    for number, (person, letter) in enumerate(zip(kept.people, kept.letters, strict=True)):
        passport = operator.asks("reveal_passport", person_id=person, why="To see")["number"]
        assert passport == f"{NUMBER[:-1]}{number}"
        assert (
            passport
            in base64.b64decode(
                operator.asks("letter_pdf", kept.alliance.coordinator, letter_id=letter)["pdf"]
            ).decode()
        )


@pytest.mark.timeout(240)
def test_without_the_rotation_what_the_old_key_sealed_is_told_to_be_unreadable(
    installation: Installation, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, operator = Kept(installation), Operator(processes, monkeypatch)
    operator.restarts_with(NEW)
    with pytest.raises(Refused, match="PassportUnreadable"):
        operator.asks("reveal_passport", person_id=kept.people[0], why="To see")
    with pytest.raises(Refused, match="LetterUnreadable"):
        operator.asks("letter_pdf", kept.alliance.coordinator, letter_id=kept.letters[0])
    ended = CliRunner().invoke(app, ["passport-keys", "rotate", "--as", "per_administrator"])
    assert ended.exit_code == 1
    assert all(each in ended.stderr for each in (*kept.people, *kept.letters))
