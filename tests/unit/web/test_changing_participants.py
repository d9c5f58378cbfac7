"""Who takes part in a consultation from now on: the form begins with who does, and loses nobody."""

from typing import Any

import pytest

from chassis.rpc.client import Refused, ServiceUnavailable
from tests import web_consultations as meetings
from tests.unit.web.acts import AT_FOUR, OTHERS, PARTICIPANTS, WHO_FROM_NOW_ON, taking_part
from tests.unit.web.browser import Browser, form_in, forms_in
from tests.unit.web.test_consultation_changes import ASKED, beside, sent
from tests.web_app import Web


def test_who_may_not_change_who_takes_part_is_led_back(browser: Browser, web: Web) -> None:
    assert f'href="{PARTICIPANTS}"' in browser.open(ASKED).text
    web.gateway.consultations[meetings.ASKED]["may"].remove("change_participants")
    assert PARTICIPANTS not in browser.open(ASKED).text
    assert browser.open(PARTICIPANTS).location == ASKED


def changed(browser: Browser, web: Web, name: str, **facts: Any) -> Any:
    web.gateway.failing["exchange.change_participants"] = Refused(name, facts)
    return browser.send(browser.form(PARTICIPANTS), **OTHERS)


def test_who_takes_part_stands_in_the_form_as_they_do_now(browser: Browser, web: Web) -> None:
    browser.send(browser.form(PARTICIPANTS), reason="As it is.")
    assert sent(web)["participants"] == [
        taking_part("per_chen", "chair", "sit_kashgar"),
        taking_part("per_bano", "presenter", "sit_gilgit", deputies=["per_karim"]),
        taking_part("per_maryam", "interpreter", "sit_kashgar", languages=["ur", "zh"]),
        taking_part("per_li", "specialist", "sit_commission", required=False),
    ]


def test_whoever_takes_part_stays_as_they_are_whatever_the_directory_says_of_them_now(
    browser: Browser, web: Web
) -> None:
    view = web.gateway.consultations[meetings.ASKED]
    view["participants"][2] |= {"languages": ["bo", "ug"], "site": "sit_gilgit"}
    view["participants"].append(meetings.participant("ali", "specialist", "kashgar") | {"person": "per_gone"})
    view["participants"][1]["deputies"] = [{"person": "per_left", "name": "Who Left"}]
    browser.send(browser.form(PARTICIPANTS), reason="As it is.")
    _chair, presenter, interpreter, _li, gone = sent(web)["participants"]
    assert presenter["deputies"] == ["per_left"]
    assert interpreter == taking_part("per_maryam", "interpreter", "sit_gilgit", languages=["bo", "ug"])
    assert gone == taking_part("per_gone", "specialist", "sit_kashgar")


def test_nobody_is_lost_for_want_of_a_row_or_of_room_for_deputies(browser: Browser, web: Web) -> None:
    view = web.gateway.consultations[meetings.ASKED]
    view["participants"][1]["deputies"] = [{"person": f"per_{each}", "name": each} for each in ("a", "b", "c")]
    many = [meetings.participant("li", "specialist", "kashgar") | {"person": f"per_{each}"} for each in range(20)]
    view["participants"] += many
    browser.send(browser.form(PARTICIPANTS), reason="As it is.")
    people = sent(web)["participants"]
    assert (len(people), people[1]["deputies"]) == (24, ["per_a", "per_b", "per_c"])


def test_a_further_deputy_is_shown_where_there_is_one_and_kept_where_there_is_none_by_now(
    browser: Browser, web: Web
) -> None:
    view = web.gateway.consultations[meetings.ASKED]
    one = view["participants"][1]["deputies"]
    view["participants"][1]["deputies"] = [*one, {"person": "per_hussain", "name": "Hussain"}]
    form = browser.form(PARTICIPANTS)
    assert [name for name in form.fields if name.startswith("deputy-") and name.endswith("-2")] == [
        "deputy-2",
        "deputy-2-2",
    ]
    view |= {"version": 5}
    view["participants"][1]["deputies"] = one
    again = form_in(browser.send(form, reason="A second one."), PARTICIPANTS)
    assert again.fields["deputy-2-2"] == "per_hussain"
    browser.send(again)
    assert web.gateway.commands()[-1].fields["participants"][1]["deputies"] == ["per_karim", "per_hussain"]


def test_what_was_typed_is_kept_where_fewer_take_part_by_now(browser: Browser, web: Web) -> None:
    form = browser.form(PARTICIPANTS)
    view = web.gateway.consultations[meetings.ASKED]
    view |= {"version": 5, "participants": view["participants"][:2]}
    answer = browser.send(form, **OTHERS, **{"person-6": "per_gulnar@sit_kashgar"})
    assert answer.status_code == 409
    again = form_in(answer, PARTICIPANTS)
    typed = OTHERS | {"person-6": "per_gulnar@sit_kashgar", "expected_version": "5"}
    assert {name: again.fields[name] for name in typed} == typed
    assert browser.send(again).status_code == 303


