"""Every page in a real browser: accessible, mirrored, within the width of a phone, light and dark, on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import web_consultations as meetings
from tests import web_samples as samples
from tests.browser.conftest import Open
from tests.web_announcement_gateway import GOING_OUT, WITHDRAWN
from tests.web_webhook_gateway import GONE, HIS

SignIn = Callable[[Page], None]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
PAGES = [
    "/visits",
    "/check?code=K7QM-2D4X-9RTP-WB3H",
    f"/visits/{samples.PROPOSED}",
    f"/visits/{samples.FULFILLED}",
    f"/visits/{samples.CANCELLED}",
    "/visits/propose",
    f"/agreements/{samples.AGREEMENT}/cnd_0/propose",
    "/consultations",
    "/consultations/tasks",
    "/consultations/propose",
    "/consultations/replies",
    *(f"/consultations/{identity}" for identity in (meetings.ASKED, meetings.BEGUN, meetings.OVER)),
    f"/consultations/{meetings.ASKED}/participants",
    "/agreements",
    f"/agreements/{samples.AGREEMENT}",
    f"/agreements/{samples.DRAFT}",
    "/outcomes",
    f"/outcomes/{samples.EXPECTED}",
    f"/outcomes/{samples.REPORTED}",
    "/inbox",
    "/calendars",
    "/account",
    "/account/messages",
    "/account/reached",
    "/account/deputy",
    "/deliveries",
    "/announcements",
    "/announcements/new",
    f"/announcements/{GOING_OUT}",
    f"/announcements/{WITHDRAWN}",
    "/webhooks",
    "/webhooks/register",
    f"/webhooks/{HIS}",
    f"/webhooks/{GONE}",
    "/deliveries/why?person=per_chen&about=vis_booked",
    "/channels",
]


def serious(page: Page) -> list[str]:
    """What axe-core finds that would keep somebody out, with the element it is about."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document)")
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary'][:200]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("language", "phone", "scheme"),
    [("en", False, "light"), ("en", True, "dark"), ("zh", False, "dark"), ("ur", True, "light")],
)
def test_axe_finds_nothing_serious(
    open_browser: Open, sign_in: SignIn, language: str, phone: bool, scheme: str
) -> None:
    page = open_browser(language, phone=phone, scheme=scheme)
    found = {"/sign-in": serious(page)}
    sign_in(page)
    for path in PAGES:
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("each => each.open = true")
        found[path] = serious(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
def test_no_page_is_wider_than_a_phone(open_browser: Open, sign_in: SignIn, language: str) -> None:
    page = open_browser(language, phone=True)
    sign_in(page)
    too_wide = {}
    for path in PAGES:
        page.goto(path)
        if over := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
            too_wide[path] = over
    assert too_wide == {}


@pytest.mark.parametrize(
    ("language", "phone", "scheme"), [("en", False, "dark"), ("zh", True, "light"), ("ur", True, "dark")]
)
def test_the_page_that_shows_an_address_is_like_the_others(
    open_browser: Open, sign_in: SignIn, language: str, phone: bool, scheme: str
) -> None:
    page = open_browser(language, phone=phone, scheme=scheme)
    sign_in(page)
    page.goto("/calendars")
    page.click("form.card .button-first")
    expect(page.locator("textarea.secret")).to_have_attribute("dir", "ltr")
    assert serious(page) == []
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    hidden = page.locator("textarea.secret").evaluate("each => each.scrollHeight - each.clientHeight")
    assert (over, hidden) == (0, 0)


@pytest.mark.parametrize(
    ("language", "phone", "scheme"), [("en", True, "light"), ("zh", False, "dark"), ("ur", True, "dark")]
)
def test_an_announcement_is_looked_at_on_a_page_like_the_others(
    open_browser: Open, sign_in: SignIn, language: str, phone: bool, scheme: str
) -> None:
    page = open_browser(language, phone=phone, scheme=scheme)
    sign_in(page)
    page.goto("/announcements/new")
    page.fill("[name=title_en]", "The pass is closed")
    page.fill("[name=text_en]", "https://roads.example/" + "karakoram" * 20)
    page.check("[name=sites]")
    page.click("main .button-first")
    expect(page.locator(".letter")).to_have_count(3)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.locator("[formaction]").click()
    expect(page.locator("[name=title_en]")).to_have_value("The pass is closed")


def test_urdu_is_mirrored_and_codes_are_not(open_browser: Open, sign_in: SignIn) -> None:
    def where(page: Page, selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["x"] + box["width"] / 2

    for language, starts_left in (("en", True), ("ur", False)):
        page = open_browser(language)
        sign_in(page)
        page.goto(f"/visits/{samples.PROPOSED}")
        assert (where(page, ".brand") < where(page, ".menu")) is starts_left
        assert (where(page, ".step:first-child") < where(page, ".step:last-child")) is starts_left
        assert (where(page, ".split-main") < where(page, ".split-side")) is starts_left
        direction = page.locator("bdi.code").first.evaluate("each => getComputedStyle(each).direction")
        assert direction == "ltr"


def test_dark_is_dark(open_browser: Open) -> None:
    grounds = [
        open_browser(scheme=scheme).locator("body").evaluate("each => getComputedStyle(each).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert grounds == ["rgb(246, 244, 239)", "rgb(16, 24, 27)"]


def test_on_paper_there_are_facts_and_no_buttons(open_browser: Open, sign_in: SignIn) -> None:
    page = open_browser()
    sign_in(page)
    page.goto(f"/visits/{samples.PROPOSED}")
    page.emulate_media(media="print")
    for hidden in (".bar", ".action", ".crumbs"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".replies")).to_be_visible()


def test_the_first_key_leads_past_the_navigation(open_browser: Open, sign_in: SignIn) -> None:
    page = open_browser()
    sign_in(page)
    page.goto("/visits")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_page_weighs_little(open_browser: Open, sign_in: SignIn) -> None:
    page = open_browser()
    weights: list[int] = []
    page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    sign_in(page)
    page.wait_for_load_state("networkidle")
    first = sum(weights)
    weights.clear()
    page.goto(f"/visits/{samples.PROPOSED}", wait_until="networkidle")
    assert first < 250_000
    assert sum(weights) < 30_000, weights
