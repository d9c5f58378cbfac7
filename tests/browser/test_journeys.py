"""The main job in a real browser: in three languages, on a phone, and without JavaScript."""

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests import web_consultations as meetings
from tests import web_samples as samples
from tests.browser.conftest import Open
from tests.web_app import Web

SignIn = Callable[[Page], None]
STATES = {"en": ("Proposed", "Booked"), "zh": ("已提议", "已确定"), "ur": ("تجویز شدہ", "طے شدہ")}
PURPOSE = "Ultrasound staging"


@pytest.mark.parametrize(
    ("language", "phone", "javascript"),
    [("en", False, True), ("en", True, False), ("zh", False, False), ("ur", True, True)],
)
def test_a_coordinator_accepts_a_proposed_visit(
    open_browser: Open, sign_in: SignIn, web: Web, language: str, phone: bool, javascript: bool
) -> None:
    proposed, booked = STATES[language]
    page = open_browser(language, phone=phone, javascript=javascript)
    sign_in(page)
    page.get_by_role("link", name=PURPOSE).click()
    expect(page.locator(".head .chip")).to_have_text(proposed)
    page.fill("textarea[name=reason]", "Two places on the ward.")
    page.click("button[name=status][value=accepted]")
    expect(page.locator(".notice-done")).to_be_visible()
    expect(page.locator(".head .chip")).to_have_text(booked)
    expect(page.locator(".replies")).to_contain_text("Two places on the ward.")
    assert [each.method for each in web.gateway.commands()] == ["exchange.reply_to_visit"]


def test_a_manager_proposes_a_visit(open_browser: Open, sign_in: SignIn, web: Web) -> None:
    page = open_browser()
    sign_in(page)
    page.get_by_role("link", name="Propose a visit").click()
    page.get_by_role("link", name="Training · Liver echinococcosis").click()
    page.get_by_label("Purpose of the visit").fill("Ultrasound training for liver echinococcosis")
    page.get_by_label("First day").fill("2027-03-01")
    page.get_by_label("Last day").fill("2027-03-12")
    page.get_by_label("Shahida Bano").check()
    page.get_by_label("Leader of the group").select_option("per_bano")
    page.get_by_role("button", name="Propose the visit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ultrasound training for liver echinococcosis")
    assert web.gateway.commands()[0].fields["visitors"] == ["per_bano"]


def test_an_outcome_is_reported_decided_and_adopted(open_browser: Open, sign_in: SignIn, web: Web) -> None:
    page = open_browser()
    sign_in(page)
    page.goto(f"/outcomes/{samples.EXPECTED}")
    page.get_by_label("Title").fill("A screening protocol")
    page.get_by_label("Summary").fill("Staging by ultrasound.")
    page.get_by_role("button", name="Report it").click()
    page.goto(f"/outcomes/{samples.REPORTED}")
    page.get_by_role("button", name="Pass", exact=True).click()
    page.goto(f"/outcomes/{samples.LAST_GATE}")
    page.get_by_label("Hospital that adopts it").select_option("sit_gilgit")
    page.get_by_role("button", name="We use it").click()
    expect(page.locator(".head .chip")).to_have_text("Adopted")
    methods = [each.method.partition(".")[2] for each in web.gateway.commands()]
    assert methods == ["report_outcome", "decide_gate", "confirm_adoption"]


