"""Why somebody was told is explained; administrators pause channels and let them go on, with a reason."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.unit.web.browser import Browser, form_in
from tests.web_app import PASSWORD, Web
from tests.web_delivery_gateway import BOUNCED, WAITS_UNTIL
from tests.web_samples import BOOKED

WHY, CHANNELS = "/deliveries/why", "/channels"
ASKED = f"{WHY}?person=per_chen&about={BOOKED}"
REASON = "The mail server is moving."


@pytest.fixture
def administrator(web: Web, stranger: Browser) -> Browser:
    web.accounts.add("root@gilgit.example", PASSWORD, "per_root", ["administrator"], ["sit_gilgit"], "en")
    stranger.sign_in("root@gilgit.example")
    return stranger


def say(browser: Browser, channel: str, act: str, **typed: Any) -> TestResponse:
    return browser.send(browser.form(CHANNELS, f"{CHANNELS}/{channel}/{act}"), **typed)


def test_the_answer_says_of_each_thing_that_happened_why(browser: Browser, web: Web) -> None:
    shown = browser.open(ASKED).text
    assert next(each.fields for each in web.gateway.asked if each.method == "notify.explain") == {
        "person": "per_chen",
        "about": BOOKED,
    }
    assert "<h2>They were told</h2>" in shown
    assert "<h2>They did it themselves</h2>" in shown
    assert f"recipient=per_chen&amp;about={BOOKED}#{BOUNCED}" in shown
    assert 'value="per_chen"' in shown


def test_the_sentences_of_the_service_are_marked_as_english(browser: Browser) -> None:
    browser.send(browser.form("/account", "/language"), language="ur")
    shown = browser.open(ASKED).text
    assert '<p lang="en" dir="ltr">It came back: bounced 5.1.1.</p>' in shown
    assert '<p lang="en" dir="ltr">They did it themselves: nobody is told what they did.</p>' in shown


def test_where_more_was_told_than_is_looked_at_it_says_so(browser: Browser, web: Web) -> None:
    said = "only the latest is looked at"
    assert said not in browser.open(ASKED).text
    web.gateway.explained["whole"] = False
    assert said in browser.open(ASKED).text


def test_where_nobody_was_told_it_says_so(browser: Browser, web: Web) -> None:
    web.gateway.explained["items"] = []
    assert "Nobody was told of this" in browser.open(ASKED).text


@pytest.mark.parametrize(("query", "missing"), [("person=per_chen", "about"), (f"about={BOOKED}", "person")])
def test_half_a_question_is_asked_for_the_other_half(query: str, missing: str, browser: Browser, web: Web) -> None:
    page = browser.open(f"{WHY}?{query}")
    assert page.status_code == 422
    assert f'id="why-{missing}-wrong"' in page.text
    assert "notify.explain" not in {each.method for each in web.gateway.asked}


def test_what_is_no_id_is_marked(browser: Browser) -> None:
    page = browser.open(f"{WHY}?person=Chen&about={BOOKED}")
    assert page.status_code == 422
    assert 'id="why-person-wrong"' in page.text


def test_how_each_channel_stands_is_shown(browser: Browser) -> None:
    shown = " ".join(browser.open(CHANNELS).text.split())
    assert "<dt>Waiting to be sent</dt><dd>12</dd> <dt>Being tried again</dt><dd>7</dd>" in shown
    assert f'Nobody answers for it. It is asked again: <time class="moment" datetime="{WAITS_UNTIL}">' in shown
    assert "<dt>Rounds without an answer</dt><dd>4</dd>" in shown
    assert "<bdi>Too dear.</bdi>" in shown
    assert shown.count("chip-paused") == 1


def test_a_channel_is_paused_and_goes_on_with_a_reason(administrator: Browser, web: Web) -> None:
    assert say(administrator, "email", "pause", reason=f" {REASON} ").location == f"{CHANNELS}#email"
    assert REASON in administrator.open(CHANNELS).text
    say(administrator, "email", "resume", reason="It has moved.")
    told = [(each.method, each.fields) for each in web.gateway.commands()]
    assert told == [
        ("notify.pause_channel", {"reason": REASON, "channel": "email"}),
        ("notify.resume_channel", {"reason": "It has moved.", "channel": "email"}),
    ]
    assert REASON not in administrator.open(CHANNELS).text


def test_without_a_reason_no_channel_is_paused(administrator: Browser, web: Web) -> None:
    answer = say(administrator, "email", "pause", reason="")
    assert answer.status_code == 422
    assert 'id="email-reason-wrong"' in answer.text
    assert 'id="sms-reason-wrong"' not in answer.text
    assert web.gateway.commands() == []


@pytest.mark.parametrize(
    ("act", "stands", "said"),
    [
        ("pause", {"state": "paused", "reason": "It moves."}, "The channel is paused already: It moves."),
        ("resume", {"state": "in-use"}, "The channel is not paused any more."),
    ],
)
def test_who_comes_second_is_told_and_what_was_written_is_shown(
    act: str, stands: dict[str, str], said: str, administrator: Browser, web: Web
) -> None:
    channel = {"pause": "email", "resume": "sms"}[act]
    form = administrator.form(CHANNELS, f"{CHANNELS}/{channel}/{act}")
    next(each for each in web.gateway.standing if each["channel"] == channel).update(stands)
    answer = administrator.send(form, reason=REASON)
    assert answer.status_code == 409
    assert said in answer.text
    assert "What you wrote, to copy if you still need it:" in answer.text
    other = {"pause": "resume", "resume": "pause"}[act]
    assert form_in(answer, f"{CHANNELS}/{channel}/{other}").fields["reason"] == ""


def test_only_administrators_are_offered_to_pause_one(browser: Browser) -> None:
    assert "/pause" not in browser.open(CHANNELS).text


def test_a_reload_after_a_refusal_leads_back_to_the_channel(browser: Browser) -> None:
    assert browser.open(f"{CHANNELS}/sms/pause").location == f"{CHANNELS}#sms"
    assert browser.open(f"{CHANNELS}/pigeon/pause").status_code == 404


def test_the_pages_lead_to_each_other(browser: Browser) -> None:
    for here in ("/deliveries", WHY, CHANNELS):
        shown = browser.open(here).text
        assert f'<a href="{here}" aria-current="page">' in shown
        assert all(f'<a href="{other}"' in shown for other in ("/deliveries", WHY, CHANNELS))
    assert f'href="{WHY}?person=per_chen&amp;about={BOOKED}"' in browser.open("/deliveries").text
