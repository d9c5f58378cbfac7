"""A visit is proposed, its host's coordinator has a mail, and answers it from there: without an account, once."""

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookiejar import CookieJar
from itertools import product
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from chassis.clock import DemoClock
from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.rpc.client import RpcClient
from khunjerab.installation import Installation
from khunjerab.stack.backends import RunningBackends
from khunjerab.stack.supervised import stop_all
from tests.documented.ground import laid
from tests.fixtures.installations import installations
from tests.fixtures.running import Processes, wait_ready
from tests.integration.notify_mail_server import MailServer
from tests.probes import eventually
from tests.unit.web.browser import forms_of

LINK = re.compile(r"/r/([\w-]+)\?answer=(\w+)")


@dataclass
class Answer:
    status: int
    page: str


@dataclass
class Somebody:
    """A browser of somebody who never signed in."""

    at: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def ask(self, path: str, fields: dict[str, str] | None = None, method: str | None = None) -> Answer:
        data = urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(f"{self.at}{path}", data, method=method)  # noqa: S310 (our own address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        try:
            with opener.open(request, timeout=20) as answer:
                return Answer(answer.status, answer.read().decode())
        except HTTPError as error:
            return Answer(error.code, error.read().decode())

    def press(self, page: str, answer: str) -> Answer:
        """Presses a button of a page that was opened before."""
        (form,) = forms_of(page)
        return self.ask(form.action, form.fields.to_dict() | {"answer": answer})


@dataclass
class Scene:
    """The whole system, its mail server and its people; `links` of a visit's mail are waited for."""

    processes: Processes
    server: MailServer
    rpc: RpcClient
    names: dict[str, str]
    _days: Iterator[int] = field(default_factory=lambda: iter(range(1, 28, 3)))

    def call(self, method: str, who: str, **fields: Any) -> Any:
        role, site = {"ali": (PROGRAMME_MANAGER, "sit_gilgit…"), "zhang": (COORDINATOR, "sit_kashgar…")}[who]
        actor = Actor(self.names[f"per_{who}…"], frozenset({role}), frozenset({self.names[site]}))
        return self.rpc.call("exchange", method, fields, actor=actor, timeout=15)

    def proposed(self) -> str:
        day = next(self._days)
        fields = {
            "agreement_id": self.names["agr_memorandum…"],
            "condition_id": self.names["cnd_training…"],
            "host_department": self.names["dep_surgery…"],
            "visitors": [self.names["per_bano…"]],
            "leader": self.names["per_bano…"],
            "planned_arrival": f"2026-06-{day:02d}",
            "planned_departure": f"2026-06-{day + 1:02d}",
            "purpose": "Ultrasound staging",
        }
        return str(self.call("propose_visit", "ali", **fields)["id"])

    def visit(self, visit_id: str) -> Any:
        return self.call("visit", "zhang", visit_id=visit_id)

    def links(self, visit_id: str) -> dict[str, str]:
        """Token by answer, from the mail that asks the coordinator of Kashgar."""

        def found() -> dict[str, str]:
            for mail in list(self.server.taken):
                body = mail.get_body(("plain",))
                if visit_id in str(mail["In-Reply-To"]) and body and (links := LINK.findall(body.get_content())):
                    return {answer: token for token, answer in links}
            return {}

        return eventually(found, timeout=30)