def test_a_visit_is_cancelled_only_after_a_second_step(open_browser: Open, sign_in: SignIn, web: Web) -> None:
    page = open_browser(javascript=False)
    sign_in(page)
    page.goto(f"/visits/{samples.BOOKED}")
    expect(page.get_by_role("button", name="Cancel the visit for good")).to_be_hidden()
    page.locator("details.action summary").click()
    page.get_by_label("Why is it cancelled?").fill("The pass is snowed in.")
    page.get_by_role("button", name="Cancel the visit for good").click()
    expect(page.locator(".head .chip")).to_have_text("Cancelled")
    assert len(web.gateway.commands()) == 1


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ur", True)])
def test_a_coordinator_finds_a_time_and_proposes_a_consultation(
    open_browser: Open, sign_in: SignIn, web: Web, language: str, phone: bool
) -> None:
    page = open_browser(language, phone=phone, javascript=False)
    sign_in(page)
    page.goto("/consultations/propose")
    page.fill("[name=title]", "Cyst of the right lobe")
    page.select_option("[name=person-1]", "per_chen@sit_kashgar")
    page.select_option("[name=person-2]", "per_bano@sit_gilgit")
    page.select_option("[name=languages-3]", "ur zh")
    page.click("button[name=find]")
    page.click("button[name=take] >> nth=0")
    expect(page.locator("[name=person-3]")).to_have_value("per_maryam@sit_kashgar")
    expect(page.locator("[name=on]")).to_have_value("2026-11-26")
    expect(page.locator("[name=at]")).to_have_value("14:00")
    page.click("form#propose > .row .button-first")
    expect(page.locator(".notice-done")).to_be_visible()
    (proposed,) = web.gateway.commands()
    assert (proposed.method, proposed.fields["begins"]) == (
        "exchange.propose_consultation",
        "2026-11-26T14:00:00+08:00",
    )
    assert len(proposed.fields["participants"]) == 3


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ur", True)])
def test_an_organiser_changes_what_is_planned(
    open_browser: Open, sign_in: SignIn, web: Web, language: str, phone: bool
) -> None:
    asked = f"/consultations/{meetings.ASKED}"
    page = open_browser(language, phone=phone, javascript=False)
    sign_in(page)
    page.goto(asked)
    page.click(f"a[href='{asked}/participants']")
    page.select_option("[name=person-5]", "per_karim@sit_gilgit")
    page.select_option("[name=deputy-2]", "")
    page.fill("[name=reason]", "A second surgeon.")
    page.click("form.form > .row .button-first")
    expect(page.locator(".notice-done")).to_be_visible()
    fill_in(page, "bring", reference="KSH-40", question="Is it a second cyst?")
    page.select_option("#bring-presenter", "per_chen")
    page.check("#bring-consent")
    send(page, "bring")
    fill_in(page, "reschedule", on="2026-11-27", times="3", reason="Week by week.")
    page.select_option("#reschedule-repeat", "FREQ=WEEKLY")
    send(page, "reschedule")
    fill_in(page, "error", reason="It was entered twice.")
    send(page, "error")
    methods = [each.method.partition(".")[2] for each in web.gateway.commands()]
    assert methods == [
        "change_participants",
        "bring_case",
        "reschedule_consultation",
        "mark_consultation_entered_in_error",
    ]
    expect(page.locator(".head .chip-entered-in-error")).to_be_visible()


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ur", True)])
def test_a_case_is_withdrawn_and_another_waits_for_the_next_session(
    open_browser: Open, sign_in: SignIn, web: Web, language: str, phone: bool
) -> None:
    later = "2026-11-30T04:15:00+00:00"
    web.gateway.consultations[meetings.BEGUN]["sessions"].append(meetings.session(later))
    page = open_browser(language, phone=phone, javascript=False)
    sign_in(page)
    page.goto(f"/consultations/{meetings.BEGUN}")
    page.click(f"#{meetings.CASE} summary")
    page.fill(f"#{meetings.CASE} textarea", "He was operated on at home.")
    page.click(f"#{meetings.CASE} .button-hard")
    expect(page.locator(f"#{meetings.CASE} .chip-cancelled")).to_be_visible()
    page.click("details:has(form[action$='/close']) > summary")
    page.select_option(f"#close-later-{meetings.OTHER_CASE}", later)
    send(page, "close")
    withdrawn, closed = web.gateway.commands()
    assert withdrawn.fields["case_id"] == meetings.CASE
    assert (closed.fields["opinions"], closed.fields["postponed"]) == ({}, {meetings.OTHER_CASE: later})


def fill_in(page: Page, act: str, **typed: str) -> None:
    """Unfolds the form and types into it."""
    page.click(f"details:has(form[action$='/{act}']) > summary")
    for name, text in typed.items():
        page.fill(f"#{act}-{name}", text)


def send(page: Page, act: str) -> None:
    """Presses the form's button; the page says that it is done."""
    page.click(f"form[action$='/{act}'] button")
    expect(page.locator(".notice-done")).to_be_visible()


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ur", True)])
def test_somebody_subscribes_to_a_calendar_and_their_program_reads_it(
    open_browser: Open, sign_in: SignIn, address: str, language: str, phone: bool
) -> None:
    page = open_browser(language, phone=phone, javascript=False)
    sign_in(page)
    page.goto("/account")
    page.click("main a[href='/calendars']")
    page.select_option("[name=subject]", "dep_kashgar-1")
    page.click("form.card .button-first")
    told = page.locator("textarea.secret").input_value()
    expect(page.locator("a[href^='webcal:']")).to_have_attribute("href", told.replace("https:", "webcal:"))
    assert page.url == f"{address}/calendars"
    with urlopen(f"{address}{urlsplit(told).path}") as read:  # noqa: S310 (our own server)
        assert (read.headers["Content-Type"], read.read()[:15]) == ("text/calendar; charset=utf-8", b"BEGIN:VCALENDAR")
    page.click(".crumbs a")
    expect(page.locator("main")).not_to_contain_text(told)
    page.click("#cal_new summary")
    page.click("#cal_new .button-hard")
    expect(page.locator(".notice-done")).to_be_visible()
    expect(page.locator("#cal_new")).to_have_count(0)
