"""A message is answered by its link: by whoever has it, once, with a form, and by nothing that merely opens it."""

import logging
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.serving import WithoutSecrets
from tests.unit.web.browser import Browser, form_in, forms_in
from tests.web_app import Web
from tests.web_consultations import ASKED
from tests.web_reply_gateway import OF_CONSULTATION, OF_VISIT, TO_KNOW
from tests.web_samples import PROPOSED

EVERY_LINK = (OF_VISIT, OF_CONSULTATION, TO_KNOW)
OF_VISIT_AT = f"/r/{OF_VISIT}"
QUESTIONS = {"notify.reply_link", "exchange.visit", "exchange.consultation", "exchange.sites"}


def press(browser: Browser, token: str, answer: str) -> TestResponse:
    """Opens the page and presses the button."""
    (form,) = forms_in(browser.open(f"/r/{token}"))
    return browser.send(form, answer=answer)


def answered(browser: Browser, token: str, answer: str) -> str:
    """What the page says after the button was pressed, and led on to it again."""
    done = press(browser, token, answer)
    assert done.status_code == 303, done.text
    return browser.open(done.headers["Location"]).text


def asked(web: Web, method: str) -> list[Any]:
    return [each for each in web.gateway.asked if each.method == method]


def buttons(answer: TestResponse) -> list[str]:
    return [part.partition('"')[0] for part in answer.text.split('name="answer" value="')[1:]]


@pytest.mark.parametrize("token", EVERY_LINK)
@pytest.mark.parametrize("how", ["get", "head", "options"])
def test_whoever_merely_opens_a_link_changes_nothing(stranger: Browser, web: Web, token: str, how: str) -> None:
    """As mail scanners do, with every link that a mail has."""
    client = web.app.test_client()
    for query in ("", "?answer=accepted", "?answer=declined", "?answer=acknowledged"):
        assert getattr(client, how)(f"/r/{token}{query}").status_code == 200
    assert {each.method for each in web.gateway.asked} <= QUESTIONS
    assert not web.gateway.commands()


def test_the_page_says_who_is_asked_what_by_both_ends_clocks(stranger: Browser) -> None:
    page = stranger.open(OF_VISIT_AT)
    assert page.status_code == 200
    for words in ("For Zhang Min", "Please reply: a visit", "Hepatobiliary Surgery", "Shahida Bano", "7–18 Dec 2026"):
        assert words in page.text
    assert all(words in page.text for words in ("17:00", "14:00"))
    assert buttons(page) == ["accepted", "declined"]


def test_an_acceptance_is_the_persons_own_reply_to_the_version_that_they_were_told_of(
    stranger: Browser, web: Web
) -> None:
    assert "You accepted." in answered(stranger, OF_VISIT, "accepted")
    (reply,) = asked(web, "exchange.reply_to_visit")
    assert reply.fields == {
        "visit_id": PROPOSED, "party": "host-department", "status": "accepted", "expected_version": 1,
    }  # fmt: skip
    assert reply.actor == Actor("per_zhang", frozenset({COORDINATOR}), frozenset({"sit_kashgar"}))
    assert web.gateway.visits[PROPOSED]["state"] == "booked"


def test_pressed_twice_it_is_one_command(stranger: Browser, web: Web) -> None:
    page = stranger.open(OF_VISIT_AT)
    form = form_in(page, f"{OF_VISIT_AT}?language=en")
    web.gateway.failing["exchange.reply_to_visit"] = CallTimedOut("1")
    unknown = stranger.send(form, answer="accepted")
    assert (unknown.status_code, buttons(unknown)) == (504, ["accepted"])
    assert "not known whether your answer was recorded" in unknown.text
    del web.gateway.failing["exchange.reply_to_visit"]
    (again,) = forms_in(unknown)
    assert stranger.send(again, answer="accepted").status_code == 303
    first, second = asked(web, "exchange.reply_to_visit")
    assert first.command_id == second.command_id
    assert first.fields == second.fields