def test_who_takes_part_now_is_told_beside_who_shall(browser: Browser, web: Web) -> None:
    form = browser.form(PARTICIPANTS)
    view = web.gateway.consultations[meetings.ASKED]
    view |= {
        "version": 5,
        "participants": [meetings.participant("gulnar", "chair", "kashgar"), *view["participants"][1:]],
    }
    now = browser.send(form, **OTHERS).text.partition("Who takes part now")[2].partition("</ul>")[0]
    assert "Gulnar" in now
    assert "Chen Yong" not in now


def test_where_it_can_no_longer_be_changed_what_was_written_is_shown(browser: Browser, web: Web) -> None:
    form = browser.form(PARTICIPANTS)
    web.gateway.consultations[meetings.ASKED] |= {"state": "cancelled", "may": [], "version": 7}
    answer = browser.send(form, **OTHERS)
    assert answer.status_code == 409
    assert [each for each in forms_in(answer) if each.action == PARTICIPANTS] == []
    written = answer.text.partition("What you wrote, to copy if you still need it:")[2]
    for told in ("<dt>Participant 5</dt>", "Asif Karim", "If possible", OTHERS["reason"]):
        assert told in written
    assert "<dt>Participant 3</dt>" not in written


@pytest.mark.parametrize(("language", "sign"), [("en", "\u200e"), ("ur", "\u200f")])
def test_what_was_written_runs_as_its_page_does_whatever_script_a_name_is_in(
    browser: Browser, web: Web, language: str, sign: str
) -> None:
    browser.send(browser.form("/visits", "/language"), language=language)
    form = browser.form(PARTICIPANTS)
    web.gateway.failing["exchange.change_participants"] = ServiceUnavailable("exchange")
    assert f"<bdi>{sign}\u2068Zhang Min" in browser.send(form, **OTHERS).text


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("NotOfTheSite", {"person": "per_karim", "site": "sit_kashgar"}, "person-5"),
        ("ParticipantNamedTwice", {"person": "per_chen"}, "deputy-1"),
        ("ParticipantBusy", {"person": "per_zhang", "begins": AT_FOUR, "deputy": None}, "person-1"),
        ("PairNeeded", {"person": "per_li", "role": "specialist", "languages": []}, "languages-4"),
        ("LanguagesNotSpoken", {"person": "per_karim", "languages": ["ur"], "speaks": ["en"]}, "languages-5"),
        ("ChairNeeded", {"chairs": []}, "role-1"),
        ("StillPresents", {"person": "per_maryam", "cases": [meetings.CASE]}, "person-3"),
        ("PatientIdentity", {"field": "reason", "kind": "pakistan-cnic"}, "reason"),
        ("InvalidCommand", {"problems": [{"field": "participants.3.role", "problem": "not so"}]}, "person-5"),
    ],
)
def test_a_refusal_of_who_takes_part_is_told_in_their_row(
    browser: Browser, web: Web, name: str, facts: dict[str, Any], field: str
) -> None:
    text = changed(browser, web, name, **facts).text
    assert text.count('class="wrong" id="change-') == 1
    assert f'id="change-{field}-wrong"' in text


def test_a_refusal_names_whoever_may_be_chosen(browser: Browser, web: Web) -> None:
    text = changed(browser, web, "ParticipantBusy", person="per_gulnar", begins=meetings.TO_COME, deputy=None).text
    assert "Gulnar" in text.partition('role="alert"')[2].partition("</b>")[0]


def test_who_presents_a_case_and_leaves_is_told_by_the_name_of_the_case(browser: Browser, web: Web) -> None:
    case = web.gateway.consultations[meetings.ASKED]["cases"][0]
    text = changed(browser, web, "StillPresents", person="per_maryam", cases=[case["id"]]).text
    assert f"Maryam Abliz presents {case['reference']} and stays until" in text
    gone = changed(browser, web, "StillPresents", person="per_gone", cases=[case["id"]]).text
    assert 'class="wrong" id="change-' not in gone


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"person-3": "", "languages-3": "ur zh"}, "person-3"),
        ({"person-1": "", "person-4": "", "person-5": ""}, "person-1"),
    ],
)
def test_who_takes_part_is_written_to_its_end(browser: Browser, web: Web, typed: dict[str, str], field: str) -> None:
    answer = browser.send(browser.form(PARTICIPANTS), **(OTHERS | typed))
    assert answer.status_code == 422
    assert beside(answer.text, "change", field, "Please fill this in.")
    assert web.gateway.commands() == []


def test_who_may_not_look_people_up_chooses_among_those_who_take_part(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.people"] = Refused("NotAllowed", {"action": "look_up", "needs": "any role"})
    browser.send(browser.form(PARTICIPANTS), **{"person-4": "", "reason": "Not needed."})
    assert [each["person_id"] for each in sent(web)["participants"]] == ["per_chen", "per_bano", "per_maryam"]


def test_as_many_rows_as_somebody_makes_up_are_not_made(browser: Browser, web: Web) -> None:
    answer = browser.send(
        browser.form(PARTICIPANTS), **OTHERS, **{"person-999999": "x", "deputy-1-999": "x", "deputy-1-9": "x"}
    )
    assert answer.status_code == 303
    assert sent(web)["participants"] == WHO_FROM_NOW_ON


def test_without_the_directory_nothing_is_lost_but_the_page(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.people"] = ServiceUnavailable("exchange")
    assert browser.open(PARTICIPANTS).status_code == 503
