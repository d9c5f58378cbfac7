"""What became of messages is looked up by whoever looks after them, and one is sent once more with a reason."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.rpc.client import Refused
from tests.unit.web.browser import Browser, form_in
from tests.web_app import Web
from tests.web_delivery_gateway import BOUNCED, UNTOLD, WAITING, WAITS_UNTIL
from tests.web_samples import BOOKED

PAGE = "/deliveries"
REASON = "The account is open again."


def looked_for(web: Web) -> dict[str, Any]:
    return next(each.fields for each in reversed(web.gateway.asked) if each.method == "notify.deliveries")


def resend(browser: Browser, notification: str, page: str = PAGE, query: str = "", **typed: Any) -> TestResponse:
    return browser.send(browser.form(page, f"{PAGE}/{notification}/resend{query}"), **typed)


def test_each_message_shows_whom_it_was_for_and_every_attempt(browser: Browser) -> None:
    shown = " ".join(browser.open(PAGE).text.split())
    assert "<h2><bdi>Shahida Bano</bdi></h2>" in shown
    assert "2 attempts" in shown
    for told in ("smtp 421", "4.3.2 Come back later", "bounced 5.1.1", "quiet-hours", "host-department", "imp_1"):
        assert f'<bdi dir="ltr" class="code">{told}</bdi>' in shown
    assert 'datetime="2026-11-21T03:41:05+00:00"' in shown
    assert f'datetime="{WAITS_UNTIL}"' in shown
    assert f'href="/visits/{BOOKED}"' in shown
    assert "It stands in the inbox alone." in shown


def test_a_moment_stands_in_the_local_time_of_both_ends(browser: Browser) -> None:
    shown = browser.open(PAGE).text
    assert "21 Nov 2026 11:41" in shown
    assert "08:41" in shown


def test_what_is_chosen_is_what_is_looked_for_and_stays_chosen(browser: Browser, web: Web) -> None:
    page = browser.open(f"{PAGE}?state=bounced&channel=email&recipient=%20per_chen&about=").text
    assert looked_for(web) == {"state": "bounced", "channel": "email", "recipient": "per_chen", "limit": 25}
    assert '<option selected value="bounced">' in page
    assert "Chen" in page
    assert "Shahida Bano</bdi></h2>" not in page


def test_people_are_offered_by_name(browser: Browser) -> None:
    page = browser.open(PAGE).text
    assert '<option value="per_bano">Shahida Bano</option>' in page
    assert 'list="people"' in page


def test_a_channel_alone_is_asked_to_be_narrowed(browser: Browser) -> None:
    page = browser.open(f"{PAGE}?channel=email")
    assert page.status_code == 422
    assert "Choose something beside the channel" in page.text
    assert 'id="log-channel-wrong"' in page.text
    assert '<option selected value="email">' in page.text


def test_what_is_no_id_is_marked_and_kept(browser: Browser) -> None:
    page = browser.open(f"{PAGE}?recipient=Shahida")
    assert page.status_code == 422
    assert 'id="log-recipient-wrong"' in page.text
    assert 'value="Shahida"' in page.text


def test_the_log_goes_on_with_what_was_chosen(browser: Browser, web: Web) -> None:
    web.gateway.next_of_log = BOUNCED
    page = browser.open(f"{PAGE}?state=sent").text
    assert f'href="{PAGE}?after={BOUNCED}&amp;state=sent"' in page
    further = browser.open(f"{PAGE}?after={BOUNCED}&state=sent").text
    assert looked_for(web) == {"state": "sent", "after": BOUNCED, "limit": 25}
    assert "Back to the first page" in further


def test_an_empty_log_says_whether_nothing_fits_or_nothing_is_there(browser: Browser, web: Web) -> None:
    web.gateway.log.clear()
    assert "What people are told of, and how it reached them, stands here." in browser.open(PAGE).text
    assert "Nothing fits what you are looking for." in browser.open(f"{PAGE}?state=sent").text


def test_one_is_sent_once_more_by_a_channel_with_a_reason(browser: Browser, web: Web) -> None:
    answer = resend(browser, UNTOLD, channel="sms", reason=f" {REASON} ")
    assert answer.location == f"{PAGE}#{UNTOLD}"
    (command,) = web.gateway.commands()
    assert command.fields == {"notification": UNTOLD, "channel": "sms", "reason": REASON}
    assert "It is sent once more." in browser.open(PAGE).text


def test_who_sends_one_comes_back_to_what_they_looked_for(browser: Browser) -> None:
    query = "?state=bounced&after=ntf_0"
    answer = resend(browser, BOUNCED, f"{PAGE}{query}", query, reason=REASON)
    assert answer.location == f"{PAGE}{query}#{BOUNCED}"


def test_without_a_reason_nothing_is_sent(browser: Browser, web: Web) -> None:
    answer = resend(browser, BOUNCED, channel="wecom", reason="")
    assert answer.status_code == 422
    assert f'id="{BOUNCED}-reason-wrong"' in answer.text
    assert form_in(answer, f"{PAGE}/{BOUNCED}/resend").fields["channel"] == "wecom"
    assert web.gateway.commands() == []


def test_one_that_waits_anyway_is_told_with_its_moment_beside_the_channel(browser: Browser) -> None:
    answer = resend(browser, WAITING, channel="email", reason=REASON)
    assert answer.status_code == 409
    assert "It waits for this channel anyway, and is looked at next: 23 Nov 2026 12:45" in answer.text
    assert f'id="{WAITING}-channel-wrong"' in answer.text
    assert form_in(answer, f"{PAGE}/{WAITING}/resend").fields["reason"] == REASON


def test_an_address_that_is_not_written_to_is_told_with_why(browser: Browser, web: Web) -> None:
    facts = {"person": "per_chen", "reason": "The hospital closed the account."}
    web.gateway.failing["notify.resend"] = Refused("AddressSuppressed", facts)
    answer = resend(browser, BOUNCED, channel="email", reason=REASON)
    assert "No mail is sent to this person’s address: The hospital closed the account." in answer.text


def test_what_was_written_about_one_that_is_gone_is_shown(browser: Browser, web: Web) -> None:
    form = browser.form(PAGE, f"{PAGE}/{BOUNCED}/resend")
    web.gateway.log[:] = [each for each in web.gateway.log if each["id"] != BOUNCED]
    answer = browser.send(form, reason=REASON)
    assert answer.status_code == 404
    assert "What you wrote, to copy if you still need it:" in answer.text
    assert REASON in answer.text


def test_a_reload_after_a_refusal_leads_back_to_the_message(browser: Browser) -> None:
    assert browser.open(f"{PAGE}/{BOUNCED}/resend?state=bounced").location == f"{PAGE}?state=bounced#{BOUNCED}"


@pytest.mark.parametrize(("role", "is_led"), [("administrator", True), ("programme-manager", True), ("visitor", False)])
def test_the_menu_leads_there_whoever_looks_after_messages(
    role: str, is_led: bool, web: Web, stranger: Browser
) -> None:
    web.accounts.add("asks@gilgit.example", "a pass between two valleys", "per_asks", [role], ["sit_gilgit"], "en")
    stranger.sign_in("asks@gilgit.example")
    assert (f'href="{PAGE}"' in stranger.open("/inbox").text) is is_led


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/why?person=per_chen&about={BOOKED}"])
def test_who_may_not_look_into_messages_is_not_offered_to_search(path: str, browser: Browser, web: Web) -> None:
    web.gateway.failing["notify"] = Refused("NotAllowed", {"action": "deliveries", "needs": "administrator"})
    page = browser.open(path)
    assert page.status_code == 403
    assert 'list="people"' not in page.text
