"""Somebody subscribes to a calendar on a page: the address is shown once, and nowhere else than in that answer."""

import logging
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import CallTimedOut, Refused
from services.exchange.domain.calendar_address import MOST_OPEN
from tests import web_samples as samples
from tests.unit.web.acts import CALENDARS
from tests.unit.web.browser import Browser, form_in
from tests.web_app import PASSWORD, Web
from tests.web_calendar_gateway import OF_AGREEMENT, OF_ANOTHER, OWN, REVOKED, SECRET_OPENED

METHOD = "exchange.open_calendar_address"
ADDRESS = f"//khunjerab.example/calendars/{SECRET_OPENED}.ics"


def subscribe(browser: Browser, subject: str = "per_zhang", language: str = "en") -> TestResponse:
    return browser.send(browser.form(CALENDARS), subject=subject, language=language)


def offered(browser: Browser) -> list[str]:
    choices = re.search(r'<select[^>]*name="subject".*?</select>', browser.open(CALENDARS).text, re.DOTALL)
    assert choices
    return re.findall(r'value="([^"]*)"', choices[0])


def signed_in(web: Web, *roles: str, sites: tuple[str, ...] = ()) -> Browser:
    web.accounts.add("somebody@kashgar.example", PASSWORD, "per_gulnar", roles, sites)
    opened = Browser(web)
    opened.sign_in("somebody@kashgar.example")
    return opened


def test_the_address_is_shown_to_copy_and_to_open_with_a_program(browser: Browser) -> None:
    answer = subscribe(browser)
    assert answer.status_code == 200
    assert re.search(rf"<textarea[^>]* readonly[^>]*>https:{ADDRESS}</textarea>", answer.text)
    assert f'href="webcal:{ADDRESS}"' in answer.text


def test_the_page_with_the_address_is_kept_by_no_cache_and_told_to_no_other_site(browser: Browser) -> None:
    headers = subscribe(browser).headers
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "Location" not in headers
    assert SECRET_OPENED not in str(headers)


def test_the_address_is_on_no_other_page_in_no_session_and_in_no_log(
    browser: Browser, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        subscribe(browser)
    assert SECRET_OPENED not in str(browser.session)
    assert [
        path for path in (CALENDARS, "/account", "/consultations") if SECRET_OPENED in browser.open(path).text
    ] == []
    assert SECRET_OPENED not in caplog.text + "".join(capfd.readouterr())


def test_a_repeat_opens_no_other_and_says_that_it_was_shown(browser: Browser, web: Web) -> None:
    form = browser.form(CALENDARS)
    browser.send(form, subject="per_zhang")
    again = browser.send(form, subject="per_zhang")
    assert again.status_code == 200
    assert "was shown already" in again.text
    assert 'href="/calendars#cal_new"' in again.text
    assert "webcal" not in again.text
    first, second = web.gateway.commands()
    assert first.command_id == second.command_id


def test_where_no_answer_came_asking_again_is_the_same_command(browser: Browser, web: Web) -> None:
    web.gateway.failing[METHOD] = CallTimedOut("0" * 32)
    unanswered = subscribe(browser, "sit_kashgar", "ur")
    web.gateway.failing.clear()
    assert ADDRESS in browser.send(form_in(unanswered, CALENDARS)).text
    first, second = web.gateway.commands()
    assert (first.command_id, first.fields) == (second.command_id, second.fields)


def test_once_the_address_is_told_no_question_comes_between(browser: Browser, web: Web) -> None:
    subscribe(browser)
    methods = [each.method for each in web.gateway.asked]
    after = set(methods[methods.index(METHOD) + 1 :])
    assert after <= {"notify.inbox"}


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("per_zhang", "person"),
        ("sit_kashgar", "site"),
        ("dep_kashgar-0", "department"),
        (samples.AGREEMENT, "agreement"),
    ],
)
def test_each_kind_of_calendar_is_asked_for_as_such(browser: Browser, web: Web, subject: str, kind: str) -> None:
    assert subscribe(browser, subject, "zh").status_code == 200
    assert web.gateway.commands()[0].fields == {"kind": kind, "subject": subject, "language": "zh"}


def test_a_coordinator_is_offered_what_is_theirs(browser: Browser) -> None:
    own = offered(browser)
    assert own[:2] == ["per_zhang", "sit_kashgar"]
    assert {"dep_kashgar-0", "dep_kashgar-1", samples.AGREEMENT} <= set(own)
    assert not [each for each in own if "gilgit" in each]


@pytest.mark.parametrize(
    ("roles", "sites", "kinds"),
    [
        ((), (), {"per"}),
        (("visitor",), ("sit_kashgar",), {"per", "agr"}),
        (("programme-manager",), ("sit_kashgar",), {"per", "sit", "dep", "agr"}),
        (("administrator",), (), {"per"}),
    ],
)
def test_who_runs_no_site_is_offered_less(
    web: Web, roles: tuple[str, ...], sites: tuple[str, ...], kinds: set[str]
) -> None:
    assert {each[:3] for each in offered(signed_in(web, *roles, sites=sites))} == kinds


