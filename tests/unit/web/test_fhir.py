"""FHIR over HTTP: what a system with a token reads, and how everybody else is turned away."""

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.kernel.actor import OBSERVER, Actor
from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.fhir.clients import Client, client_with, clients_in
from services.web.settings import WebSettings
from tests.fhir_judge import complaints
from tests.unit.web.diary_gateway import DiaryGateway
from tests.web_app import Web

TOKEN, OTHER = "a-token-of-forty-letters-for-gilgit-----", "a-token-of-forty-letters-for-hotan------"
FHIR_JSON = "application/fhir+json"


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class System:
    """A hospital system that reads, with a token or without."""

    def __init__(self, web: Web, token: str | None = TOKEN) -> None:
        self._client, self._token = web.app.test_client(), token

    def get(self, path: str, method: str = "GET", **headers: str) -> TestResponse:
        bearer = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.open(path, method=method, headers=bearer | named)


@pytest.fixture
def diary(web: Web) -> DiaryGateway:
    """The exchange's diary behind the application, and two systems that may read it."""
    made = DiaryGateway()
    sites = frozenset({made.reading.alliance.sending})
    clients = (Client("gilgit-his", sites, hashed(TOKEN)), Client("hotan", frozenset({"sit_hotan"}), hashed(OTHER)))
    web.app.extensions.update(gateway=made, fhir_clients=clients)
    return made


@pytest.fixture
def system(web: Web, diary: DiaryGateway) -> System:
    return System(web)


