"""Webhooks are registered and looked after on pages; a secret is shown once, and nowhere else than in that answer."""

import logging
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import CallTimedOut, Refused
from services.notify.application.webhooks import OFFERED
from services.web.presentation import subject_path
from services.web.webhooks.forms import grouped
from tests.unit.web.acts import RECEIVER, REGISTER, WEBHOOKS
from tests.unit.web.browser import Browser, form_in
from tests.web_app import PASSWORD, Web
from tests.web_webhook_gateway import GONE, HIS, NEW, SIGNING_SECRET, delivery

ONE = f"{WEBHOOKS}/{HIS}"
MAKERS = {"notify.register_webhook": REGISTER, "notify.rotate_webhook_secret": f"{ONE}/rotate"}
every_maker = pytest.mark.parametrize("method", MAKERS)


def signed_in(web: Web, role: str, *sites: str) -> Browser:
    web.accounts.add("somebody@kashgar.example", PASSWORD, "per_gulnar", [role], sites)
    opened = Browser(web)
    opened.sign_in("somebody@kashgar.example")
    return opened


def make(browser: Browser, method: str) -> TestResponse:
    page, typed = (REGISTER, RECEIVER) if method == "notify.register_webhook" else (ONE, dict[str, Any]())
    return browser.send(browser.form(page, MAKERS[method]), **typed)


def act(browser: Browser, name: str, identity: str = HIS, **typed: Any) -> TestResponse:
    page = f"{WEBHOOKS}/{identity}"
    return browser.send(browser.form(page, f"{page}/{name}"), **typed)


def owners(browser: Browser) -> list[str]:
    found = re.search(r'<select[^>]*name="site_id".*?</select>', browser.open(REGISTER).text, re.DOTALL)
    assert found
    return re.findall(r'value="([^"]*)"', found[0])


def shown(page: str) -> list[str]:
    return re.findall(r'<li [^>]*id="(wh[kd]_\w+)"', page)


@every_maker
def test_the_secret_is_shown_to_copy_and_kept_by_no_cache(method: str, browser: Browser) -> None:
    answer = make(browser, method)
    assert answer.status_code == 200
    assert re.search(rf"<textarea[^>]* readonly[^>]*>{re.escape(SIGNING_SECRET)}</textarea>", answer.text)
    assert (answer.headers["Cache-Control"], "Location" in answer.headers) == ("no-store", False)
    assert SIGNING_SECRET not in str(answer.headers)


@every_maker
def test_the_secret_is_on_no_other_page_in_no_session_and_in_no_log(
    method: str, browser: Browser, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        make(browser, method)
    assert SIGNING_SECRET not in str(browser.session)
    others = (WEBHOOKS, REGISTER, ONE, "/account", "/inbox")
    assert [path for path in others if SIGNING_SECRET in browser.open(path).text] == []
    assert SIGNING_SECRET not in caplog.text + "".join(capfd.readouterr())


@every_maker
def test_once_the_secret_is_told_no_question_comes_between(method: str, browser: Browser, web: Web) -> None:
    make(browser, method)
    methods = [each.method for each in web.gateway.asked]
    assert {*methods[methods.index(method) + 1 :]} <= {"notify.inbox"}


@every_maker
def test_where_no_answer_came_asking_again_is_the_same_command(method: str, browser: Browser, web: Web) -> None:
    web.gateway.failing[method] = CallTimedOut("0" * 32)
    unanswered = make(browser, method)
    web.gateway.failing.clear()
    assert SIGNING_SECRET in browser.send(form_in(unanswered, MAKERS[method])).text
    first, second = web.gateway.commands()
    assert (first.command_id, first.fields) == (second.command_id, second.fields)


def test_a_secret_that_is_gone_is_told_so(browser: Browser, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"id": NEW, "version": 1, "state": "enabled", "secret": None}
    monkeypatch.setattr(web.gateway, "notify_register_webhook", lambda _asked: told)
    answer = make(browser, "notify.register_webhook")
    assert "was shown already" in answer.text
    assert "<textarea" not in answer.text
    assert f'href="{WEBHOOKS}/{NEW}"' in answer.text


@pytest.mark.parametrize(
    ("role", "sites", "offered"),
    [
        ("administrator", (), ["", "sit_kashgar", "sit_gilgit"]),
        ("programme-manager", ("sit_kashgar",), ["sit_kashgar"]),
    ],
)
def test_administrators_register_for_anybody_and_managers_for_their_sites(
    web: Web, role: str, sites: tuple[str, ...], offered: list[str]
) -> None:
    found = owners(signed_in(web, role, *sites))
    assert [each for each in found if each in ("", "sit_kashgar", "sit_gilgit")] == sorted(offered, key=found.index)
    assert len(found) == len(offered) or role == "administrator"


def test_one_of_the_alliance_names_no_site(web: Web) -> None:
    browser = signed_in(web, "administrator")
    browser.send(browser.form(REGISTER), **RECEIVER, site_id="")
    (given,) = web.gateway.commands()
    assert given.fields["site_id"] is None


def test_without_exchange_a_manager_registers_all_the_same(web: Web) -> None:
    browser = signed_in(web, "programme-manager", "sit_kashgar")
    web.gateway.failing["exchange"] = Refused("NotAllowed", {"action": "look_up", "needs": "any role"})
    assert owners(browser) == ["sit_kashgar"]
    assert SIGNING_SECRET in make(browser, "notify.register_webhook").text


def test_every_event_that_is_offered_can_be_chosen_alone_or_with_its_like(browser: Browser) -> None:
    page = browser.open(REGISTER).text
    offered = set(re.findall(r'name="event_types" value="([^"]*)"', page))
    assert offered == {*OFFERED, *(".".join(each.split(".")[:2]) + ".*" for each in OFFERED)}
    assert "events-of" not in page


def test_each_kind_of_event_has_its_name(web: Web) -> None:
    with web.app.test_request_context():
        assert [each.name for each in grouped(OFFERED) if "." in each.name] == []


@pytest.mark.parametrize("typed", [{"event_types": []}, {"url": ""}, {"event_types": ["exchange.person.changed.v1"]}])
def test_what_is_missing_or_not_offered_is_not_sent(typed: dict[str, Any], browser: Browser, web: Web) -> None:
    answer = browser.send(browser.form(REGISTER), **(RECEIVER | typed))
    assert answer.status_code == 422
    assert web.gateway.commands() == []
    assert 'class="wrong"' in answer.text


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ("length", "it is too long"),
        ("form", "it has to begin with https://"),
        ("user-info", "a name or a password"),
        ("host", "its host is neither a name nor a number"),
        ("port", "its port has to be 443"),
        ("not-public", "it does not lie on the public internet"),
        ("something-new", "something-new"),
    ],
)
@pytest.mark.parametrize(("method", "page", "action"), [
    ("register_webhook", REGISTER, REGISTER), ("change_webhook", ONE, f"{ONE}/change"),
])  # fmt: skip
def test_why_an_address_is_not_allowed_stands_beside_it_and_all_is_kept(
    because: str, said: str, method: str, page: str, action: str, browser: Browser, web: Web
) -> None:
    web.gateway.failing[f"notify.{method}"] = Refused("AddressNotAllowed", {"because": because})
    answer = browser.send(browser.form(page, action), **RECEIVER)
    assert answer.status_code == 409
    beside = re.search(r'<p class="wrong" id="\w+-url-wrong">(.*?)</p>', answer.text)
    assert beside
    assert said in beside[1]
    form = form_in(answer, action)
    assert (form.fields["url"], form.fields.getlist("event_types")) == (RECEIVER["url"], RECEIVER["event_types"])


