"""An annual report is fetched behind sign-in, as PDF or as spreadsheet."""

import pytest

from tests.unit.web.browser import Browser
from tests.web_app import Web

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("kind", "mimetype", "shown"), [
    ("pdf", "application/pdf", "inline"), ("xlsx", SPREADSHEET, "attachment"),
])  # fmt: skip
def test_a_report_is_fetched_and_kept_by_no_cache(browser: Browser, kind: str, mimetype: str, shown: str) -> None:
    answer = browser.open(f"/reports/rep_1.{kind}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, mimetype, f"a {kind}".encode())
    assert answer.headers["Content-Disposition"] == f"{shown}; filename=annual-report-2026.{kind}"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_report_that_is_not_made_yet_says_so(browser: Browser) -> None:
    answer = browser.open("/reports/rep_2.pdf")
    assert answer.status_code == 409
    assert "still being made" in answer.text


@pytest.mark.parametrize("address", ["/reports/rep_3.pdf", "/reports/rep_1.docx", "/reports/ltr_1.pdf"])
def test_what_is_not_there_is_not_found(browser: Browser, address: str) -> None:
    assert browser.open(address).status_code == 404


def test_a_stranger_fetches_no_report(stranger: Browser, web: Web) -> None:
    assert stranger.open("/reports/rep_1.xlsx").status_code == 303
    assert not web.gateway.asked