def test_another_answer_after_one_is_refused_and_told(stranger: Browser, web: Web) -> None:
    form = form_in(stranger.open(OF_VISIT_AT), f"{OF_VISIT_AT}?language=en")
    stranger.send(form, answer="accepted")
    other = stranger.send(form, answer="declined")
    assert other.status_code == 409
    assert "used for another answer" in other.text
    assert len(asked(web, "exchange.reply_to_visit")) == 1
    assert web.gateway.visits[PROPOSED]["state"] == "booked"


def test_once_it_is_answered_the_page_says_so_and_has_no_buttons(stranger: Browser) -> None:
    answered(stranger, OF_VISIT, "declined")
    page = stranger.open(OF_VISIT_AT)
    assert "You declined." in page.text
    assert buttons(page) == []


def test_an_answer_that_never_arrived_may_be_sent_again_and_no_other(stranger: Browser, web: Web) -> None:
    web.gateway.failing["exchange.reply_to_visit"] = ServiceUnavailable("exchange")
    assert press(stranger, OF_VISIT, "declined").status_code == 503
    page = stranger.open(OF_VISIT_AT)
    assert "has not arrived yet" in page.text
    assert buttons(page) == ["declined"]
    del web.gateway.failing["exchange.reply_to_visit"]
    assert "You declined." in answered(stranger, OF_VISIT, "declined")


def test_what_has_changed_since_is_void_and_says_so(stranger: Browser, web: Web) -> None:
    (form,) = forms_in(stranger.open(OF_VISIT_AT))
    web.gateway.visits[PROPOSED]["version"] = 2
    page = stranger.open(OF_VISIT_AT)
    assert "This has changed since the message was sent" in page.text
    assert buttons(page) == []
    late = stranger.send(form, answer="accepted")
    assert (late.status_code, "Nothing was recorded" in late.text) == (409, True)
    assert web.gateway.visits[PROPOSED]["state"] == "proposed"
    assert web.gateway.links[OF_VISIT]["answer"] is None


@pytest.mark.parametrize("state", ["cancelled", "booked"])
def test_what_is_no_longer_awaited_is_void_and_says_so(stranger: Browser, web: Web, state: str) -> None:
    web.gateway.visits[PROPOSED] |= {"state": state, "version": 2, "may": []}
    page = stranger.open(OF_VISIT_AT)
    assert "No answer to this is awaited any more" in page.text
    assert buttons(page) == []


def test_what_they_may_not_see_any_more_is_void_and_tells_nothing_of_it(stranger: Browser, web: Web) -> None:
    web.gateway.failing["exchange.visit"] = Refused("Unknown", {"kind": "visit", "id": PROPOSED})
    page = stranger.open(OF_VISIT_AT)
    assert "not for you to see any more" in page.text
    assert (buttons(page), "Ultrasound" in page.text) == ([], False)


def test_a_link_whose_time_is_over_is_void_and_says_so(stranger: Browser, web: Web) -> None:
    (form,) = forms_in(stranger.open(OF_VISIT_AT))
    web.gateway.links[OF_VISIT]["state"] = "expired"
    page = stranger.open(OF_VISIT_AT)
    assert "too late to answer by this link" in page.text
    assert buttons(page) == []
    assert stranger.send(form, answer="accepted").status_code == 409
    assert not asked(web, "exchange.reply_to_visit")


def test_what_the_rules_forbid_is_told_and_another_answer_can_be_given(stranger: Browser, web: Web) -> None:
    full = Refused("HostFull", {"asked": 2, "free": 1, "seats": 3})
    web.gateway.failing["exchange.reply_to_visit"] = full
    refused = press(stranger, OF_VISIT, "accepted")
    assert refused.status_code == 409
    assert "The host department is full" in refused.text
    assert buttons(refused) == ["accepted", "declined"]
    del web.gateway.failing["exchange.reply_to_visit"]
    assert "You declined." in answered(stranger, OF_VISIT, "declined")


def test_a_link_that_could_not_be_given_back_is_given_back_the_next_time(stranger: Browser, web: Web) -> None:
    web.gateway.failing["exchange.reply_to_visit"] = Refused("HostFull", {"asked": 2, "free": 1, "seats": 3})
    web.gateway.failing["notify.give_back_link"] = ServiceUnavailable("notify")
    assert press(stranger, OF_VISIT, "accepted").status_code == 409
    assert web.gateway.links[OF_VISIT]["answer"] == "accepted"
    del web.gateway.failing["notify.give_back_link"]
    assert press(stranger, OF_VISIT, "accepted").status_code == 409
    assert web.gateway.links[OF_VISIT]["answer"] is None


