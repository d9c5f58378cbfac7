"""Telling many people something: written, looked at, sent as it was looked at, followed, and withdrawn."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from tests.unit.web.browser import Browser, Form, form_in
from tests.unit.web.test_hostile_input import HOSTILE
from tests.web_announcement_gateway import GOING_OUT, TOLD, WITHDRAWN
from tests.web_app import PASSWORD, Web

LIST, NEW, LOOK, SEND = "/announcements", "/announcements/new", "/announcements/preview", "/announcements/send"
TYPED: dict[str, Any] = {
    "title_en": "The pass is closed",
    "text_en": "No buses before Monday.\r\n\r\nStay where you are.",
    "title_zh": "山口关闭",
    "text_zh": "周一前停运班车。",
    "title_ur": "درہ بند ہے",
    "text_ur": "پیر سے پہلے بسیں نہیں۔",
    "sites": ["sit_kashgar"],
    "worked_in": ["medical imaging", "interpreting"],
    "link": "/visits",
}
ASKED = {
    "title": {"en": "The pass is closed", "zh": "山口关闭", "ur": "درہ بند ہے"},
    "text": {
        "en": "No buses before Monday.\n\nStay where you are.",
        "zh": "周一前停运班车。",
        "ur": "پیر سے پہلے بسیں نہیں۔",
    },
    "everybody": False,
    "sites": ["sit_kashgar"],
    "fields": ["medical imaging", "interpreting"],
    "urgent": False,
    "link": "/visits",
}


def look(browser: Browser, **changes: Any) -> TestResponse:
    return browser.send(browser.form(NEW, LOOK), **(TYPED | changes))


def send(browser: Browser, **changes: Any) -> TestResponse:
    return browser.send(form_in(look(browser, **changes), SEND))


def asked(web: Web, method: str) -> dict[str, Any]:
    (call,) = [each for each in web.gateway.asked if each.method == method]
    return call.fields


def somebody(web: Web, *roles: str) -> Browser:
    web.accounts.add("li@kashgar.example", PASSWORD, "per_li", roles, ["sit_kashgar"], "en")
    browser = Browser(web)
    browser.sign_in("li@kashgar.example")
    return browser


def assert_kept(form: Form, typed: dict[str, Any]) -> None:
    for name, value in typed.items():
        kept = [each.replace("\r\n", "\n") for each in form.fields.getlist(name)]
        given = value if isinstance(value, list) else [value.replace("\r\n", "\n")]
        assert kept == given, name


def test_what_is_looked_at_is_what_was_typed_and_nothing_is_sent(browser: Browser, web: Web) -> None:
    assert look(browser).status_code == 200
    assert asked(web, "notify.preview_announcement") == ASKED
    assert web.gateway.commands() == []


def test_what_is_sent_is_what_was_looked_at(browser: Browser, web: Web) -> None:
    answer = send(browser)
    assert answer.status_code == 303
    assert answer.location == "/announcements/ann_new"
    assert asked(web, "notify.announce") == asked(web, "notify.preview_announcement") == ASKED
    assert "It is announced." in browser.open(answer.location).text


def test_everything_typed_comes_back_from_the_look_at_it(browser: Browser) -> None:
    looked = form_in(look(browser), SEND)
    looked.action = NEW
    again = form_in(browser.send(looked), LOOK)
    assert_kept(again, TYPED)
    assert browser.send(again, title_en="The pass is open").status_code == 200


def test_the_way_back_is_a_button_beside_the_one_that_sends(browser: Browser) -> None:
    assert f'formaction="{NEW}"' in look(browser).text


def test_the_look_at_it_says_whom_it_would_reach_in_which_language(browser: Browser) -> None:
    shown = look(browser).text
    for words in ("34 people", "2 readers", "21 readers", "11 readers", "Send it to 34 people"):
        assert words in shown
    assert "First People&#39;s Hospital of Kashgar Prefecture" in shown
    assert "Medical imaging" in shown


def test_the_mail_is_shown_as_text_in_each_language(browser: Browser) -> None:
    shown = look(browser).text
    assert '<p class="letter" lang="ur" dir="auto">Khunjerab\n\nپیر سے پہلے بسیں نہیں۔</p>' in shown
    assert '<p class="strong" lang="zh" dir="auto">山口关闭</p>' in shown
    assert "The mail as mail programs show it." not in shown


@pytest.mark.parametrize("path", [LIST, f"{LIST}/{TOLD}"])
def test_what_somebody_announces_is_text_wherever_it_stands(path: str, browser: Browser, web: Web) -> None:
    hostile = {"title": {"en": HOSTILE}, "text": {"en": HOSTILE}, "withdrawn_why": HOSTILE, "link": HOSTILE}
    web.gateway.announced[TOLD] |= hostile | {"fields": [HOSTILE], "sites": [HOSTILE], "by": HOSTILE}
    shown = browser.open(path).text
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_what_is_looked_at_is_text(browser: Browser) -> None:
    answer = look(browser, title_en=HOSTILE, text_en=HOSTILE, title_zh="", worked_in=[HOSTILE])
    assert "<script" not in answer.text
    assert form_in(answer, SEND).fields["text_en"] == HOSTILE


def test_what_reaches_nobody_can_be_changed_and_not_sent(browser: Browser, web: Web) -> None:
    web.gateway.preview["people"] = 0
    shown = look(browser).text
    assert "Nobody, as things stand" in shown
    assert "Send it" not in shown
    assert "Change it" in shown


def test_a_language_that_is_not_written_is_not_said(browser: Browser, web: Web) -> None:
    send(browser, title_zh="", text_zh="  ", title_ur="", text_ur="")
    said = asked(web, "notify.announce")
    assert (said["title"].keys(), said["text"].keys()) == ({"en"}, {"en"})


def test_everybody_is_told_at_any_hour(web: Web) -> None:
    browser = somebody(web, "administrator")
    send(browser, sites=[], worked_in=[], everybody="y", urgent="y", link="")
    wanted = {"everybody": True, "sites": [], "fields": [], "urgent": True, "link": None}
    assert asked(web, "notify.announce").items() >= wanted.items()


@pytest.mark.parametrize("audience", [{"everybody": "y"}, {"sites": [], "worked_in": []}])
def test_for_whom_it_is_has_to_be_said_in_one_way(audience: dict[str, Any], browser: Browser, web: Web) -> None:
    answer = look(browser, **audience)
    assert answer.status_code == 422
    assert "Say either everybody, or hospitals, fields or both." in answer.text
    assert not [each for each in web.gateway.asked if each.method == "notify.preview_announcement"]
    assert_kept(form_in(answer, LOOK), TYPED | audience)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": ""}, "Please fill this in."),
        ({"text_en": ""}, "Please fill this in."),
        ({"title_ur": "x" * 201}, "at most 200 characters"),
        ({"text_zh": "x" * 4001}, "at most 4000 characters"),
    ],
)
def test_what_cannot_be_announced_is_told_beside_the_field(
    wrong: dict[str, str], said: str, browser: Browser, web: Web
) -> None:
    answer = look(browser, **wrong)
    (name,) = wrong
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="announce-{name}-wrong"' in answer.text
    assert_kept(form_in(answer, LOOK), TYPED | wrong)


def test_the_ends_of_lines_are_counted_once(browser: Browser) -> None:
    assert look(browser, text_en="\r\n".join("x" * 2000)).status_code == 200


def test_a_page_of_ours_may_be_given_with_its_whole_address(browser: Browser, web: Web) -> None:
    send(browser, link=f"{web.web_url}/visits/vis_1")
    assert asked(web, "notify.announce")["link"] == "/visits/vis_1"


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example"])
def test_no_page_but_ours_is_led_to(link: str, browser: Browser) -> None:
    answer = look(browser, link=link)
    assert answer.status_code == 422
    assert 'id="announce-link-wrong"' in answer.text
    assert_kept(form_in(answer, LOOK), TYPED | {"link": link})


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("title.zh", "title_zh"),
        ("text.ur", "text_ur"),
        ("text", "text_en"),
        ("link", "link"),
    ],
)
def test_a_complaint_of_the_service_stands_beside_its_field(field: str, place: str, browser: Browser, web: Web) -> None:
    problems = [{"field": field, "problem": "This cannot be."}]
    web.gateway.failing["notify.preview_announcement"] = Refused("InvalidCommand", {"problems": problems})
    assert f'id="announce-{place}-wrong">This cannot be.<' in look(browser).text


@pytest.mark.parametrize("field", ["", "sites.0", "fields.1"])
def test_a_complaint_about_whom_it_is_for_stands_there(field: str, browser: Browser, web: Web) -> None:
    problems = [{"field": field, "problem": "This cannot be."}]
    web.gateway.failing["notify.preview_announcement"] = Refused("InvalidCommand", {"problems": problems})
    assert '<p class="wrong">This cannot be.</p>' in look(browser).text


def test_who_may_not_is_told_before_anything_is_sent(browser: Browser, web: Web) -> None:
    web.gateway.failing["notify.preview_announcement"] = Refused("NotAllowed", {"action": "announce", "needs": "…"})
    answer = look(browser)
    assert answer.status_code == 403
    assert "You may not do this" in answer.text
    assert_kept(form_in(answer, LOOK), TYPED)


@pytest.mark.parametrize("failure", [CallTimedOut("0" * 32), ServiceUnavailable("notify"), ServiceFailed("c0ffee")])
def test_without_notify_everything_typed_stays_there(failure: Exception, browser: Browser, web: Web) -> None:
    web.gateway.failing["notify.preview_announcement"] = failure
    answer = look(browser)
    assert answer.status_code == 503
    assert "How it would look cannot be shown just now." in answer.text
    assert_kept(form_in(answer, LOOK), TYPED)


def test_without_exchange_it_is_sent_all_the_same(browser: Browser, web: Web) -> None:
    form = browser.form(NEW, LOOK)
    web.gateway.failing["exchange"] = ServiceUnavailable("exchange")
    looked = browser.send(form, **TYPED)
    assert browser.send(form_in(looked, SEND)).status_code == 303
    assert asked(web, "notify.announce") == ASKED


def test_without_exchange_what_was_chosen_is_kept(browser: Browser, web: Web) -> None:
    form = browser.form(NEW, LOOK)
    web.gateway.failing["exchange"] = ServiceUnavailable("exchange")
    answer = browser.send(form, **(TYPED | {"title_en": ""}))
    assert "cannot be reached just now" in answer.text
    assert_kept(form_in(answer, LOOK), TYPED | {"title_en": ""})


@pytest.mark.parametrize(
    ("name", "facts", "said"),
    [
        ("NobodyReached", {"sites": ["sit_kashgar"], "fields": []}, "Nobody would be told:"),
        ("AudienceTooLarge", {"people": 21000, "most": 20000}, "21000, where 20000 are possible."),
    ],
)
def test_what_is_refused_when_it_is_sent_is_told_beside_for_whom_it_is(
    name: str, facts: dict[str, Any], said: str, browser: Browser, web: Web
) -> None:
    web.gateway.failing["notify.announce"] = Refused(name, facts)
    answer = send(browser)
    assert answer.status_code == 409
    assert answer.text.count(said) == 2
    assert_kept(form_in(answer, LOOK), TYPED)


def test_after_a_refusal_the_next_try_is_a_new_command(browser: Browser, web: Web) -> None:
    web.gateway.failing["notify.announce"] = Refused("NobodyReached", {"sites": [], "fields": []})
    again = form_in(send(browser), LOOK)
    web.gateway.failing.clear()
    browser.send(form_in(browser.send(again), SEND))
    first, second = web.gateway.commands()
    assert first.command_id != second.command_id


def test_pressing_twice_announces_once(browser: Browser, web: Web) -> None:
    form = form_in(look(browser), SEND)
    browser.send(form)
    browser.send(form)
    first, second = web.gateway.commands()
    assert first.command_id == second.command_id


@pytest.mark.parametrize("failure", [CallTimedOut("0" * 32), ServiceUnavailable("notify"), ServiceFailed("f00d")])
def test_without_an_answer_the_same_can_be_sent_again(failure: Exception, browser: Browser, web: Web) -> None:
    web.gateway.failing["notify.announce"] = failure
    answer = send(browser)
    assert "No buses before Monday." in answer.text
    web.gateway.failing.clear()
    assert browser.send(form_in(answer, SEND)).status_code == 303
    first, second = web.gateway.commands()
    assert (first.command_id, first.fields) == (second.command_id, second.fields)


@pytest.mark.parametrize("path", [LOOK, SEND])
def test_going_to_where_a_form_is_sent_shows_the_form(path: str, browser: Browser) -> None:
    answer = browser.open(path)
    assert (answer.status_code, answer.location) == (302, NEW)


@pytest.mark.parametrize("path", [NEW, LOOK, SEND])
def test_without_the_token_of_the_page_nothing_is_taken(path: str, browser: Browser, web: Web) -> None:
    form = browser.form(NEW, LOOK)
    form.action = path
    assert browser.send(form, **(TYPED | {"csrf_token": ""})).status_code == 400
    assert web.gateway.commands() == []


def offered(browser: Browser) -> tuple[bool, bool, set[str]]:
    """Whether everybody is offered, whether urgent is, and which hospitals are."""
    shown = browser.open(NEW).text
    sites = {each for each in ("sit_kashgar", "sit_gilgit", "sit_commission") if f'value="{each}"' in shown}
    return 'name="everybody"' in shown, 'name="urgent"' in shown, sites


@pytest.mark.parametrize(
    ("roles", "what"),
    [
        (("administrator",), (True, True, {"sit_kashgar", "sit_gilgit", "sit_commission"})),
        (("programme-manager",), (False, False, {"sit_kashgar"})),
    ],
)
def test_what_is_offered_fits_the_role(roles: Iterable[str], what: tuple[bool, bool, set[str]], web: Web) -> None:
    assert offered(somebody(web, *roles)) == what


def test_fields_are_offered_in_which_people_work_each_once(browser: Browser, web: Web) -> None:
    shown = browser.open(NEW).text
    assert shown.count('value="liver echinococcosis"') == 1
    assert shown.count('value="interpreting"') == 1


@pytest.mark.parametrize(
    ("role", "is_led_there"),
    [("administrator", True), ("programme-manager", True), ("coordinator", False), ("observer", False)],
)
def test_the_menu_leads_there_whom_the_service_lets_in(role: str, is_led_there: bool, web: Web) -> None:
    assert (f'href="{LIST}"' in somebody(web, role).open("/visits").text) is is_led_there


def test_the_list_says_of_each_how_far_it_has_come(browser: Browser) -> None:
    shown = " ".join(browser.open(LIST).text.split())
    assert shown.index(GOING_OUT) < shown.index(TOLD) < shown.index(WITHDRAWN)
    assert '<b>500</b> <span class="soft">of 1200</span>' in shown
    for words in ("Going out", "Everybody is told", "Withdrawn", "Urgent", ">Everybody<"):
        assert words in shown, words


def test_where_nothing_was_announced_it_says_so(browser: Browser, web: Web) -> None:
    web.gateway.announced.clear()
    assert "Nothing was announced yet" in browser.open(LIST).text


def test_a_list_that_ends_before_all_are_shown_says_so(browser: Browser, web: Web) -> None:
    assert "Only the newest" not in browser.open(LIST).text
    one = web.gateway.announced[TOLD]
    web.gateway.announced |= {f"ann_{number}": one | {"id": f"ann_{number}"} for number in range(98)}
    shown = browser.open(LIST).text
    assert "Only the newest 100 are shown." in shown
    assert shown.count("row-announcement") == 100


def test_one_says_what_it_says_in_each_language_and_how_far_it_has_come(browser: Browser) -> None:
    shown = " ".join(browser.open(f"{LIST}/{GOING_OUT}").text.split())
    for words in ("山口因降雪关闭至下周一", "درہ پیر تک بند ہے", "Zhang Min", "Liver echinococcosis", "/visits"):
        assert words in shown, words
    for reach in ("<b>500</b>", "<b>3</b>", "<dt>waiting to be sent</dt><dd>480</dd>", "<dt>sent</dt><dd>20</dd>"):
        assert reach in shown, reach
    assert "It is still going out" in shown
    assert "22 Nov 2026 10:14" in shown
    assert "07:14" in shown


def test_one_that_is_told_is_not_still_going_out(browser: Browser) -> None:
    assert "It is still going out" not in browser.open(f"{LIST}/{TOLD}").text


def test_one_that_was_withdrawn_says_when_and_why_and_is_not_withdrawn_again(browser: Browser) -> None:
    shown = browser.open(f"{LIST}/{WITHDRAWN}").text
    assert "It is open again." in shown
    assert "20 Nov 2026 16:00" in shown
    assert "/withdraw" not in shown


def test_one_is_withdrawn_without_a_reason(browser: Browser, web: Web) -> None:
    path = f"{LIST}/{GOING_OUT}"
    answer = browser.send(browser.form(path, f"{path}/withdraw"))
    assert (answer.status_code, answer.location) == (303, path)
    assert asked(web, "notify.withdraw_announcement") == {"announcement_id": GOING_OUT, "reason": ""}
    assert "It is withdrawn. Whoever was not told yet is told nothing." in browser.open(path).text


def test_what_somebody_withdrew_before_is_told_with_when_and_the_reason_is_not_lost(browser: Browser, web: Web) -> None:
    path = f"{LIST}/{TOLD}"
    form = browser.form(path, f"{path}/withdraw")
    web.gateway.announced[TOLD] |= {"state": "withdrawn", "withdrawn_at": "2026-11-23T04:00:00+00:00"}
    answer = browser.send(form, reason="A wrong date.")
    assert answer.status_code == 409
    assert "It was withdrawn before: 23 Nov 2026 12:00 China · 09:00 Pakistan." in answer.text
    assert "A wrong date." in answer.text


def test_one_that_there_is_not_is_not_found(browser: Browser) -> None:
    assert browser.open(f"{LIST}/ann_nowhere").status_code == 404
