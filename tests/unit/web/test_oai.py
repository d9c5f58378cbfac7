"""OAI-PMH over HTTP: what a catalogue gets, and that web only hands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from werkzeug.test import TestResponse

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from chassis.settings import read
from services.research.application import queries
from services.web.settings import WebSettings
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research.harvesters import error, ids, keep, outcome_of, texts
from tests.web_app import Web
from tests.xml_judge import judged

REPOSITORY = "research.kashgar.example"
QUERIES = (
    "", "verb", "verb=&verb=", "x=%00%ff", "%FF=%FE", "verb=ListRecords&from=%F0%9F%98%80", "a=1&" * 1500,
    "verb=" + "x" * 60_000,
)  # fmt: skip


@dataclass
class ResearchGateway:
    """Research in memory behind the gateway. `failing`: what the next call raises."""

    research: ResearchInMemory = field(default_factory=lambda: ResearchInMemory(StandingClock()))
    failing: Exception | None = None
    asked: list[Mapping[str, Any]] = field(default_factory=list)

    def call(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        actor: Actor,
        command_id: str | None = None,  # noqa: ARG002
        timeout: float = 5.0,  # noqa: ARG002
    ) -> Any:
        assert (service, method) == ("research", "harvest")
        if self.failing:
            raise self.failing
        self.asked.append(fields)
        return self.research.harvest(parsed(queries.AskHarvest, orjson.loads(orjson.dumps(dict(fields)))), actor)


@pytest.fixture
def catalogue(web: Web, monkeypatch: pytest.MonkeyPatch) -> ResearchGateway:
    made = ResearchGateway()
    web.app.extensions["gateway"] = made
    for name, value in {"OAI_REPOSITORY": REPOSITORY, "OAI_ADMIN_EMAIL": "office@kashgar.example"}.items():
        monkeypatch.setitem(web.app.config, name, value)
    return made


def got(web: Web, address: str = "/oai", **options: Any) -> TestResponse:
    return web.app.test_client().open(address, **options)


def posted(web: Web, form: str, address: str = "/oai") -> TestResponse:
    return got(web, address, method="POST", data=form, content_type="application/x-www-form-urlencoded")


def document(answer: TestResponse) -> Any:
    assert (answer.status_code, answer.content_type) == (200, "text/xml; charset=utf-8"), answer.text
    return judged(answer.text)


def test_a_catalogue_harvests_without_signing_in(web: Web, catalogue: ResearchGateway) -> None:
    keep(catalogue.research, outcome_of("publication", title="肝 جگر <&>"))
    answer = got(web, "/oai?verb=ListRecords&metadataPrefix=oai_dc")
    told = document(answer)
    assert (ids(told), texts(told, "title")) == (["out_001"], ["肝 جگر <&>"])
    assert texts(told, "request") == ["http://127.0.0.1:8000/oai"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_arguments_may_be_posted_and_come_as_they_were_sent(web: Web, catalogue: ResearchGateway) -> None:
    form = "verb=GetRecord&identifier=oai%3Ax%3A1&metadataPrefix=oai_dc&verb=Identify"
    told = document(posted(web, form, "/oai?verb=Identify"))
    assert error(told) == "badVerb", "given twice"
    assert catalogue.asked[-1]["arguments"] == [
        ("verb", "GetRecord"), ("verb", "Identify"), ("identifier", "oai:x:1"), ("metadataPrefix", "oai_dc"),
    ]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_whatever_is_asked_is_answered_in_xml(web: Web, catalogue: ResearchGateway, query: str) -> None:
    expected = "badArgument" if "ListRecords" in query else "badVerb"
    assert error(document(got(web, f"/oai?{query}"))) == expected
    assert error(document(posted(web, query))) == expected
    assert len(catalogue.asked) == 2


@pytest.mark.parametrize(
    "failing",
    [CallTimedOut("x"), ServiceUnavailable("x"), ServiceFailed("x"), Refused("InvalidCommand", {})],
    ids=lambda each: type(each).__name__,
)
def test_while_research_is_away_it_says_when_to_come_back(
    web: Web, catalogue: ResearchGateway, failing: Exception
) -> None:
    catalogue.failing = failing
    answer = got(web, "/oai?verb=Identify")
    assert (answer.status_code, answer.headers["Retry-After"], answer.mimetype) == (503, "60", "text/plain")


def test_who_asks_too_often_is_asked_to_wait(web: Web, catalogue: ResearchGateway) -> None:
    answers = [got(web, "/oai?verb=ListSets", environ_base={"REMOTE_ADDR": "192.0.2.99"}) for _ in range(61)]
    assert [each.status_code for each in answers] == [200] * 60 + [503]
    assert answers[-1].headers["Retry-After"] == "60"
    assert len(catalogue.asked) == 60


def test_nothing_is_served_where_nobody_set_it_up(
    web: Web, catalogue: ResearchGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(web.app.config, "OAI_REPOSITORY", "")
    assert got(web, "/oai?verb=Identify").status_code == 404
    assert catalogue.asked == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_it_is_only_read(web: Web, catalogue: ResearchGateway, method: str) -> None:
    assert got(web, method=method).status_code == 405
    assert catalogue.asked == []


SET_UP = {"SECRET_KEY": "s" * 32, "AMQP_URL": "amqp://x", "MONGO_URL": "mongodb://x/web"}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"OAI_REPOSITORY": "kashgar"}, "OAI_REPOSITORY"),
        ({"OAI_REPOSITORY": "https://kashgar.example/", "OAI_ADMIN_EMAIL": "a@b.example"}, "OAI_REPOSITORY"),
        ({"OAI_REPOSITORY": REPOSITORY}, "OAI_ADMIN_EMAIL"),
        ({"OAI_REPOSITORY": REPOSITORY, "OAI_ADMIN_EMAIL": "office"}, "OAI_ADMIN_EMAIL"),
    ],
)
def test_settings_that_a_catalogue_would_not_take_end_the_start(
    wrong: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**SET_UP, **wrong}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        read(WebSettings)
    assert named in str(ended.value)


def test_without_the_settings_harvesting_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SET_UP.items():
        monkeypatch.setenv(name, value)
    assert read(WebSettings).oai_repository == ""
