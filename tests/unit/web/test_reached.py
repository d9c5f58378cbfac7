"""People add ways by which they are reached, confirm them with the code that came there, and remove them."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import Refused
from tests.unit.web.browser import Browser
from tests.web_app import Web
from tests.web_telling_gateway import CODE

PAGE = "/account/reached"
ADDED = {
    "wecom": {"key": "693a91f6-7bc4-4bc4-97a0-0ec2bd3fa5aa"},
    "dingtalk": {"token": "a" * 64, "secret": "SEC" + "b" * 30},
    "feishu": {"token": "c" * 36},
    "whatsapp": {"phone": "+923451234567"},
    "sms": {"phone": "+8613912345678"},
}


def say(browser: Browser, channel: str, act: str, **typed: Any) -> TestResponse:
    return browser.send(browser.form(PAGE, f"{PAGE}/{channel}/{act}"), **typed)


def told(web: Web) -> tuple[str, dict[str, Any]]:
    (command,) = web.gateway.commands()
    return command.method, command.fields


@pytest.mark.parametrize("channel", ADDED)
def test_a_way_is_added_with_what_it_takes(channel: str, browser: Browser, web: Web) -> None:
    web.gateway.reached_at["offered"] = list(ADDED)
    assert say(browser, channel, "add", **ADDED[channel]).status_code == 303
    assert told(web) == ("notify.add_address", {"address": {"channel": channel, **ADDED[channel]}})
    assert "A code is on its way there." in browser.open(PAGE).text


def test_a_robot_without_a_secret_is_added_without_one(browser: Browser, web: Web) -> None:
    say(browser, "dingtalk", "add", token="a" * 64)
    assert told(web)[1] == {"address": {"channel": "dingtalk", "token": "a" * 64}}


def test_what_the_service_cannot_read_is_told_beside_the_field_and_kept(browser: Browser) -> None:
    answer = say(browser, "sms", "add", phone="0345 1234567")
    assert answer.status_code == 422
    assert 'value="0345 1234567"' in answer.text
    assert 'id="add-sms-phone-wrong"' in answer.text


def test_the_code_that_came_there_confirms_it(browser: Browser, web: Web) -> None:
    assert say(browser, "sms", "confirm", code=f" {CODE} ").status_code == 303
    assert told(web) == ("notify.confirm_address", {"channel": "sms", "code": CODE})
    assert 'action="/account/reached/sms/confirm"' not in browser.open(PAGE).text


def test_another_code_is_refused_with_the_tries_that_are_left(browser: Browser) -> None:
    answer = say(browser, "sms", "confirm", code="000000")
    assert answer.status_code == 409
    assert "Tries left: 4." in answer.text
    assert 'id="confirm-sms-code-wrong"' in answer.text


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a"])
def test_what_is_no_code_is_not_sent(code: str, browser: Browser, web: Web) -> None:
    assert say(browser, "sms", "confirm", code=code).status_code == 422
    assert web.gateway.commands() == []


def test_one_is_removed(browser: Browser, web: Web) -> None:
    say(browser, "wecom", "remove")
    assert told(web) == ("notify.remove_address", {"channel": "wecom"})
    assert "…b7e2" not in browser.open(PAGE).text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("not-sent", "The code could not be sent:"),
        ("over", "The code is over."),
        ("on-its-way", "A code of six digits"),
    ],
)
def test_how_the_code_stands_is_said(state: str, said: str, browser: Browser, web: Web) -> None:
    web.gateway.reached_at["items"][1]["code"] |= {"state": state, "reason": "sms 21211"}
    shown = browser.open(PAGE).text
    assert said in shown
    assert ("sms 21211" in shown) == (state == "not-sent")


def test_what_is_not_offered_any_more_can_be_removed_and_not_added(browser: Browser, web: Web) -> None:
    web.gateway.reached_at["offered"] = []
    shown = browser.open(PAGE).text
    assert 'action="/account/reached/wecom/remove"' in shown
    assert "/add" not in shown


def test_where_nothing_is_offered_it_says_so(browser: Browser, web: Web) -> None:
    web.gateway.reached_at |= {"offered": [], "items": []}
    assert "No other way is offered here" in browser.open(PAGE).text


@pytest.mark.parametrize("name", ["ChannelNotOffered", "NothingToConfirm", "CodeOver"])
def test_what_changed_meanwhile_is_told(name: str, browser: Browser, web: Web) -> None:
    web.gateway.failing["notify.confirm_address"] = Refused(name, {"channel": "sms"})
    answer = say(browser, "sms", "confirm", code=CODE)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text


def test_who_asks_for_codes_too_often_is_told_from_when_on_there_is_another(browser: Browser, web: Web) -> None:
    until = "2026-11-23T05:00:00+00:00"
    web.gateway.failing["notify.add_address"] = Refused("TooManyCodes", {"until": until})
    answer = say(browser, "dingtalk", "add", token="a" * 64)
    assert "Codes were asked for too often. There is another one from 23 Nov 2026" in answer.text


def test_the_page_of_preferences_leads_there(browser: Browser) -> None:
    assert f'href="{PAGE}"' in browser.open("/account/messages").text
