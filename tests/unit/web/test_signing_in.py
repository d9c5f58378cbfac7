"""Signing in and out, and what a session is worth."""

from datetime import timedelta

import pytest

from services.web.accounts.sessions import IDLE
from tests.unit.web.browser import Browser
from tests.web_app import EMAIL, PASSWORD, Web


def test_the_right_password_opens_the_visits(stranger: Browser) -> None:
    answer = stranger.sign_in()
    assert (answer.status_code, answer.location) == (303, "/")
    assert stranger.open("/visits").status_code == 200


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong password"), ("nobody@kashgar.example", PASSWORD)])
def test_a_wrong_pair_says_the_same_whichever_half_is_wrong(stranger: Browser, email: str, password: str) -> None:
    answer = stranger.sign_in(email, password)
    assert answer.status_code == 401
    assert "This address and password do not belong together." in answer.text
    assert stranger.open("/visits").status_code == 303


def test_an_address_is_known_however_it_is_written(stranger: Browser) -> None:
    assert stranger.sign_in(f"  {EMAIL.upper()} ").status_code == 303


def test_the_sixth_try_on_one_account_within_a_minute_is_too_many(stranger: Browser) -> None:
    assert [stranger.sign_in(EMAIL, "wrong password").status_code for _ in range(6)] == [401] * 5 + [429]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "evil",
        "",
    ],
)
def test_sign_in_leads_nowhere_else(stranger: Browser, elsewhere: str) -> None:
    form = stranger.form("/sign-in")
    answer = stranger.send(form, email=EMAIL, password=PASSWORD, next=elsewhere)
    assert answer.location == "/"


def test_a_choice_of_language_leads_nowhere_else(stranger: Browser) -> None:
    answer = stranger.send(stranger.form("/sign-in", "/language"), language="ur", next="//evil.example")
    assert answer.location == "/"


def test_signing_out_ends_the_session_for_good(browser: Browser, web: Web) -> None:
    assert browser.send(browser.form("/visits", "/sign-out")).location == "/sign-in"
    assert browser.open("/visits").status_code == 303
    assert web.sessions.of("acc_0", web.clock.now()) == []


def test_a_session_revoked_elsewhere_is_out(browser: Browser, web: Web) -> None:
    other = Browser(web)
    other.sign_in()
    _first, last = sorted(web.sessions.of("acc_0", web.clock.now()), key=lambda session: session.opened_at)
    browser.send(browser.form("/account", f"/account/sessions/{last.id}/revoke"))
    assert {browser.open("/visits").status_code, other.open("/visits").status_code} == {200, 303}


def test_signing_out_everywhere_is_everywhere(browser: Browser, web: Web) -> None:
    other = Browser(web)
    other.sign_in()
    browser.send(browser.form("/account", "/account/sessions/revoke-all"))
    assert [each.open("/visits").status_code for each in (browser, other)] == [303, 303]


def test_nobody_revokes_a_session_of_somebody_else(browser: Browser, web: Web) -> None:
    web.accounts.add("other@gilgit.example", "another long password", "per_ali", [], [])
    other = Browser(web)
    other.sign_in("other@gilgit.example", "another long password")
    (theirs,) = web.sessions.of("acc_1", web.clock.now())
    form = browser.form("/account", "/account/sessions/revoke-all")
    form.action = f"/account/sessions/{theirs.id}/revoke"
    browser.send(form)
    assert other.open("/visits").status_code == 200


def test_a_session_ends_when_it_was_not_used(browser: Browser, web: Web) -> None:
    web.clock.advance(IDLE + timedelta(seconds=1))
    assert browser.open("/visits").status_code == 303


def test_a_session_ends_after_a_week_however_much_it_is_used(browser: Browser, web: Web) -> None:
    seen = []
    for _ in range(16):
        seen.append(browser.open("/visits").status_code)
        web.clock.advance(timedelta(hours=11))
    assert seen[:15] == [200] * 15
    assert browser.open("/visits").status_code == 303


def test_the_account_brings_its_language_and_a_choice_wins(stranger: Browser, web: Web) -> None:
    web.accounts.add("bano@gilgit.example", "a long password", "per_bano", ["visitor"], ["sit_gilgit"], "ur")
    stranger.sign_in("bano@gilgit.example", "a long password")
    assert 'lang="ur" dir="rtl"' in stranger.open("/visits").text
    stranger.send(stranger.form("/visits", "/language"), language="zh")
    assert 'lang="zh" dir="ltr"' in stranger.open("/visits").text


def test_a_stranger_is_spoken_to_in_the_language_of_the_browser(stranger: Browser) -> None:
    assert 'lang="zh"' in stranger.open("/sign-in", **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).text
    assert 'lang="en"' in stranger.open("/sign-in", **{"Accept-Language": "fr"}).text


def test_a_visitor_is_not_offered_to_propose(stranger: Browser, web: Web) -> None:
    web.accounts.add("bano@gilgit.example", "a long password", "per_bano", ["visitor"], ["sit_gilgit"])
    stranger.sign_in("bano@gilgit.example", "a long password")
    assert "Propose a visit" not in stranger.open("/visits").text
