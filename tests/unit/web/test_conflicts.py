"""What a person sees when somebody else was quicker, or when a field is not as it should be."""

from chassis.rpc.client import Refused
from tests import web_samples as samples
from tests.unit.web.acts import ACTS, PROPOSAL
from tests.unit.web.browser import Browser, form_in
from tests.web_app import Web

VISIT = f"/visits/{samples.PROPOSED}"
REPLY = f"{VISIT}/reply/host-department"


def test_a_visit_that_changed_meanwhile_is_shown_anew_and_can_be_answered_at_once(browser: Browser, web: Web) -> None:
    form = browser.form(VISIT, REPLY)
    web.gateway.visits[samples.PROPOSED]["version"] = 5
    answer = browser.send(form, status="accepted", reason="Two places.")
    assert answer.status_code == 409
    assert "Somebody changed this while you were writing" in answer.text
    assert browser.send(form_in(answer, REPLY), status="accepted").status_code == 303
    assert web.gateway.commands()[-1].fields["expected_version"] == 5


def test_where_the_form_is_no_longer_offered_what_was_written_is_shown(browser: Browser, web: Web) -> None:
    form = browser.form(VISIT, REPLY)
    web.gateway.visits[samples.PROPOSED] |= {"state": "cancelled", "may": [], "version": 2}
    answer = browser.send(form, status="declined", reason="No bed is free in that fortnight.")
    assert answer.status_code == 409
    assert "What you wrote, to copy if you still need it:" in answer.text
    assert "No bed is free in that fortnight." in answer.text


def test_a_complaint_of_the_service_stands_beside_its_field(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.propose_visit"] = Refused(
        "InvalidCommand", {"problems": [{"field": "visitors.0", "problem": "no such person"}]}
    )
    answer = browser.send(browser.form(PROPOSAL), **ACTS[0].typed)
    assert answer.status_code == 422
    assert "no such person" in answer.text


def test_fields_left_empty_are_marked_and_the_others_kept(browser: Browser, web: Web) -> None:
    answer = browser.send(browser.form(PROPOSAL), **(ACTS[0].typed | {"planned_arrival": "", "leader": ""}))
    assert answer.status_code == 422
    assert answer.text.count("Please fill this in.") == 2
    assert form_in(answer, PROPOSAL).fields["purpose"] == ACTS[0].typed["purpose"]
    assert web.gateway.commands() == []


def test_reversed_dates_are_for_the_service_to_refuse(browser: Browser, web: Web) -> None:
    facts = {"arrival": "2027-03-12", "departure": "2027-03-01"}
    web.gateway.failing["exchange.propose_visit"] = Refused("DatesReversed", facts)
    answer = browser.send(browser.form(PROPOSAL), **ACTS[0].typed)
    assert answer.status_code == 409
    assert "The last day (1 Mar 2027) lies before the first (12 Mar 2027)." in answer.text


def test_a_refusal_that_nobody_knows_yet_is_told_with_its_facts(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.reply_to_visit"] = Refused("RamadanRest", {"until": "2027-03-09", "site": "Gilgit"})
    answer = browser.send(browser.form(VISIT, REPLY), status="accepted")
    assert answer.status_code == 409
    assert "The rules do not allow this: ramadan rest." in answer.text
    assert "9 Mar 2027" in answer.text


def test_only_what_the_service_offers_is_on_the_page(browser: Browser) -> None:
    page = browser.open(f"/visits/{samples.CANCELLED}")
    assert "There is nothing for you to do here now." in page.text
    assert "/cancel" not in page.text