@pytest.mark.parametrize(
    ("failure", "status"),
    [(CallTimedOut("1"), 504), (ServiceFailed("incident"), 502), (ServiceUnavailable("notify"), 503)],
)
@pytest.mark.parametrize("method", ["notify.answer_by_link", "exchange.reply_to_visit"])
def test_where_nobody_answers_the_same_button_is_offered_again(
    stranger: Browser, web: Web, method: str, failure: Exception, status: int
) -> None:
    (form,) = forms_in(stranger.open(OF_VISIT_AT))
    web.gateway.failing[method] = failure
    answer = stranger.send(form, answer="accepted")
    assert (answer.status_code, buttons(answer)) == (status, ["accepted"])


@pytest.mark.parametrize("answer", ["accepted", "tentative", "declined"])
def test_a_participant_answers_whatever_others_have_answered_meanwhile(
    stranger: Browser, web: Web, answer: str
) -> None:
    web.gateway.consultations[ASKED]["version"] = 7
    answered(stranger, OF_CONSULTATION, answer)
    (reply,) = asked(web, "exchange.reply_to_consultation")
    assert reply.actor == Actor("per_chen")
    told = {"participant": "per_chen", "status": answer, "expected_version": 7, "announcement": 0, "slot": None}
    assert reply.fields == {"consultation_id": ASKED} | told


def test_a_consultation_that_was_announced_anew_is_void_and_says_so(stranger: Browser, web: Web) -> None:
    (form,) = forms_in(stranger.open(f"/r/{OF_CONSULTATION}"))
    web.gateway.consultations[ASKED] |= {"announcement": 1, "answerable_from": 1}
    assert buttons(stranger.open(f"/r/{OF_CONSULTATION}")) == []
    assert stranger.send(form, answer="accepted").status_code == 409
    assert web.gateway.links[OF_CONSULTATION]["answer"] is None


def test_what_is_only_to_be_known_asks_the_exchange_nothing(stranger: Browser, web: Web) -> None:
    assert buttons(stranger.open(f"/r/{TO_KNOW}")) == ["acknowledged"]
    answered(stranger, TO_KNOW, "acknowledged")
    assert {each.method for each in web.gateway.asked} == {"notify.reply_link", "notify.answer_by_link"}


@pytest.mark.parametrize(("who", "role"), [("per_hussain", COORDINATOR), ("per_ali", PROGRAMME_MANAGER)])
def test_a_person_without_an_account_answers_as_what_they_are_at_the_site(
    who: str, role: str, stranger: Browser, web: Web
) -> None:
    link = {"person": who, "site": "sit_gilgit", "party": "sending-site"}
    web.gateway.links[OF_VISIT] |= link
    web.gateway.visits[PROPOSED]["may"] = ["reply_to_visit:sending-site"]
    answered(stranger, OF_VISIT, "accepted")
    (reply,) = asked(web, "exchange.reply_to_visit")
    assert reply.actor == Actor(who, frozenset({role}), frozenset({"sit_gilgit"}))


def test_no_manager_of_one_site_speaks_for_another(stranger: Browser, web: Web) -> None:
    web.gateway.links[OF_VISIT] |= {"person": "per_ali", "site": "sit_kashgar"}
    press(stranger, OF_VISIT, "accepted")
    assert asked(web, "exchange.visit")[0].actor == Actor("per_ali")


def test_whoever_speaks_for_the_site_no_more_has_no_role_there(stranger: Browser, web: Web) -> None:
    web.gateway.links[OF_VISIT]["person"] = "per_chen"
    press(stranger, OF_VISIT, "accepted")
    assert asked(web, "exchange.visit")[0].actor == Actor("per_chen")


def test_being_signed_in_as_somebody_else_changes_nothing(browser: Browser, stranger: Browser, web: Web) -> None:
    signed_in, not_signed_in = (each.open(f"/r/{TO_KNOW}").text for each in (browser, stranger))
    assert "Zhang" not in signed_in
    assert signed_in.count("<a ") == not_signed_in.count("<a ")
    answered(browser, OF_CONSULTATION, "accepted")
    assert asked(web, "exchange.reply_to_consultation")[0].actor.person == "per_chen"


