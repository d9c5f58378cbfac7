"""Headers, cookies, and that nothing but what is meant to be open is open."""

import re

import pytest
from pymongo.errors import ServerSelectionTimeoutError

from tests.unit.web.browser import Browser, forms_in
from tests.unit.web.test_pages import PAGES
from tests.web_app import EMAIL, PASSWORD, Web

OPEN = {"letters.check", "accounts.sign_in", "accounts.try_sign_in", "accounts.choose_language", "static"} | {
    "calendars.feed", "fhir.metadata", "fhir.read", "fhir.search", "fhir.nothing_else", "oai.answer",
    "replies.page", "replies.answer", "pacing.page", "pacing.choose",
}  # fmt: skip


def test_only_these_views_are_open(web: Web) -> None:
    views = web.app.view_functions.items()
    assert {name for name, view in views if getattr(view, "is_public", False)} | {"static"} == OPEN


@pytest.mark.parametrize("path", ["/sign-in", "/visits", "/nowhere", "/static/css/tokens.css"])
def test_every_answer_carries_the_guards(browser: Browser, path: str) -> None:
    headers = browser.open(path).headers
    policy = headers["Content-Security-Policy"]
    for directive in ("default-src 'none'", "script-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_pages_are_remembered_by_no_cache(browser: Browser) -> None:
    assert browser.open("/visits").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_code_or_style_inside(browser: Browser, path: str) -> None:
    text = browser.open(path).text
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", text)


def test_the_cookie_is_out_of_reach(stranger: Browser) -> None:
    cookie = stranger.sign_in().headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_tls_the_cookie_is_bound_to_it_and_the_host() -> None:
    web = Web(web_url="https://khunjerab.example")
    page = web.app.test_client().get("/sign-in", base_url="https://khunjerab.example")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-khunjerab=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]


def test_the_cookie_changes_with_the_sign_in_and_names_no_account(stranger: Browser, web: Web) -> None:
    before = stranger.open("/sign-in").headers["Set-Cookie"]
    after = stranger.sign_in().headers["Set-Cookie"]
    assert before.split(";")[0] != after.split(";")[0]


@pytest.mark.parametrize("path", [*PAGES, "/account"])
def test_every_form_that_posts_has_a_token(browser: Browser, path: str) -> None:
    assert all(form.fields.get("csrf_token") for form in forms_in(browser.open(path)) if form.posts)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/language", "/account/sessions/revoke-all"])
def test_no_post_without_a_token(browser: Browser, path: str) -> None:
    assert browser.post(path, {"email": EMAIL, "password": PASSWORD}).status_code == 400


def test_what_is_too_large_is_not_read(browser: Browser) -> None:
    form = browser.form("/visits", "/language")
    assert browser.send(form, next="x" * 300_000).status_code == 413


def test_without_the_accounts_a_page_says_so_plainly(
    browser: Browser, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise ServerSelectionTimeoutError("no server")

    monkeypatch.setattr(web.sessions, "find", away)
    page = browser.open("/visits")
    assert page.status_code == 503
    assert "Sign-in is away" in page.text
    assert "no server" not in page.text


def test_an_error_of_ours_tells_nothing_of_itself(browser: Browser, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(web.app.config, "PROPAGATE_EXCEPTIONS", False)
    web.gateway.failing["exchange.visits"] = RuntimeError("password=secret")
    page = browser.open("/visits")
    assert page.status_code == 500
    assert "secret" not in page.text
