"""A letter is fetched behind sign-in, and checked by anybody."""

from urllib.parse import urlencode

import pytest

from chassis.kernel.actor import Actor
from tests.unit.web.browser import Browser
from tests.web_app import Web

GOOD, SUPERSEDED = "K7QM-2D4X-9RTP-WB3H", "0000-0000-0000-0000"


def test_a_letter_is_fetched_as_pdf_and_kept_by_no_cache(browser: Browser) -> None:
    answer = browser.open("/letters/ltr_1.pdf")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", b"%PDF-1.7")
    assert "invitation-1.pdf" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_letter_that_is_not_there_is_not_found(browser: Browser) -> None:
    assert browser.open("/letters/ltr_2.pdf").status_code == 404


def test_a_stranger_fetches_no_letter(stranger: Browser, web: Web) -> None:
    assert stranger.open("/letters/ltr_1.pdf").status_code == 303
    assert not web.gateway.asked


@pytest.mark.parametrize(("code", "status", "words"), [
    (GOOD, 200, "This letter stands."),
    (SUPERSEDED, 200, "This letter does not stand any more."),
    ("nonsense", 404, "No letter has this code."),
    ("", 200, "Enter the code"),
])  # fmt: skip
def test_anybody_may_check_a_code(stranger: Browser, web: Web, code: str, status: int, words: str) -> None:
    answer = stranger.open(f"/check?code={code}")
    assert answer.status_code == status
    assert words in answer.text
    assert [asked.actor for asked in web.gateway.asked] == [Actor(None)] * bool(code)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "x" * 5000, "%00", '{"$ne": 1}'])
def test_a_code_is_shown_as_text_and_never_more_than_a_code(stranger: Browser, hostile: str) -> None:
    answer = stranger.open(f"/check?{urlencode({'code': hostile})}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text
