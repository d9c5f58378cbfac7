"""Every mail as a mail program shows it: on a phone nothing is cut off, and in the dark everything can be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from services.notify.adapters.samples import SampleLibrary
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.ports import Message

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
SAMPLES, WRITER = SampleLibrary(), TemplateWriter("https://khunjerab.example")
PHONE: ViewportSize = {"width": 360, "height": 640}
SCREEN: ViewportSize = {"width": 800, "height": 900}
WITHOUT_LANDMARKS = {rule: {"enabled": False} for rule in ("region", "landmark-one-main")}
"""The program around a mail has them."""
OF_EACH_KIND = ("visit-rescheduled", "consultation-invited", "outcome-overdue")


def mail(purpose: str, language: str) -> str:
    notification = next(iter(SAMPLES.of(purpose).values()))
    return WRITER.letter(Message(notification, *SAMPLES.read_by(notification, language))).html


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
def test_on_a_phone_no_mail_is_wider_than_the_screen(language: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    too_wide = []
    for purpose in SAMPLES.purposes():
        page.set_content(mail(purpose, language))
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            too_wide.append(purpose)
    assert too_wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh", "ur"])
@pytest.mark.parametrize("purpose", OF_EACH_KIND)
def test_it_can_be_read_by_day_and_by_night(purpose: str, language: str, scheme: str, page: Page) -> None:
    page.set_viewport_size(SCREEN)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(mail(purpose, language))
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {rules})", WITHOUT_LANDMARKS)
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_in_the_dark_it_is_dark(page: Page) -> None:
    shown = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_content(mail("visit-rescheduled", "ur"))
        shown[scheme] = page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
    assert shown == {"light": "rgb(255, 255, 255)", "dark": "rgb(25, 36, 40)"}