@pytest.fixture(scope="module")
def scene(backends: RunningBackends, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with installations(backends) as make:
        installation: Installation = make()
        processes = Processes(installation, tmp_path_factory.mktemp("replies"))
        DemoClock(processes.clock)
        env = {"KHUNJERAB_DEMO": "1", "LOG_LEVEL": "DEBUG"}
        roles = [*product(("exchange", "notify"), ("serve", "worker", "relay")), ("web", "")]
        server = MailServer(processes.smtp_port)
        rpc = RpcClient(installation.amqp_url("operator"), caller="operator")
        try:
            with server.running(), pytest.MonkeyPatch.context() as patch:
                patch.setenv("KHUNJERAB_DEMO", "1")
                wait_ready(*[processes.start(service, role, env, wait=False) for service, role in roles])
                yield Scene(processes, server, rpc, laid(rpc, DemoClock(processes.clock)))
        finally:
            rpc.close()
            stop_all(processes.started)


@pytest.fixture
def somebody(scene: Scene) -> Somebody:
    return Somebody(f"http://127.0.0.1:{scene.processes.web_port}")


def test_a_link_that_is_opened_does_nothing_and_one_that_is_confirmed_answers_once(
    scene: Scene, somebody: Somebody
) -> None:
    visit_id = scene.proposed()
    links = scene.links(visit_id)
    assert links.keys() == {"accepted", "declined"}
    (token,) = set(links.values())
    for method, answer in product(("GET", "HEAD"), links):
        assert Somebody(somebody.at).ask(f"/r/{token}?answer={answer}", method=method).status == 200
    before = scene.visit(visit_id)
    assert (before["state"], before["version"]) == ("proposed", 1)

    opened = somebody.ask(f"/r/{token}?answer=accepted")
    assert '<html lang="zh"' in opened.page
    done = somebody.press(opened.page, "accepted")
    assert (done.status, "您已接受" in done.page) == (200, True)
    after = scene.visit(visit_id)
    reply = after["replies"]["host-department"]
    assert (after["state"], reply["status"], reply["by"]) == ("booked", "accepted", scene.names["per_zhang…"])

    again = somebody.press(opened.page, "accepted")
    assert (again.status, "您已接受" in again.page) == (200, True)
    other = somebody.press(opened.page, "declined")
    assert other.status == 409
    assert scene.visit(visit_id)["version"] == after["version"]


def test_after_a_change_the_link_is_void(scene: Scene, somebody: Somebody) -> None:
    visit_id = scene.proposed()
    (token,) = set(scene.links(visit_id).values())
    opened = somebody.ask(f"/r/{token}?language=en")
    moved = {"planned_arrival": "2026-07-06", "planned_departure": "2026-07-08", "reason": "Flights"}
    scene.call("reschedule_visit", "ali", visit_id=visit_id, expected_version=1, **moved)
    late = somebody.press(opened.page, "accepted")
    assert (late.status, "Nothing was recorded" in late.page) == (409, True)
    shown = somebody.ask(f"/r/{token}?language=en")
    assert "This has changed since the message was sent" in shown.page
    assert forms_of(shown.page) == []
    assert scene.visit(visit_id)["state"] == "proposed"


def test_after_it_was_cancelled_the_link_is_void(scene: Scene, somebody: Somebody) -> None:
    visit_id = scene.proposed()
    (token,) = set(scene.links(visit_id).values())
    opened = somebody.ask(f"/r/{token}?language=en")
    scene.call("cancel_visit", "ali", visit_id=visit_id, expected_version=1, reason="Ill")
    assert somebody.press(opened.page, "accepted").status == 409
    assert "No answer to this is awaited any more" in somebody.ask(f"/r/{token}?language=en").page
    assert scene.visit(visit_id)["state"] == "cancelled"


def test_a_forged_or_shortened_token_leads_nowhere(scene: Scene, somebody: Somebody) -> None:
    visit_id = scene.proposed()
    (token,) = set(scene.links(visit_id).values())
    for wrong in (token[:-1], token[::-1], token.swapcase(), "A" * 32):
        assert somebody.ask(f"/r/{wrong}").status == 404
    assert scene.visit(visit_id)["version"] == 1


def test_after_its_time_the_link_is_void(scene: Scene, somebody: Somebody) -> None:
    visit_id = scene.proposed()
    (token,) = set(scene.links(visit_id).values())
    opened = somebody.ask(f"/r/{token}?language=en")
    DemoClock(scene.processes.clock).advance(timedelta(days=15))
    assert somebody.press(opened.page, "accepted").status == 409
    assert "too late to answer by this link" in somebody.ask(f"/r/{token}?language=en").page
    assert scene.visit(visit_id)["state"] in ("proposed", "cancelled")


def test_no_process_wrote_a_token_into_its_log(scene: Scene, somebody: Somebody) -> None:
    tokens = {token for mail in scene.server.taken for token, _ in LINK.findall(mail.as_string())}
    tokens |= {
        token
        for mail in scene.server.taken
        if (body := mail.get_body(("plain",)))
        for token, _ in LINK.findall(body.get_content())
    }
    assert len(tokens) >= 5
    somebody.ask(f"/r/{min(tokens)}")
    logged = "".join(each.log.read_text() for each in scene.processes.started)
    assert "GET /r/" in logged
    assert not [token for token in tokens if token in logged]
