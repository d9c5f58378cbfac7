"""People say on a page who stands in for them, and from when to when they are away."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import Refused
from tests.unit.web.browser import Browser
from tests.web_app import Web
from tests.web_deputy_gateway import NOBODY

PAGE = "/account/deputy"
WITHDRAW = f"{PAGE}/withdraw"


def name(browser: Browser, **typed: Any) -> TestResponse:
    return browser.send(browser.form(PAGE, PAGE), **typed)


def told(web: Web) -> tuple[str, dict[str, Any]]:
    (command,) = web.gateway.commands()
    return command.method, command.fields


def test_it_is_shown_who_stands_in_and_that_one_is_away(browser: Browser) -> None:
    shown = browser.open(PAGE).text
    assert "<h2><bdi>Gulnar Abdurahman</bdi></h2>" in shown
    assert "You are away now" in shown
    assert "20–27 Nov 2026" in shown


def test_a_colleague_is_named_with_the_days_of_an_absence(browser: Browser, web: Web) -> None:
    answer = name(browser, deputy_id="per_chen", first="2026-12-01", last="2026-12-04")
    assert answer.status_code == 303
    method, fields = told(web)
    assert method == "notify.name_deputy"
    wanted = {"person_id": "per_zhang", "deputy_id": "per_chen", "first": "2026-12-01", "last": "2026-12-04"}
    assert fields == wanted


def test_days_may_be_left_out(browser: Browser, web: Web) -> None:
    name(browser, deputy_id="per_gulnar", first="", last="")
    assert {each: told(web)[1][each] for each in ("first", "last")} == {"first": None, "last": None}
    assert "You are not away" in browser.open(PAGE).text


@pytest.mark.parametrize(
    ("days", "said"),
    [({"first": "2026-12-01", "last": None}, "Away from:"), ({"first": None, "last": "2026-12-01"}, "Away until:")],
)
def test_an_absence_may_be_open_at_one_end(days: dict[str, Any], said: str, browser: Browser, web: Web) -> None:
    web.gateway.deputation |= days
    assert said in browser.open(PAGE).text


def test_only_people_of_ones_own_hospital_are_offered_and_not_oneself(browser: Browser) -> None:
    select = re.search(r'<select[^>]*name="deputy_id".*?</select>', browser.open(PAGE).text, re.DOTALL)
    assert select
    offered = set(re.findall(r'value="(per_[a-z]+)"', select[0]))
    assert {"per_gulnar", "per_chen"} <= offered
    assert not offered & {"per_zhang", "per_ali", "per_bano"}


def test_who_may_look_nobody_up_is_shown_the_page_all_the_same(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.people"] = Refused("NotAllowed", {"action": "look_up", "needs": "any role"})
    assert browser.open(PAGE).status_code == 200


def test_a_deputy_is_withdrawn_with_a_reason(browser: Browser, web: Web) -> None:
    browser.send(browser.form(PAGE, WITHDRAW), reason="Back again.")
    method, fields = told(web)
    assert (method, fields["reason"], fields["expected_version"]) == ("notify.withdraw_deputy", "Back again.", 2)
    assert "Nobody stands in for you" in browser.open(PAGE).text


def test_where_nobody_stands_in_there_is_nothing_to_withdraw(browser: Browser, web: Web) -> None:
    web.gateway.deputation |= NOBODY | {"version": None}
    shown = browser.open(PAGE).text
    assert "Nobody stands in for you" in shown
    assert f'action="{WITHDRAW}"' not in shown


def test_who_was_named_meanwhile_is_not_withdrawn_unseen(browser: Browser, web: Web) -> None:
    form = browser.form(PAGE, WITHDRAW)
    web.gateway.deputation |= {"deputy": "per_chen", "version": 3}
    answer = browser.send(form, reason="Back again.")
    assert answer.status_code == 409
    assert "Back again." in answer.text
    assert 'name="expected_version" type="hidden" value="3"' in answer.text


@pytest.mark.parametrize(
    ("refused", "facts", "place"),
    [
        ("OfNoSiteOfTheirs", {"deputy": "per_chen", "sites": ["sit_kashgar"]}, "deputy_id"),
        ("AbsenceReversed", {"first": "2026-12-04", "last": "2026-12-01"}, "last"),
        ("AbsenceOver", {"last": "2026-11-01", "today": "2026-11-23"}, "last"),
    ],
)
def test_a_refusal_stands_beside_its_field(
    refused: str, facts: dict[str, Any], place: str, browser: Browser, web: Web
) -> None:
    web.gateway.failing["notify.name_deputy"] = Refused(refused, facts)
    answer = name(browser, deputy_id="per_chen", first="2026-12-01", last="2026-12-04")
    assert answer.status_code == 409
    assert f'id="name-{place}-wrong"' in answer.text


def test_the_menu_leads_there(browser: Browser) -> None:
    assert f'href="{PAGE}"' in browser.open("/visits").text