def test_who_may_look_nothing_up_has_a_calendar_all_the_same(web: Web) -> None:
    browser = signed_in(web)
    refused = Refused("NotAllowed", {"action": "look_up", "needs": "any role"})
    web.gateway.failing = {f"exchange.{method}": refused for method in ("sites", "agreements", "people")}
    assert offered(browser) == ["per_gulnar"]
    assert ADDRESS in subscribe(browser, "per_gulnar").text


def test_what_is_not_offered_is_not_asked_for(browser: Browser, web: Web) -> None:
    assert subscribe(browser, "sit_gilgit").status_code == 422
    assert subscribe(browser, "per_zhang", "tlh").status_code == 422
    assert web.gateway.commands() == []


@pytest.mark.parametrize(
    ("refused", "status", "told"),
    [
        (Refused("NotAllowed", {"action": "open_calendar_address", "needs": "the person"}), 403, "You may not do this"),
        (
            Refused("TooManyCalendarAddresses", {"most": MOST_OPEN}),
            409,
            "20 calendar addresses are open already: please revoke one first.",
        ),
    ],
)
def test_a_refusal_is_told_in_words_and_what_was_chosen_stays(
    browser: Browser, web: Web, refused: Refused, status: int, told: str
) -> None:
    web.gateway.failing[METHOD] = refused
    answer = subscribe(browser, "dep_kashgar-1", "ur")
    assert (answer.status_code, told in answer.text) == (status, True)
    form = form_in(answer, CALENDARS)
    assert (form.fields["subject"], form.fields["language"]) == ("dep_kashgar-1", "ur")


def test_the_entries_are_in_the_language_of_the_page_unless_another_is_chosen(browser: Browser) -> None:
    browser.send(browser.form(CALENDARS, "/language"), language="ur")
    assert browser.form(CALENDARS).fields["language"] == "ur"


def test_ones_own_open_addresses_are_listed_by_name(browser: Browser) -> None:
    page = browser.open(CALENDARS).text
    assert listed(page) == [OWN, OF_AGREEMENT]
    own, agreement = page[page.index(OWN) :].split('id="cal_2"')
    assert [each for each in ("ZHANG", "Person", "中文", "20 Nov 2026 16:12") if each.lower() not in own.lower()] == []
    assert samples.MEMORANDUM["agreement"]["names"]["en"] in agreement


@pytest.mark.parametrize(("language", "name"), [("zh", "local_name"), ("en", "passport_name")])
def test_a_person_is_named_as_their_reader_reads_it(browser: Browser, language: str, name: str) -> None:
    browser.send(browser.form(CALENDARS, "/language"), language=language)
    assert f"<h3><bdi>{samples.MEMORANDUM['people']['zhang'][name]}</bdi></h3>" in browser.open(CALENDARS).text


def listed(page: str) -> list[str]:
    return re.findall(r'<li [^>]*id="(cal_\w+)"', page)


def test_an_administrator_sees_everybodys_behind_their_own(web: Web) -> None:
    web.gateway.addresses[OF_AGREEMENT] |= {"owner": "per_gulnar"}
    page = signed_in(web, "administrator").open(CALENDARS).text
    assert listed(page) == [OF_AGREEMENT, OWN, OF_ANOTHER]
    assert page.count("Opened by") == 2
    assert REVOKED not in page


def test_a_long_list_goes_on_on_the_next_page(browser: Browser, web: Web) -> None:
    one: dict[str, Any] = web.gateway.addresses[OWN]
    web.gateway.addresses = {f"cal_{n:03}": one | {"id": f"cal_{n:03}"} for n in range(203)}
    first = browser.open(CALENDARS).text
    assert (len(listed(first)), 'href="/calendars?after=cal_199"' in first) == (200, True)
    assert listed(browser.open(f"{CALENDARS}?after=cal_199").text) == ["cal_200", "cal_201", "cal_202"]


def test_revoking_takes_a_second_step_that_says_what_becomes_of_it(browser: Browser, web: Web) -> None:
    page = browser.open(CALENDARS)
    assert "Every program that reads this address stops showing what is new." in page.text
    answer = browser.send(form_in(page, f"{CALENDARS}/{OWN}/revoke"))
    assert (answer.status_code, answer.location) == (303, CALENDARS)
    after = browser.open(CALENDARS).text
    assert "The address is revoked." in after
    assert listed(after) == [OF_AGREEMENT]


def test_one_that_was_revoked_meanwhile_is_told_so(browser: Browser, web: Web) -> None:
    form = browser.form(CALENDARS, f"{CALENDARS}/{OWN}/revoke")
    facts = {"state": "revoked", "command": "revoke_calendar_address", "fits": ["open"]}
    web.gateway.failing["exchange.revoke_calendar_address"] = Refused("WrongState", facts)
    answer = browser.send(form)
    assert answer.status_code == 409
    assert "“revoked already”. It fits only: still read." in answer.text


def test_the_pages_lead_there(browser: Browser) -> None:
    menu, account = browser.open("/account").text.split("<main")
    consultations = browser.open("/consultations").text.partition("<main")[2]
    assert [f'href="{CALENDARS}"' in part for part in (menu, account, consultations)] == [True] * 3


def test_a_stranger_opens_none(stranger: Browser, web: Web) -> None:
    assert stranger.open(CALENDARS).location == "/sign-in?next=/calendars"
    assert web.gateway.asked == []
