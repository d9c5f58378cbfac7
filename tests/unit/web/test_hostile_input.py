"""What people with bad intentions type."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import web_samples as samples
from tests.unit.web.acts import ACTS, PROPOSAL
from tests.unit.web.browser import Browser, form_in
from tests.web_app import Web

HOSTILE = """"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'"""
VISIT = f"/visits/{samples.PROPOSED}"
REPLY = f"{VISIT}/reply/host-department"


def test_what_a_service_answers_is_escaped_wherever_it_stands(browser: Browser, web: Web) -> None:
    visit = web.gateway.visits[samples.FULFILLED]
    names = {"en": HOSTILE}
    visit |= {"purpose": HOSTILE, "report": HOSTILE, "kind": HOSTILE, "field": HOSTILE, "state": HOSTILE}
    visit["host_site"] |= {"names": names}
    visit["agreement"] |= {"names": names}
    visit["visitors"][0] |= {"passport_name": HOSTILE, "local_name": HOSTILE}
    visit["replies"] = {HOSTILE: samples.reply(HOSTILE, "zhang", "2026-11-21T02:40:00+00:00", HOSTILE)}
    visit["history"][0] |= {"by_name": HOSTILE, "what": HOSTILE, "why": HOSTILE}
    for path in ("/visits", f"/visits/{samples.FULFILLED}"):
        page = browser.open(path)
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "<img src=x" not in page.text
        assert "49" not in page.text.replace("&#34;", "").split("<main", 1)[1].split("echinococcosis")[0]


def test_what_was_typed_comes_back_escaped(browser: Browser) -> None:
    answer = browser.send(browser.form(PROPOSAL), **(ACTS[0].typed | {"purpose": HOSTILE, "leader": ""}))
    assert "<script" not in answer.text
    assert form_in(answer, PROPOSAL).fields["purpose"] == HOSTILE


def test_a_message_in_the_inbox_is_text(browser: Browser, web: Web) -> None:
    web.gateway.messages[0] |= {"subject": HOSTILE, "text": HOSTILE, "leads_to": "javascript:alert(1)"}
    page = browser.open("/inbox")
    assert "<script" not in page.text
    assert "javascript:" not in page.text


@pytest.mark.parametrize(
    "fields",
    [
        {"status[$ne]": "x"},
        {"status": '{"$ne": null}'},
        {"status": ["accepted", "declined"], "reason[$gt]": ""},
        {"expected_version": '{"$gt": 0}', "status": "accepted"},
        {"command_id": '{"$ne": ""}', "status": "accepted"},
    ],
)
def test_operators_of_the_database_do_not_get_through(browser: Browser, web: Web, fields: dict[str, str]) -> None:
    browser.send(browser.form(VISIT, REPLY), **fields)
    for command in web.gateway.commands():
        assert all(isinstance(value, str | int | list) for value in command.fields.values())
        assert "$" not in repr(command.fields)


def test_json_instead_of_a_form_is_no_command(browser: Browser, web: Web) -> None:
    token = browser.form(VISIT, REPLY).fields["csrf_token"]
    answer = browser.post(
        REPLY, '{"status": {"$ne": null}}', **{"Content-Type": "application/json", "X-CSRFToken": token}
    )
    assert answer.status_code == 422
    assert web.gateway.commands() == []


@pytest.mark.parametrize("path", ["/visits/vis_%24ne", "/visits/%7B%22%24ne%22%3A1%7D", "/visits/vis_" + "a" * 61])
def test_an_id_that_is_none_is_not_asked_about(browser: Browser, web: Web, path: str) -> None:
    assert browser.open(path).status_code == 404
    assert "exchange.visit" not in {each.method for each in web.gateway.asked}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_answered_and_kept(browser: Browser, text: str) -> None:
    answer = browser.send(browser.form(PROPOSAL), **(ACTS[0].typed | {"purpose": text, "leader": ""}))
    assert answer.status_code == 422
    shown = form_in(answer, PROPOSAL).fields["purpose"]
    assert shown.replace("\r\n", "\n") == text.replace("\r\n", "\n") or not text.isprintable()


@pytest.mark.parametrize(("field", "limit"), [("purpose", 2000)])
def test_a_huge_text_is_refused_by_its_length(browser: Browser, web: Web, field: str, limit: int) -> None:
    answer = browser.send(browser.form(PROPOSAL), **(ACTS[0].typed | {field: "x" * (limit + 1)}))
    assert answer.status_code == 422
    assert f"This is too long: at most {limit} characters." in answer.text
    assert web.gateway.commands() == []
