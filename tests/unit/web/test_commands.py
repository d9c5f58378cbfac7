"""What becomes of a command, for every command that a page can give."""

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from tests.unit.web.acts import ACTS, WITH_TEXT, Act
from tests.unit.web.browser import Browser, Upload, form_in
from tests.web_app import Web

every_act = pytest.mark.parametrize("act", ACTS, ids=str)
every_typed_act = pytest.mark.parametrize("act", WITH_TEXT, ids=str)


TEXTS = (
    "reason",
    "report",
    "purpose",
    "note",
    "summary",
    "text",
    "question",
    "arrived_on",
    "attended",
    "file",
    "language",
    "description",
    "overlap_hours",
)
OTHERS: dict[str, str | list[str] | Upload] = {
    "arrived_on": "2026-11-22",
    "attended": ["per_chen"],
    "file": Upload("reply.ics", b"another"),
    "language": "ur",
    "overlap_hours": "168",
}


def give(browser: Browser, act: Act) -> TestResponse:
    return browser.send(browser.form(act.page, act.action), **act.typed)


def assert_typed_is_kept(answer: TestResponse, act: Act) -> None:
    form = form_in(answer, act.action)
    for name, value in act.typed.items():
        if isinstance(value, Upload):  # no page can fill in a file: it is chosen again
            continue
        values = value if isinstance(value, list) else [value]
        if name not in ("status", "decision") or name in form.fields:
            assert form.fields.getlist(name) == values, name


@every_act
def test_a_command_reaches_its_service_with_all_its_fields(browser: Browser, web: Web, act: Act) -> None:
    answer = give(browser, act)
    assert answer.status_code == act.done
    (given,) = web.gateway.commands()
    assert given.method == act.method
    assert given.fields == act.asked
    assert given.actor.person == "per_zhang"
    assert act.done == 200 or browser.open(answer.location).status_code == 200


@every_act
def test_a_double_submit_is_one_command(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    browser.send(form, **act.typed)
    browser.send(form, **act.typed)
    first, second = web.gateway.commands()
    assert first.command_id == second.command_id


@every_typed_act
def test_the_same_form_with_other_words_is_another_command(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    text = next(name for name in TEXTS if name in act.typed)
    other = OTHERS.get(text, "Other words")
    browser.send(form, **act.typed)
    browser.send(form, **(act.typed | {text: other}))
    first, second = web.gateway.commands()
    assert first.command_id != second.command_id
    assert (first.command_id or "")[:12] == (second.command_id or "")[:12], "ids still sort by the form's moment"


@every_act
def test_a_refusal_is_readable_and_keeps_what_was_typed(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    web.gateway.failing[act.method] = Refused("VisitorDoubleBooked", {"person": "per_bano", "date": "2026-12-09"})
    answer = browser.send(form, **act.typed)
    assert answer.status_code == 409
    assert "One of the visitors is on another visit on 9 Dec 2026." in answer.text
    assert_typed_is_kept(answer, act)


@every_act
def test_after_a_refusal_the_next_try_is_a_new_command(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    web.gateway.failing[act.method] = Refused("HostFull", {"seats": 2, "free": 0, "asked": 2})
    again = form_in(browser.send(form, **act.typed), act.action)
    assert again.fields["command_id"] != form.fields["command_id"]
    web.gateway.failing.clear()
    assert browser.send(again, **act.typed).status_code == act.done


@pytest.mark.parametrize(("name", "status"), [("NotAllowed", 403), ("Unknown", 404), ("InvalidCommand", 422)])
@every_act
def test_each_kind_of_refusal_has_its_status(browser: Browser, web: Web, act: Act, name: str, status: int) -> None:
    form = browser.form(act.page, act.action)
    web.gateway.failing[act.method] = Refused(name, {"problems": []})
    assert browser.send(form, **act.typed).status_code == status


@every_act
def test_no_answer_offers_to_ask_again_with_the_same_command(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    web.gateway.failing[act.method] = CallTimedOut("0" * 32)
    answer = browser.send(form, **act.typed)
    assert answer.status_code == 504
    assert "It is not known whether this was done" in answer.text
    web.gateway.failing.clear()
    assert browser.send(form_in(answer, act.action)).status_code == act.done
    first, second = web.gateway.commands()
    assert first.command_id == second.command_id
    assert first.fields == second.fields


@every_act
def test_a_service_that_is_away_did_nothing_and_what_was_typed_is_kept(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    web.gateway.failing[act.method] = ServiceUnavailable(act.service)
    answer = browser.send(form, **act.typed)
    assert answer.status_code == 503
    assert "Nothing was done. What you typed is kept here" in answer.text
    web.gateway.failing.clear()
    assert browser.send(form_in(answer, act.action)).status_code == act.done


@every_act
def test_a_service_that_failed_leaves_it_open_what_was_done(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    web.gateway.failing[act.method] = ServiceFailed("f00d")
    answer = browser.send(form, **act.typed)
    assert answer.status_code == 502
    assert "It is not known whether this was done" in answer.text


@every_act
def test_without_its_token_a_form_is_refused_and_nothing_asked(browser: Browser, web: Web, act: Act) -> None:
    form = browser.form(act.page, act.action)
    answer = browser.send(form, **(act.typed | {"csrf_token": "forged"}))
    assert answer.status_code == 400
    assert web.gateway.commands() == []


@every_act
def test_a_stranger_gives_no_command(stranger: Browser, browser: Browser, web: Web, act: Act) -> None:
    form = stranger.form("/sign-in")
    form.action = act.action
    answer = stranger.send(form, **act.typed)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert web.gateway.commands() == []


@every_act
def test_a_form_without_an_id_gives_no_command(browser: Browser, web: Web, act: Act) -> None:
    answer = browser.send(browser.form(act.page, act.action), **(act.typed | {"command_id": "f" * 32}))
    assert answer.status_code == 422
    assert web.gateway.commands() == []


@every_act
def test_going_to_where_a_form_is_sent_shows_the_page_it_is_on(browser: Browser, act: Act) -> None:
    answer = browser.open(act.action)
    assert answer.status_code in (200, 302)