@pytest.mark.parametrize(
    ("token", "language", "words"),
    [(OF_VISIT, "en", "Accept"), (OF_CONSULTATION, "zh", "接受"), (TO_KNOW, "ur", "علم")],
)
def test_the_page_speaks_the_language_of_whom_it_asks(stranger: Browser, token: str, language: str, words: str) -> None:
    page = stranger.open(f"/r/{token}", **{"Accept-Language": "de"}).text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}">' in page
    assert words in page
    assert '<html lang="en"' in stranger.open(f"/r/{token}?language=en").text


def test_the_button_that_was_pressed_in_the_mail_stands_out_and_gives_nothing_yet(stranger: Browser, web: Web) -> None:
    page = stranger.open(f"{OF_VISIT_AT}?answer=declined").text
    assert 'button-first" name="answer" value="declined"' in page
    assert "Nothing is recorded before you press" in page
    assert not web.gateway.commands()


@pytest.mark.parametrize(
    "token", ["nobodys", OF_VISIT[:-1], f"{OF_VISIT}a", OF_VISIT.upper(), "x" * 500, "%00", "ä", "a b"]
)
def test_a_forged_or_shortened_link_leads_nowhere(stranger: Browser, web: Web, token: str) -> None:
    page = stranger.open(f"/r/{token}")
    assert (page.status_code, "This link leads nowhere" in page.text) == (404, True)
    (form,) = forms_in(stranger.open(OF_VISIT_AT))
    form.action = f"/r/{token}"
    assert stranger.send(form, answer="accepted").status_code == 404
    assert not asked(web, "notify.answer_by_link")


def test_no_answer_without_the_forms_own_token(stranger: Browser, web: Web) -> None:
    stranger.open(OF_VISIT_AT)
    answer = stranger.post(OF_VISIT_AT, {"answer": "accepted"})
    assert (answer.status_code, "Nothing was recorded" in answer.text) == (400, True)
    (form,) = forms_in(stranger.open(OF_VISIT_AT))
    elsewhere = Browser(web)
    assert elsewhere.send(form, answer="accepted").status_code == 400
    assert not asked(web, "notify.answer_by_link")


@pytest.mark.parametrize("answer", ["", "perhaps", "acknowledged"])
def test_what_is_no_answer_to_this_is_none(stranger: Browser, web: Web, answer: str) -> None:
    assert press(stranger, OF_VISIT, answer).status_code in (400, 409)
    assert web.gateway.links[OF_VISIT]["answer"] is None


def test_over_tls_it_works_without_the_referer_that_it_asks_browsers_not_to_send() -> None:
    web = Web(web_url="https://khunjerab.example")
    client = web.app.test_client()
    at = {"base_url": "https://khunjerab.example"}
    (form,) = forms_in(client.get(OF_VISIT_AT, **at))
    fields = form.fields.to_dict() | {"answer": "accepted"}
    assert client.post(OF_VISIT_AT, data=fields, **at).status_code == 303


@pytest.mark.parametrize("path", [OF_VISIT_AT, "/r/nobodys"])
def test_the_address_is_told_to_nobody(stranger: Browser, path: str) -> None:
    headers = stranger.open(path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_who_guesses_is_soon_stopped(stranger: Browser) -> None:
    answers = [stranger.open(f"/r/guess-{number}").status_code for number in range(61)]
    assert (set(answers[:60]), answers[60]) == ({404}, 429)


def test_who_presses_without_end_is_soon_stopped(stranger: Browser) -> None:
    answers = [stranger.post("/r/guess", {"answer": "accepted"}).status_code for _ in range(21)]
    assert (set(answers[:20]), answers[20]) == ({404}, 429)


@pytest.mark.parametrize("line", [f"Error handling request {OF_VISIT_AT}", f"POST {OF_VISIT_AT}?answer=accepted"])
def test_no_log_line_of_the_server_has_the_secret(line: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, "%s", (line,), None)
    assert WithoutSecrets().filter(record)
    assert OF_VISIT not in record.getMessage()
    assert "/r/…" in record.getMessage()