@pytest.mark.parametrize(
    ("method", "name", "facts", "said"),
    [
        (
            "register",
            "EventTypeNotOffered",
            {"event_type": "exchange.visit.*"},
            "Nobody is told of such events: exchan",
        ),
        ("register", "TooManyWebhooks", {"most": 20}, "20 webhooks are registered here already"),
        ("rotate", "TooManySecrets", {"most": 5}, "5 secrets sign side by side already"),
    ],
)
def test_what_the_service_refuses_is_said_beside_its_field(
    method: str, name: str, facts: dict[str, Any], said: str, browser: Browser, web: Web
) -> None:
    command = {"register": "notify.register_webhook", "rotate": "notify.rotate_webhook_secret"}[method]
    web.gateway.failing[command] = Refused(name, facts)
    answer = make(browser, command)
    assert answer.status_code == 409
    assert answer.text.count(said) == 2


def test_the_list_says_whose_each_is_what_it_is_told_and_how_it_fails(browser: Browser, web: Web) -> None:
    page = browser.open(WEBHOOKS).text
    assert shown(page) == [HIS, GONE]
    his, gone = page.split(f'id="{GONE}"')
    told = ("his.kashgar.example/whk_his", "exchange.visit.*", "Enabled", "Failures in a row", "23 Nov 2026 10:10")
    assert [each for each in told if each not in his] == []
    assert [each for each in ("The whole alliance", "Disabled", "gone for good") if each not in gone] == []
    web.gateway.webhooks.clear()
    assert "No webhook is registered" in browser.open(WEBHOOKS).text


def test_the_reason_that_somebody_gave_is_shown_as_it_was_written(browser: Browser, web: Web) -> None:
    web.gateway.webhooks[GONE]["reason"] = "Re-cabling <of> the ward"
    for path in (WEBHOOKS, f"{WEBHOOKS}/{GONE}"):
        assert "<bdi>Re-cabling &lt;of&gt; the ward</bdi>" in browser.open(path).text


def test_one_shows_its_older_secret_and_when_it_is_tried_again(browser: Browser) -> None:
    page = " ".join(browser.open(ONE).text.split())
    assert "An older secret signs until" in page
    assert "24 Nov 2026 12:00" in page
    assert "23 Nov 2026 12:25" in page


def test_what_is_offered_fits_how_it_stands(browser: Browser) -> None:
    acts = {
        identity: set(re.findall(rf'action="{WEBHOOKS}/{identity}/(\w+)"', browser.open(f"{WEBHOOKS}/{identity}").text))
        for identity in (HIS, GONE)
    }
    assert acts == {
        HIS: {"change", "rotate", "test", "disable", "remove"},
        GONE: {"change", "rotate", "enable", "remove"},
    }


