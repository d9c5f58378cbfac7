"""A hospital system reads the diary over HTTP, from the running web and exchange."""

import hashlib
import json
import secrets
import urllib.request
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage
from typing import Any
from urllib.error import HTTPError

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.decision import Decision
from chassis.store import DocumentStore, database_at, tells_nobody
from khunjerab.installation import Installation
from services.exchange.adapters import shapes
from services.exchange.domain.consultations.consultation import Consultation, with_needs
from services.exchange.domain.consultations.participants import CHAIR, Participant
from services.exchange.domain.consultations.sessions import Session
from tests.alliance import Alliance
from tests.fhir_judge import complaints
from tests.fixtures.running import Processes

MEETS = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)
Json = dict[str, Any]


class System:
    """A system with a token, at the address of the pages."""

    def __init__(self, processes: Processes, token: str) -> None:
        self._base, self._token = f"http://127.0.0.1:{processes.web_port}", token

    def get(self, path: str) -> tuple[Json, HTTPMessage]:
        address = path if path.startswith("http") else f"{self._base}/fhir/{path}"
        asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310
        with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
            return json.load(answer), answer.headers


def session_of(alliance: Alliance, person: str) -> str:
    """A consultation with one session in the database; the name of its appointment."""
    identity = f"con_{alliance.fresh_id()}"
    board = Consultation(
        id=identity,
        state="booked",
        agreement=alliance.agreement,
        condition=alliance.condition,
        field="telemedicine",
        title="Board",
        organiser=person,
        sites=(alliance.sending, alliance.host),
        zone="Asia/Karachi",
        participants=(Participant(person, CHAIR, alliance.sending),),
        sessions=(Session(MEETS, MEETS, MEETS + timedelta(hours=1)),),
        reply_by=MEETS,
    )
    store = DocumentStore(alliance.database["consultations"], shapes.consultation_shape(tells_nobody))
    store.add(identity, Decision(with_needs(board), "booked"), alliance.context(SYSTEM))
    return f"{identity.replace('_', '-')}.20260420T0500Z"


def test_what_is_booked_is_read_page_by_page_and_every_reference_followed(
    installation: Installation, processes: Processes
) -> None:
    alliance = Alliance(database_at(installation.mongo_url("exchange")))
    person = alliance.person()
    visit = alliance.accept(alliance.propose(person)).id.replace("_", "-")
    session, token = session_of(alliance, person), secrets.token_urlsafe(32)
    client = f"gilgit-his@{alliance.sending}:{hashlib.sha256(token.encode()).hexdigest()}"
    processes.start("exchange", "serve")
    processes.start("web", env={"FHIR_TOKENS": client})
    system = System(processes, token)

    page, _ = system.get("Appointment?date=ge2026-04-01&date=lt2026-05-01&status=booked&_count=1")
    following = next(each["url"] for each in page["link"] if each["relation"] == "next")
    rest, _ = system.get(following)
    assert [complaints(page), complaints(rest)] == [[], []]
    assert [each["entry"][0]["resource"]["id"] for each in (page, rest)] == [visit, session]
    assert page["total"] == rest["total"] == 2

    appointment, headers = system.get(f"Appointment/{session}")
    assert (appointment["start"], headers["ETag"]) == ("2026-04-20T10:00:00+05:00", 'W/"1"')
    role = appointment["participant"][0]["actor"]["reference"]
    slots, _ = system.get(f"Slot?schedule={role.replace('PractitionerRole', 'Schedule')}&start=2026-04")
    assert [each["resource"]["status"] for each in slots["entry"]] == ["busy", "busy"]
    for reference in (role, appointment["slot"][0]["reference"]):
        found, _ = system.get(reference)
        assert complaints(found) == []

    with pytest.raises(HTTPError) as refused:
        System(processes, token + "x").get(f"Appointment/{session}")
    assert (refused.value.code, complaints(json.load(refused.value))) == (401, [])
    with pytest.raises(HTTPError) as unknown:
        system.get("Appointment?patient=1")
    assert (unknown.value.code, json.load(unknown.value)["issue"][0]["code"]) == (400, "not-supported")
