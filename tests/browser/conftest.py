"""A real Chromium on the application with fakes."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from services.web.accounts.signing_in import limiter
from tests.web_app import EMAIL, PASSWORD, Web

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that Playwright installed."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.fail("no Chromium here: apt-get install chromium")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def web() -> Web:
    made = Web()
    with made.app.app_context():
        limiter.reset()
    return made


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """Where the application is served."""
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def open_browser(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens a browser at the sign-in page: `open_browser("ur", phone=True, javascript=False, scheme="dark")`.

    The test fails at its end when a page wrote an error to the console.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(
        language: str = "en",
        *,
        phone: bool = False,
        javascript: bool = True,
        scheme: str = "light",
        errors_expected: bool = False,
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 860},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        if not errors_expected:
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/sign-in")
        page.click(f"button[name=language][value={language}]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def sign_in() -> Callable[[Page], None]:
    """Signs the coordinator of Kashgar in."""

    def signed_in(page: Page) -> None:
        page.fill("input[name=email]", EMAIL)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url("**/visits")

    return signed_in