def problem(answer: TestResponse, status: int) -> Mapping[str, Any]:
    """The one issue of an OperationOutcome with this status."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == FHIR_JSON
    told = answer.get_json(force=True)
    assert complaints(told) == []
    assert told["resourceType"] == "OperationOutcome"
    assert "no-store" in answer.headers["Cache-Control"]
    (issue,) = told["issue"]
    found: Mapping[str, Any] = issue
    return found


def test_an_appointment_is_read_with_its_version_and_kept_by_nobody_else(system: System, diary: DiaryGateway) -> None:
    name, _ = diary.reading.book()
    answer = system.get(f"/fhir/Appointment/{name}")
    told = answer.get_json(force=True)
    assert (answer.status_code, answer.mimetype) == (200, FHIR_JSON)
    assert complaints(told) == []
    assert told["id"] == name
    assert answer.headers["ETag"] == 'W/"2"'
    assert answer.headers["Last-Modified"] == "Mon, 02 Mar 2026 06:00:00 GMT"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_what_still_stands_is_not_told_again(system: System, diary: DiaryGateway) -> None:
    name, _ = diary.reading.book()
    unchanged = system.get(f"/fhir/Appointment/{name}", If_None_Match='W/"2"')
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert unchanged.headers["Cache-Control"] == "private, no-cache"
    assert system.get(f"/fhir/Appointment/{name}", If_None_Match='W/"1"').status_code == 200


def test_a_search_is_a_bundle_whose_addresses_lead_back_here(system: System, diary: DiaryGateway) -> None:
    first, _ = diary.reading.book()
    second, *_ = diary.reading.confer(diary.reading.alliance.person())
    page = system.get("/fhir/Appointment?date=ge2026-04-01&date=lt2026-05-01&_count=1").get_json(force=True)
    assert complaints(page) == []
    assert (page["total"], page["entry"][0]["resource"]["id"]) == (2, first)
    assert page["entry"][0]["fullUrl"] == f"http://127.0.0.1:8000/fhir/Appointment/{first}"
    following = next(each["url"] for each in page["link"] if each["relation"] == "next")
    rest = system.get(following.removeprefix("http://127.0.0.1:8000")).get_json(force=True)
    assert [each["resource"]["id"] for each in rest["entry"]] == [second]


@pytest.mark.parametrize("type_", ["Schedule", "Organization", "PractitionerRole"])
def test_every_type_is_searched(system: System, diary: DiaryGateway, type_: str) -> None:
    diary.reading.book()
    page = system.get(f"/fhir/{type_}").get_json(force=True)
    assert complaints(page) == []
    assert page["total"] >= 1


def test_a_token_reads_as_an_observer_at_its_own_sites_and_no_person(
    web: Web, system: System, diary: DiaryGateway
) -> None:
    name, _ = diary.reading.book()
    system.get("/fhir/Appointment")
    sites = frozenset({diary.reading.alliance.sending})
    assert diary.actors == [Actor("sys_gilgit-his", frozenset({OBSERVER}), sites)]
    other = System(web, OTHER)
    assert other.get("/fhir/Appointment").get_json(force=True)["total"] == 0
    assert problem(other.get(f"/fhir/Appointment/{name}"), 404)["code"] == "not-found"


@pytest.mark.parametrize("token", [None, "", "wrong", hashed(TOKEN), TOKEN[:-1], TOKEN + "x", "x" * 5000])
@pytest.mark.parametrize(
    "path", ["/fhir/Appointment", "/fhir/Appointment/vis-1", "/fhir/Patient", "/fhir/nothing/at/all"]
)
def test_without_the_right_token_nothing_is_asked(web: Web, diary: DiaryGateway, token: str | None, path: str) -> None:
    answer = System(web, token).get(path)
    assert problem(answer, 401)["code"] == "login"
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="khunjerab-fhir"')
    assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == bool(token)
    assert diary.actors == []


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", TOKEN, f"Token {TOKEN}"])
def test_another_way_to_sign_in_is_none(web: Web, diary: DiaryGateway, header: str) -> None:
    problem(System(web, None).get("/fhir/Appointment", Authorization=header), 401)


def test_a_browser_that_is_signed_in_reads_nothing_without_a_token(browser: Any, diary: DiaryGateway) -> None:
    assert browser.open("/fhir/Appointment").status_code == 401


def test_anybody_is_told_what_can_be_asked(web: Web, diary: DiaryGateway) -> None:
    answer = System(web, None).get("/fhir/metadata")
    told = answer.get_json(force=True)
    assert (answer.status_code, told["resourceType"]) == (200, "CapabilityStatement")
    assert complaints(told) == []
    assert told["implementation"]["url"] == "http://127.0.0.1:8000/fhir"
    assert [each.sites for each in diary.actors] == [frozenset()]


@pytest.mark.parametrize("path", ["/fhir/metadata", "/fhir/Appointment", "/fhir/Appointment/vis-1", "/fhir/x/y/z"])
def test_without_clients_there_is_nothing_here(web: Web, diary: DiaryGateway, path: str) -> None:
    web.app.extensions["fhir_clients"] = ()
    assert problem(System(web).get(path), 404)["code"] == "not-found"
    assert diary.actors == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/fhir/Appointment", "/fhir/Appointment/vis-1", "/fhir/metadata", "/fhir/Appointment/_search"]
)
def test_nothing_is_changed_here(system: System, diary: DiaryGateway, method: str, path: str) -> None:
    answer = system.get(path, method)
    assert problem(answer, 405)["code"] == "not-supported"
    assert answer.headers["Allow"] == "GET, HEAD"
    assert diary.actors == []


def test_head_is_answered_without_a_body(system: System, diary: DiaryGateway) -> None:
    name, _ = diary.reading.book()
    answer = system.get(f"/fhir/Appointment/{name}", "HEAD")
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (200, b"", 'W/"2"')


@pytest.mark.parametrize(
    ("path", "headers", "served"),
    [
        ("", {}, True),
        ("", {"Accept": "*/*"}, True),
        ("", {"Accept": FHIR_JSON}, True),
        ("", {"Accept": "application/json"}, True),
        ("", {"Accept": "application/fhir+xml;q=1, application/fhir+json;q=0.5"}, True),
        ("", {"Accept": f"{FHIR_JSON}; fhirVersion=4.0"}, True),
        ("", {"Accept": f"{FHIR_JSON}; fhirVersion=3.0"}, False),
        ("", {"Accept": f"{FHIR_JSON};q=0"}, False),
        ("", {"Accept": "application/fhir+xml"}, False),
        ("", {"Accept": "text/html"}, False),
        ("?_format=json", {}, True),
        ("?_format=application/fhir%2Bjson", {"Accept": "text/html"}, True),
        ("?_format=application/fhir+json", {}, True),
        ("?_format=xml", {}, False),
        ("?_format=ttl", {"Accept": FHIR_JSON}, False),
    ],
)
def test_json_is_served_and_nothing_else(system: System, path: str, headers: dict[str, str], served: bool) -> None:
    for place in ("/fhir/metadata", "/fhir/Organization"):
        answer = system.get(f"{place}{path}", **headers)
        if served:
            assert (answer.status_code, answer.mimetype) == (200, FHIR_JSON)
        else:
            assert problem(answer, 406)["code"] == "not-supported"


@pytest.mark.parametrize(
    ("path", "status", "code", "named"),
    [
        ("Appointment?patient=1", 400, "not-supported", "patient"),
        ("Appointment?date=yesterday", 400, "value", "yesterday"),
        ("Appointment?status=begun", 400, "value", "begun"),
        ("AppointmentResponse", 400, "required", "appointment"),
        ("Slot?start=2026-04", 400, "required", "schedule"),
        ("Patient", 404, "not-supported", "Patient"),
        ("Patient/1", 404, "not-supported", "Patient"),
        ("Appointment/nobody", 404, "not-found", ""),
        ("Appointment/vis-1/_history", 404, "not-supported", ""),
        ("", 404, "not-supported", ""),
        (f"Appointment/{'x' * 300}", 400, "invalid", "id"),
        (f"Appointment?date={'x' * 3000}", 400, "invalid", "parameters"),
        (f"Appointment?{'date=2026&' * 60}", 400, "invalid", "parameters"),
    ],
)
def test_what_is_refused_is_named(system: System, path: str, status: int, code: str, named: str) -> None:
    issue = problem(system.get(f"/fhir/{path}"), status)
    assert issue["code"] == code
    assert named in issue["diagnostics"]


def test_who_prefers_it_has_what_is_not_known_passed_over(system: System) -> None:
    assert system.get("/fhir/Appointment?patient=1", Prefer="handling=strict").status_code == 400
    for preference in ("handling=lenient", "return=minimal, handling=lenient", 'respond-async; handling="lenient"'):
        page = system.get("/fhir/Appointment?patient=1&status=booked", Prefer=preference).get_json(force=True)
        assert page["link"][0]["url"].endswith("/fhir/Appointment?status=booked")


def test_another_site_s_times_are_forbidden(system: System, diary: DiaryGateway) -> None:
    role = diary.reading.role(diary.reading.alliance.person(), diary.reading.alliance.host)
    assert problem(system.get(f"/fhir/Slot?schedule={role}&start=2026-04"), 403)["code"] == "forbidden"


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (ServiceUnavailable("exchange"), 503, "transient"),
        (CallTimedOut("0" * 32), 503, "transient"),
        (ServiceFailed("inc_1"), 502, "exception"),
        (Refused("SomethingNew", {"secret": "x"}), 400, "processing"),
        (RuntimeError("password=secret"), 500, "exception"),
    ],
)
def test_a_service_that_fails_is_told_as_such_and_nothing_of_its_inside(
    web: Web, system: System, diary: DiaryGateway, failure: Exception, status: int, code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    diary.failing = failure
    issue = problem(system.get("/fhir/Appointment"), status)
    assert issue["code"] == code
    assert "secret" not in issue["diagnostics"]


def test_who_asks_too_often_waits(system: System) -> None:
    answers = [system.get("/fhir/Patient/1") for _ in range(301)]
    assert answers[299].status_code == 404
    assert problem(answers[300], 429)["code"] == "throttled"
    assert answers[300].headers["Retry-After"]


KASHGAR = f"kashgar-his@sit_kashgar:{hashed(TOKEN)}"


def test_the_setting_names_each_system_its_sites_and_the_hash_of_its_token() -> None:
    first, second = clients_in(f" {KASHGAR}, board@sit_gilgit+sit_kashgar:{hashed(OTHER)} ")
    assert first == Client("kashgar-his", frozenset({"sit_kashgar"}), hashed(TOKEN))
    assert second.sites == {"sit_gilgit", "sit_kashgar"}
    assert client_with(OTHER, (first, second)) == second
    assert client_with(hashed(OTHER), (first, second)) is None
    assert clients_in("") == clients_in("  ") == ()


@pytest.mark.parametrize(
    "setting",
    [
        TOKEN,
        f"kashgar:{hashed(TOKEN)}",
        f"kashgar@:{hashed(TOKEN)}",
        f"kashgar@*:{hashed(TOKEN)}",
        f"Kashgar@sit_kashgar:{hashed(TOKEN)}",
        f"kashgar@sit_kashgar:{TOKEN}",
        f"kashgar@sit_kashgar,sit_gilgit:{hashed(TOKEN)}",
        f"{KASHGAR},",
        f"{KASHGAR},{KASHGAR}",
        f"{KASHGAR}0",
    ],
)
def test_a_setting_that_is_none_ends_the_start_and_is_not_quoted(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from chassis.settings import read

    for name, value in {"SECRET_KEY": "s" * 32, "AMQP_URL": "amqp://x", "MONGO_URL": "mongodb://x/web"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("FHIR_TOKENS", setting)
    with pytest.raises(SystemExit) as ended:
        read(WebSettings)
    assert "FHIR_TOKENS" in str(ended.value)
    assert TOKEN not in str(ended.value)
    assert hashed(TOKEN) not in str(ended.value)
    monkeypatch.delenv("FHIR_TOKENS")
    assert read(WebSettings).fhir_tokens == ""
