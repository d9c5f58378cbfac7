"""What people see when something is in the way, and that they can go on from there, without JavaScript too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chassis.rpc.client import CallTimedOut, Refused, ServiceUnavailable
from tests import web_samples as samples
from tests.browser.conftest import Open
from tests.web_app import Web

SignIn = Callable[[Page], None]
REPLY = "exchange.reply_to_visit"


@pytest.fixture
def page(open_browser: Open, sign_in: SignIn, web: Web, request: pytest.FixtureRequest) -> Page:
    """A proposed visit on which somebody typed a reason and accepted, after `request.param` stood in the way."""
    opened = open_browser(javascript=False, errors_expected=True)
    sign_in(opened)
    opened.goto(f"/visits/{samples.PROPOSED}")
    opened.fill("textarea[name=reason]", "Two places on the ward.")
    web.gateway.failing[REPLY] = request.param
    opened.click("button[name=status][value=accepted]")
    web.gateway.failing.clear()
    return opened


@pytest.mark.parametrize("page", [CallTimedOut("0" * 32), ServiceUnavailable("exchange")], indirect=True)
def test_without_an_answer_one_click_asks_again(page: Page, web: Web) -> None:
    expect(page.locator("main")).to_contain_text("Two places on the ward.")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".head .chip")).to_have_text("Booked")
    first, second = web.gateway.commands()
    assert (first.command_id, first.fields) == (second.command_id, second.fields)


@pytest.mark.parametrize("page", [Refused("HostFull", {"asked": 2, "free": 1, "seats": 3})], indirect=True)
def test_a_refusal_stands_on_the_page_with_what_was_typed(page: Page) -> None:
    expect(page.get_by_role("alert")).to_contain_text("2 places are asked for, 1 of 3 are free")
    expect(page.locator("#host-department-reason")).to_have_value("Two places on the ward.")
    page.click("button[name=status][value=declined]")
    expect(page.locator(".head .chip")).to_have_text("Cancelled")
