"""The running worker collects replies from a real IMAP server, and each has its effect."""

import pytest

from chassis.store import database_at
from khunjerab.installation import Installation
from services.exchange.bootstrap import Exchange
from tests.alliance import StandingClock
from tests.consulting import Consulting
from tests.fakes.sealing import PlainPrinter, seals
from tests.fixtures.running import Processes
from tests.integration.imap_server import FOLDER, PASSWORD, USER, imap_server
from tests.integration.test_calendars_over_http import at_the_same_time
from tests.probes import eventually
from tests.unit.exchange.given_mail import mailed
from tests.unit.exchange.test_received_replies import answers, reply


@pytest.fixture
def consulting(installation: Installation) -> Consulting:
    clock = StandingClock()
    return Consulting(Exchange(database_at(installation.mongo_url("exchange")), clock, seals(), PlainPrinter()), clock)


def to_the_running(content: bytes, address: str) -> bytes:
    return content.replace(b"calendar@localhost", address.encode())


def test_a_mail_to_the_mailbox_answers_and_a_forged_one_is_put_aside(
    installation: Installation, processes: Processes, consulting: Consulting
) -> None:
    made = consulting.propose().id
    content = to_the_running(reply(consulting, made, "chair"), "us@khunjerab.example")
    with imap_server() as server:
        server.put(mailed(content, "chair@kashgar.example"), mailed(content, "evil@elsewhere.example"))
        worker = processes.start("exchange", "worker", env=at_the_same_time(processes, consulting.clock) | {
            "IMAP_URL": f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{server.port}/{FOLDER}",
            "CALENDAR_ADDRESS": "us@khunjerab.example",
        })  # fmt: skip
        eventually(lambda: len(server.flags()) == 1 and server.flags()[0][1])
    assert answers(consulting, made)["chair"] == ("accepted", "chair")
    logged = worker.log.read_text()
    assert '"refusal": "ForgedReply"' in logged
    assert "elsewhere.example" not in logged
    assert PASSWORD not in logged
