"""A calendar program subscribes, over HTTP, to what the running exchange keeps."""

import json
import re
import urllib.request
from datetime import UTC, datetime
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from icalendar import Calendar

from chassis.commands import parsed
from chassis.store import database_at
from khunjerab.installation import Installation
from services.exchange.application.commands import calendars as commands
from services.exchange.bootstrap import Exchange
from services.web.accounts import AccountStore
from tests.alliance import StandingClock
from tests.consulting import Consulting
from tests.fakes.sealing import PlainPrinter, seals
from tests.fixtures.running import Processes
from tests.unit.web.browser import forms_of


class Program:
    """Calendar program, with an address that it was given."""

    def __init__(self, processes: Processes, secret: str) -> None:
        self.address = f"http://127.0.0.1:{processes.web_port}/calendars/{secret}.ics"

    def read(self, known: str = "", method: str = "GET") -> tuple[int, bytes, Message]:
        headers = {"If-None-Match": known} if known else {}
        asked = urllib.request.Request(self.address, headers=headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read(), answer.headers
        except HTTPError as error:
            return error.code, error.read(), error.headers


@pytest.fixture
def consulting(installation: Installation) -> Consulting:
    clock = StandingClock()
    return Consulting(Exchange(database_at(installation.mongo_url("exchange")), clock, seals(), PlainPrinter()), clock)


def at_the_same_time(processes: Processes, clock: StandingClock) -> dict[str, str]:
    """The processes' clock stands where the test's does."""
    processes.clock.write_text(str((clock.now() - datetime.now(UTC)).total_seconds()))
    return {"KHUNJERAB_DEMO": "1"}


def test_a_feed_follows_what_is_booked_until_its_address_is_revoked(
    installation: Installation, processes: Processes, consulting: Consulting
) -> None:
    chair = consulting.actor("chair")
    AccountStore(database_at(installation.mongo_url("web"))).add(
        "chair@kashgar.example", "a pass between two valleys", consulting.people["chair"], [], []
    )
    asked = parsed(commands.OpenCalendarAddress, {"kind": "person", "subject": consulting.people["chair"]})
    made = consulting.exchange.open_calendar_address(asked, consulting.context(chair))
    secret = made["address"].rpartition("/")[2].removesuffix(".ics")
    demo = at_the_same_time(processes, consulting.clock)
    processes.start("exchange", "serve", env=demo)
    web = processes.start("web", env=demo | {"LOG_LEVEL": "DEBUG"})
    program = Program(processes, secret)

    status, empty, headers = program.read()
    assert (status, Calendar.from_ical(empty).walk("VEVENT")) == (200, [])
    booked = consulting.booked()
    status, content, headers = program.read(headers["ETag"])
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (status, event["STATUS"], str(event["UID"]).partition("@")[0]) == (200, "CONFIRMED", booked)
    assert headers["Last-Modified"]
    assert program.read(headers["ETag"])[:2] == (304, b"")
    assert program.read(method="HEAD")[:2] == (200, b"")

    revoke = parsed(commands.RevokeCalendarAddress, {"address_id": made["id"], "expected_version": 1})
    consulting.exchange.revoke_calendar_address(revoke, consulting.context(chair, 1))
    assert program.read(headers["ETag"])[0] == 404
    logged = web.log.read_text()
    assert "GET /calendars/" in logged
    assert secret not in logged


class Reader:
    """Somebody at their browser, who fills in forms."""

    def __init__(self, processes: Processes) -> None:
        self._at = f"http://127.0.0.1:{processes.web_port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        data = urlencode(fields).encode() if fields is not None else None
        with self._opener.open(f"{self._at}{path}", data, timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, page: str, action: str, **typed: str) -> str:
        form = next(each for each in forms_of(page) if each.action == action)
        return self.open(action, form.fields.to_dict() | typed)


def test_what_is_opened_on_the_page_is_read_until_it_is_revoked_there(
    installation: Installation, processes: Processes, consulting: Consulting
) -> None:
    AccountStore(database_at(installation.mongo_url("web"))).add(
        "chair@kashgar.example", "a pass between two valleys", consulting.people["chair"], [], []
    )
    demo = at_the_same_time(processes, consulting.clock)
    processes.start("exchange", "serve", env=demo)
    web = processes.start("web", env=demo | {"LOG_LEVEL": "DEBUG"})
    chair = Reader(processes)
    chair.send(chair.open("/sign-in"), "/sign-in", email="chair@kashgar.example", password="a pass between two valleys")

    page = chair.open("/calendars")
    told = chair.send(page, "/calendars", language="zh")
    (secret,) = set(re.findall(r"/calendars/([\w-]{43,})\.ics", told))
    program = Program(processes, secret)
    assert program.read()[0] == 200
    again = chair.send(page, "/calendars", language="zh")
    assert ("was shown already" in again, secret in again) == (True, False)
    page = chair.open("/calendars")
    (revoking,) = [form.action for form in forms_of(page) if form.action.endswith("/revoke")]
    assert "The address is revoked." in chair.send(page, revoking)
    assert program.read()[0] == 404
    assert secret not in web.log.read_text()


def test_an_invitation_is_decided_in_the_write_that_makes_it_so(
    installation: Installation, consulting: Consulting
) -> None:
    booked = consulting.booked()
    document = database_at(installation.mongo_url("exchange"))["consultations"].find_one({"_id": booked})
    assert document
    told = [json.loads(entry["body"]) for entry in document["outbox"]]
    of_the_last = [each["type"] for each in told if each["sequence"].startswith(f"{document['version']:010d}")]
    assert of_the_last == [
        "exchange.consultation.replied.v1",
        "exchange.consultation.booked.v1",
        "exchange.consultation.invited.v1",
    ]
    recipients = set(told[-1]["data"]["recipients"])
    assert recipients == {consulting.people[name] for name in ("chair", "presenter", "interpreter", "specialist")}