def test_what_it_wants_that_is_not_offered_so_stays_chosen(browser: Browser, web: Web) -> None:
    assert act(browser, "change", GONE, description="The alliance’s").status_code == 303
    (given,) = web.gateway.commands()
    assert given.fields["event_types"] == ["exchange.*"]


def test_a_test_is_sent_and_stands_among_the_deliveries(browser: Browser) -> None:
    assert act(browser, "test").location == ONE
    page = browser.open(ONE).text
    assert "A test is on its way." in page
    assert shown(page)[0] == "whd_6"
    assert "notify.webhook.tested.v1" in page


def test_it_is_disabled_with_a_reason_and_enabled_again(browser: Browser, web: Web) -> None:
    assert act(browser, "disable", reason="").status_code == 422
    act(browser, "disable", reason="It moves house.")
    assert "It moves house." in browser.open(ONE).text
    assert act(browser, "enable").status_code == 303
    assert [each.method for each in web.gateway.commands()] == ["notify.disable_webhook", "notify.enable_webhook"]


def test_removing_says_what_becomes_of_it_and_leads_to_the_others(browser: Browser) -> None:
    page = browser.open(ONE)
    asks = page.text[page.text.index('<details class="card action" id="remove">') :]
    assert "This cannot be undone." in asks
    assert browser.send(form_in(page, f"{ONE}/remove")).location == WEBHOOKS
    assert shown(browser.open(WEBHOOKS).text) == [GONE]
    assert browser.open(ONE).status_code == 404


def test_who_changes_what_was_changed_meanwhile_sees_it_and_sends_it_again(browser: Browser, web: Web) -> None:
    form = browser.form(ONE, f"{ONE}/change")
    web.gateway.webhooks[HIS]["version"] = 4
    answer = browser.send(form, description="Another")
    assert answer.status_code == 409
    assert "Somebody changed this while you were writing." in answer.text
    again = form_in(answer, f"{ONE}/change")
    assert (again.fields["expected_version"], again.fields["description"]) == ("4", "Another")
    assert browser.send(again).status_code == 303


def test_what_was_written_is_given_back_where_it_can_be_said_no_more(browser: Browser, web: Web) -> None:
    form = browser.form(ONE, f"{ONE}/disable")
    web.gateway.webhooks[HIS] |= {"version": 4, "state": "disabled", "reason": "failing"}
    answer = browser.send(form, reason="It moves house.")
    assert f'action="{ONE}/disable"' not in answer.text
    assert "<dt>Reason</dt><dd><bdi>It moves house.</bdi></dd>" in answer.text


def test_each_delivery_is_shown_with_its_state_and_its_attempts(browser: Browser) -> None:
    page = browser.open(ONE).text
    assert shown(page) == ["whd_5", "whd_4", "whd_3", "whd_2", "whd_1"]
    tried = page[page.index('id="whd_4"') : page.index('id="whd_3"')]
    told = ("Being tried again", "HTTP 503", "At night.", "1 attempt", "23 Nov 2026 13:00", 'href="/visits/vis_booked"')
    assert [each for each in told if each not in tried] == []
    assert "Its certificate cannot be believed." in page
    assert "The webhook was disabled before." in page


@pytest.mark.parametrize("state", ["queued", "delivery_attempted", "delivered", "undelivered", "not_sent"])
def test_deliveries_are_filtered_by_state(state: str, browser: Browser, web: Web) -> None:
    expected = [each["id"] for each in web.gateway.deliveries if each["state"] == state]
    assert shown(browser.open(f"{ONE}?state={state}").text) == expected
    web.gateway.deliveries = [each for each in web.gateway.deliveries if each["state"] != state]
    assert "No event has this state now." in browser.open(f"{ONE}?state={state}").text


def test_a_long_list_goes_on_on_the_next_page_in_the_same_state(browser: Browser, web: Web) -> None:
    web.gateway.deliveries = [delivery(number, "delivered") for number in range(60, 30, -1)]
    first = browser.open(f"{ONE}?state=delivered").text
    assert len(shown(first)) == 25
    assert f'href="{ONE}?state=delivered&amp;after=whd_36#deliveries"' in first
    assert shown(browser.open(f"{ONE}?state=delivered&after=whd_36").text)[0] == "whd_35"


def test_one_that_nobody_may_see_is_not_found(browser: Browser) -> None:
    assert browser.open(f"{WEBHOOKS}/whk_none").status_code == 404


@pytest.mark.parametrize(
    ("role", "is_led"), [("administrator", True), ("programme-manager", True), ("coordinator", False)]
)
def test_the_menu_leads_there_who_may_look_after_webhooks(web: Web, role: str, is_led: bool) -> None:
    menu = signed_in(web, role, "sit_kashgar").open("/account").text.split("<main")[0]
    assert (f'href="{WEBHOOKS}"' in menu) == is_led


def test_what_is_about_a_webhook_leads_to_it() -> None:
    assert subject_path(HIS) == ONE
