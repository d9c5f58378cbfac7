"""People say on a page how they want to be told; what the page does not show stays as it was."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import Refused
from tests.unit.web.browser import Browser
from tests.web_app import Web

PAGE = "/account/messages"


def keep(browser: Browser, **typed: Any) -> TestResponse:
    return browser.send(browser.form(PAGE, PAGE), **typed)


def told(web: Web) -> dict[str, Any]:
    (command,) = web.gateway.commands()
    assert command.method == "notify.set_preferences"
    return command.fields


def test_the_page_holds_what_was_said_and_is_kept_as_it_stands(browser: Browser, web: Web) -> None:
    before = dict(web.gateway.preferences)
    assert keep(browser).status_code == 303
    after = web.gateway.preferences
    unchanged = ("otherwise", "hours", "digest_at", "digest_on")
    assert {each: after[each] for each in unchanged} == {each: before[each] for each in unchanged}
    assert after["wanted"]["outcomes"] == {"email": "weekly", "sms": "if-others-fail", "wecom": "never"}
    assert after["wanted"]["visits"] == {"email": "if-others-fail", "wecom": "at-once"}
    assert after["version"] == 4


def test_what_is_chosen_is_said_whole_of_every_category(browser: Browser, web: Web) -> None:
    keep(browser, **{"email-visits": "daily", "wecom-agreements": "if-others-fail", "digest_at": "18:00"})
    said = told(web)
    assert said["wanted"]["visits"] == {"email": "daily", "wecom": "at-once"}
    assert said["wanted"]["agreements"] == {"email": "at-once", "wecom": "if-others-fail"}
    assert said["wanted"].keys() == set(web.gateway.preferences["categories"])
    assert (said["digest_at"], said["expected_version"]) == ("18:00", 3)


def test_only_ways_that_are_confirmed_are_offered(browser: Browser) -> None:
    shown = browser.open(PAGE).text
    assert 'name="wecom-visits"' in shown
    assert 'name="sms-visits"' not in shown


def test_whoever_has_said_nothing_begins_at_once_and_at_any_hour(browser: Browser, web: Web) -> None:
    usual = {"version": None, "wanted": {}, "otherwise": {"email": "at-once"}, "hours": None}
    web.gateway.preferences |= usual
    keep(browser)
    said = told(web)
    assert "expected_version" not in said
    assert said["hours"] is None
    assert {each["email"] for each in said["wanted"].values()} == {"at-once"}


def test_hours_are_said_with_their_days(browser: Browser, web: Web) -> None:
    keep(browser, keeps_hours="y", quiet_until="09:00", quiet_from="00:00", working_days=["6", "7"])
    assert told(web)["hours"] == {"quiet_from": "00:00", "quiet_until": "09:00", "working_days": [6, 7]}


@pytest.mark.parametrize("missing", ["quiet_from", "quiet_until", "working_days"])
def test_hours_without_a_beginning_an_end_or_a_day_are_asked_for(missing: str, browser: Browser, web: Web) -> None:
    form = browser.form(PAGE, PAGE)
    form.fields.poplist(missing)
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    assert web.gateway.commands() == []


def test_what_somebody_else_said_meanwhile_is_not_overwritten_unseen(browser: Browser, web: Web) -> None:
    form = browser.form(PAGE, PAGE)
    web.gateway.preferences["version"] = 4
    answer = browser.send(form, digest_at="23:15")
    assert answer.status_code == 409
    assert 'value="23:15"' in answer.text


def test_a_way_that_was_given_up_meanwhile_is_told(browser: Browser, web: Web) -> None:
    form = browser.form(PAGE, PAGE)
    web.gateway.failing["notify.set_preferences"] = Refused("NoSuchAddress", {"channel": "wecom"})
    assert "You are not reached that way any more." in browser.send(form).text


def test_the_pages_lead_there(browser: Browser) -> None:
    for path in ("/account", "/inbox", "/visits"):
        assert f'href="{PAGE}"' in browser.open(path).text
