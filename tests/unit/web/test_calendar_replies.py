"""A reply that a calendar program wrote, brought as a file."""

import base64
from typing import Any

import pytest

from chassis.rpc.client import CallTimedOut, Refused
from services.exchange.domain.consultations.replies.refusals import UnknownRecurrence
from tests import web_consultations as meetings
from tests.unit.web.acts import BRING_REPLY, REPLY_FILE
from tests.unit.web.browser import Browser, Upload, form_in
from tests.web_app import Web

METHOD = "exchange.receive_calendar_reply"
LARGEST = 256 * 1024


def bring(browser: Browser, content: bytes = REPLY_FILE.content) -> Any:
    return browser.send(browser.form(BRING_REPLY), file=Upload("reply.ics", content))


def test_a_reply_leads_to_its_consultation(browser: Browser) -> None:
    answer = bring(browser)
    assert answer.location == f"/consultations/{meetings.ASKED}"
    assert "The reply is recorded." in browser.open(answer.location).text


def test_the_list_of_consultations_leads_to_it(browser: Browser) -> None:
    assert f'href="{BRING_REPLY}"' in browser.open("/consultations").text


@pytest.mark.parametrize("chosen", [{}, {"file": Upload("reply.ics", b"")}], ids=["nothing", "an empty file"])
def test_without_a_file_nothing_is_asked(browser: Browser, web: Web, chosen: dict[str, Upload]) -> None:
    answer = browser.send(browser.form(BRING_REPLY), **chosen)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    assert web.gateway.commands() == []


def test_the_largest_file_is_taken_byte_for_byte(browser: Browser, web: Web) -> None:
    content = bytes(range(256)) * 1024
    assert bring(browser, content).status_code == 303
    assert base64.b64decode(web.gateway.commands()[0].fields["content"]) == content


def test_the_largest_file_is_sent_again_where_no_answer_came(browser: Browser, web: Web) -> None:
    web.gateway.failing[METHOD] = CallTimedOut("0" * 32)
    content = bytes(range(256)) * 1024
    answer = bring(browser, content)
    assert "reply.ics" in answer.text
    web.gateway.failing.clear()
    assert browser.send(form_in(answer, BRING_REPLY)).status_code == 303
    first, second = web.gateway.commands()
    assert (first.command_id, first.fields) == (second.command_id, second.fields)


@pytest.mark.parametrize(("size", "status"), [(LARGEST + 3, 422), (LARGEST * 2, 413)])
def test_a_larger_file_is_not_handed_on(browser: Browser, web: Web, size: int, status: int) -> None:
    answer = bring(browser, b"x" * size)
    assert answer.status_code == status
    assert ("This file is too large: at most 256 KiB." in answer.text) == (status == 422)
    assert web.gateway.commands() == []


def test_a_refusal_is_told_with_names_and_clocks_and_the_file_is_not_kept(browser: Browser, web: Web) -> None:
    facts = {"consultation": meetings.ASKED, "recurrence_id": "2026-11-25T06:00:00+00:00"}
    web.gateway.failing[METHOD] = Refused(UnknownRecurrence.__name__, facts)
    answer = bring(browser)
    assert answer.status_code == 409
    assert "The consultation has no session at 25 Nov 2026 14:00 China · 11:00 Pakistan." in answer.text
    assert "content" not in form_in(answer, BRING_REPLY).fields
    web.gateway.failing[METHOD] = Refused("DelegateNotADeputy", {"participant": "per_bano", "delegate": "a@b.example"})
    assert "deputy of Shahida Bano may come" in bring(browser).text


def test_a_refusal_is_told_while_nobody_says_the_names(browser: Browser, web: Web) -> None:
    web.gateway.failing |= {
        METHOD: Refused("DelegateNotADeputy", {"participant": "per_bano", "delegate": "a@b.example"}),
        "exchange.people": CallTimedOut("0" * 32),
    }
    assert "deputy of per_bano may come" in bring(browser).text
