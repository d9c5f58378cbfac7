"""Cases brought and withdrawn, other times, and a case that a later session takes on."""

from typing import Any

import pytest

from chassis.rpc.client import Refused
from tests import web_consultations as meetings
from tests.unit.web.acts import AT_FOUR, NEW_CASE, PLANNED_ANEW, THERE
from tests.unit.web.browser import Browser, form_in, forms_in
from tests.web_app import Web

ASKED, BEGUN, ROUND, OFF = (
    f"/consultations/{each}" for each in (meetings.ASKED, meetings.BEGUN, meetings.ROUND, meetings.OFF)
)
BRING, WITHDRAW, ANEW = f"{ASKED}/bring", f"{ASKED}/withdraw/{meetings.CASE}", f"{ASKED}/reschedule"
CLOSE = f"{BEGUN}/close"
LATER = "2026-11-30T04:15:00+00:00"
CASE_BROUGHT = {**NEW_CASE, "consent": "y"}


def sent(web: Web) -> dict[str, Any]:
    """The fields of the only command that was given."""
    (command,) = web.gateway.commands()
    return command.fields


def beside(text: str, form: str, name: str, told: str) -> bool:
    """Whether it is told beside that field of the form."""
    return told in text.partition(f'id="{form}-{name}-wrong">')[2].partition("</p>")[0]


def is_open(text: str, action: str) -> bool:
    """Whether the form is unfolded."""
    folds, around, tag = text.partition(f'action="{action}"')[0].rpartition("<details")
    assert (folds, around) != ("", "")
    return " open>" in tag


# who may


@pytest.mark.parametrize("action", [BRING, WITHDRAW, ANEW, f"{ASKED}/error"])
def test_who_may_not_sees_no_form(browser: Browser, web: Web, action: str) -> None:
    assert action in {form.action for form in forms_in(browser.open(ASKED))}
    web.gateway.consultations[meetings.ASKED]["may"] = ["reply_to_consultation:per_chen"]
    assert action not in {form.action for form in forms_in(browser.open(ASKED))}


def test_what_is_rarely_done_is_folded_away_until_it_comes_back(browser: Browser, web: Web) -> None:
    rare = (BRING, WITHDRAW, ANEW, f"{ASKED}/error")
    web.gateway.failing["exchange.reschedule_consultation"] = Refused("RoomTaken", {"room": "rom_1", "begins": AT_FOUR})
    fresh, back = browser.open(ASKED).text, browser.send(browser.form(ASKED, ANEW), **PLANNED_ANEW).text
    assert [is_open(fresh, each) for each in rare] == [False] * 4
    assert [is_open(back, each) for each in rare] == [False, False, True, False]


def test_who_has_only_a_case_to_bring_is_not_told_that_there_is_nothing(browser: Browser, web: Web) -> None:
    nothing = "There is nothing for you to do here now."
    view = web.gateway.consultations[meetings.ASKED]
    for may in (["bring_case"], [f"withdraw_case:{meetings.CASE}"], ["change_participants"]):
        view["may"] = may
        assert nothing not in browser.open(ASKED).text
    view["may"] = []
    assert nothing in browser.open(ASKED).text


# cases


def test_a_case_is_for_one_of_several_sessions(browser: Browser, web: Web) -> None:
    view = web.gateway.consultations[meetings.ROUND]
    view["may"] = ["bring_case"]
    slots = [each["slot"] for each in view["sessions"] if each["state"] == "planned"]
    form = browser.form(ROUND, f"{ROUND}/bring")
    assert form.fields["slot"] == slots[0]
    browser.send(form, **CASE_BROUGHT, slot=slots[1])
    assert sent(web)["case"]["slot"] == slots[1]


def test_a_session_that_has_begun_still_takes_a_case(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.BEGUN]["sessions"].append(meetings.session(LATER))
    assert browser.form(BEGUN, f"{BEGUN}/bring").fields["slot"] == meetings.NOW_ON


def test_who_takes_part_brings_a_case_of_their_own_unless_they_say_otherwise(browser: Browser, web: Web) -> None:
    assert browser.form(ASKED, BRING).fields["presenter"] == ""
    me = meetings.participant("zhang", "specialist", "kashgar")
    web.gateway.consultations[meetings.ASKED]["participants"].append(me)
    assert browser.form(ASKED, BRING).fields["presenter"] == "per_zhang"


def test_whether_the_patient_agreed_is_for_the_service_to_judge_and_marked(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.bring_case"] = Refused("ConsentNeeded", {"reference": "KSH-40"})
    answer = browser.send(browser.form(ASKED, BRING), **NEW_CASE)
    told = "The case “KSH-40” may only be discussed once the patient has agreed."
    assert f'<p class="wrong">{told}</p>' in answer.text
    assert form_in(answer, BRING).fields["question"] == NEW_CASE["question"]
    assert sent(web)["case"]["consent_confirmed"] is False


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("CaseReferenceTwice", {"reference": "KSH-40"}, "reference"),
        ("PatientIdentity", {"field": "question", "kind": "pakistan-cnic"}, "question"),
        ("NotAParticipant", {"person": "per_chen"}, "presenter"),
        ("NotAllowed", {"action": "bring_case", "needs": "its presenter"}, "presenter"),
        ("InvalidCommand", {"problems": [{"field": "case.question", "problem": "not so"}]}, "question"),
    ],
)
def test_a_refusal_of_a_case_is_told_beside_its_field(
    browser: Browser, web: Web, name: str, facts: dict[str, Any], field: str
) -> None:
    web.gateway.failing["exchange.bring_case"] = Refused(name, facts)
    text = browser.send(browser.form(ASKED, BRING), **CASE_BROUGHT).text
    assert text.count('class="wrong" id="bring-') == 1
    assert f'id="bring-{field}-wrong"' in text


@pytest.mark.parametrize("field", ["reference", "question", "presenter"])
def test_a_case_is_written_to_its_end(browser: Browser, web: Web, field: str) -> None:
    answer = browser.send(browser.form(ASKED, BRING), **(CASE_BROUGHT | {field: ""}))
    assert answer.status_code == 422
    assert beside(answer.text, "bring", field, "Please fill this in.")
    assert web.gateway.commands() == []


@pytest.mark.parametrize(("typed", "is_told"), [({"consent": "y"}, True), ({}, False)])
def test_where_no_case_can_be_brought_any_more_what_was_written_is_shown(
    browser: Browser, web: Web, typed: dict[str, str], is_told: bool
) -> None:
    form = browser.form(ASKED, BRING)
    web.gateway.consultations[meetings.ASKED] |= {"state": "cancelled", "may": [], "version": 7}
    answer = browser.send(form, **NEW_CASE, **typed)
    written = answer.text.partition("What you wrote, to copy if you still need it:")[2]
    assert ("Is the second shadow a cyst?" in written, "False" in written) == (True, False)
    assert ("<dd><bdi>Yes</bdi></dd>" in written) is is_told


def test_a_case_is_withdrawn_where_it_stands(browser: Browser, web: Web) -> None:
    card = browser.open(ASKED).text.partition(f'id="{meetings.CASE}"')[2].partition("</section>")[0]
    assert f'action="{WITHDRAW}"' in card
    view = web.gateway.consultations[meetings.ASKED]
    view["cases"].append(meetings.case(meetings.OTHER_CASE, "KSH-31", "Whose is it?", meetings.TO_COME))
    assert f"{ASKED}/withdraw/{meetings.OTHER_CASE}" not in browser.open(ASKED).text


def test_of_several_sessions_a_case_says_which_it_waits_for(browser: Browser, web: Web) -> None:
    assert "For the session of" not in browser.open(BEGUN).text
    moved = meetings.session(LATER) | {"begins": "2026-12-02T04:15:00+00:00"}
    view = web.gateway.consultations[meetings.BEGUN]
    view["sessions"].append(moved)
    view["cases"][1]["slot"] = LATER
    first, second = browser.open(BEGUN).text.split("For the session of")[1:]
    assert ("23 Nov 2026 09:15" in first[:200], "2 Dec 2026 09:15" in second[:200]) == (True, True)


# entered in error


def test_nobody_is_asked_to_join_what_was_entered_in_error(browser: Browser) -> None:
    assert "Join the session" in browser.open(ASKED).text
    browser.send(browser.form(ASKED, f"{ASKED}/error"), reason="It was entered twice.")
    page = browser.open(ASKED).text
    assert [told for told in ("Join the session", "To come", "Expected:") if told in page] == []
    assert page.count('<span class="chip chip-entered-in-error">Entered in error</span>') == 2


# other times


def test_what_is_planned_anew_begins_with_how_things_stand(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.ROUND]["may"] = ["reschedule_consultation"]
    fields = browser.form(ROUND, f"{ROUND}/reschedule").fields
    stands = {"on": "2026-12-01", "at": "11:00", "zone": "Asia/Karachi", "minutes": "60", "repeat": "FREQ=WEEKLY"}
    stands |= {"times": "2", "link": "https://meet.gilgit.example/liver"}
    assert {name: fields[name] for name in stands} == stands


def test_a_single_session_is_planned_anew_as_a_single_one(browser: Browser, web: Web) -> None:
    form = browser.form(ASKED, ANEW)
    assert (form.fields["repeat"], form.fields["times"]) == ("", "")
    browser.send(form, on="2026-11-26", reason="A day later.")
    told = {"begins": "2026-11-26T11:00:00+05:00", "minutes": 60, "zone": "Asia/Karachi", "recurrence": ""}
    assert sent(web).items() >= told.items()


def test_a_rhythm_that_only_other_systems_know_is_kept(browser: Browser, web: Web) -> None:
    view = web.gateway.consultations[meetings.ROUND]
    view |= {"may": ["reschedule_consultation"], "recurrence": "FREQ=MONTHLY;UNTIL=20270101T000000Z;BYDAY=1TU"}
    browser.send(browser.form(ROUND, f"{ROUND}/reschedule"), at="12:00", reason="An hour later.")
    assert sent(web)["recurrence"] == "FREQ=MONTHLY;BYDAY=1TU;COUNT=2"


def test_a_clock_that_none_of_them_goes_by_gives_way_to_one_of_theirs(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.ASKED]["zone"] = "Europe/Berlin"
    fields = browser.form(ASKED, ANEW).fields
    assert (fields["zone"], fields["at"]) == ("Asia/Karachi", "11:00")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"on": ""}, "on"),
        ({"at": ""}, "at"),
        ({"times": ""}, "times"),
        ({"on": "", "at": ""}, "on"),
    ],
)
def test_other_times_are_written_to_their_end(browser: Browser, web: Web, typed: dict[str, str], field: str) -> None:
    answer = browser.send(browser.form(ASKED, ANEW), **(PLANNED_ANEW | typed))
    assert answer.status_code == 422
    assert beside(answer.text, "reschedule", field, "Please fill this in.")
    assert form_in(answer, ANEW).fields["link"] == PLANNED_ANEW["link"]
    assert web.gateway.commands() == []


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("NotOnTheQuarter", {"at": AT_FOUR}, "at"),
        ("SessionInThePast", {"begins": AT_FOUR, "now": AT_FOUR}, "on"),
        ("TooManySessions", {"most": 60}, "times"),
        ("RecurrenceTooLong", {"latest": AT_FOUR}, "times"),
        ("FirstSessionElsewhere", {"begins": AT_FOUR, "first": AT_FOUR}, "on"),
        ("SlotGone", {"slot": AT_FOUR}, "at"),
        ("PatientIdentity", {"field": "link", "kind": "pakistan-cnic"}, "link"),
        ("InvalidCommand", {"problems": [{"field": "recurrence", "problem": "not so"}]}, "times"),
    ],
)
def test_a_refusal_of_other_times_is_told_beside_its_field(
    browser: Browser, web: Web, name: str, facts: dict[str, Any], field: str
) -> None:
    web.gateway.failing["exchange.reschedule_consultation"] = Refused(name, facts)
    text = browser.send(browser.form(ASKED, ANEW), **PLANNED_ANEW).text
    assert text.count('class="wrong" id="reschedule-') == 1
    assert f'id="reschedule-{field}-wrong"' in text


# closing


def close(browser: Browser, **typed: Any) -> Any:
    return browser.send(browser.form(BEGUN, CLOSE), attended=THERE, **typed)


def test_a_case_waits_for_a_later_session(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.BEGUN]["sessions"].append(meetings.session(LATER))
    close(browser, **{f"opinion-{meetings.CASE}": "CE2.", f"later-{meetings.OTHER_CASE}": LATER})
    told = {"opinions": {meetings.CASE: "CE2."}, "postponed": {meetings.OTHER_CASE: LATER}}
    assert sent(web).items() >= told.items()


def test_without_a_later_session_no_case_can_wait(browser: Browser, web: Web) -> None:
    before = "2026-11-22T04:15:00+00:00"
    web.gateway.consultations[meetings.BEGUN]["sessions"] += [
        meetings.session(LATER, state="cancelled"),
        meetings.session(before, state="fulfilled"),
    ]
    assert f"later-{meetings.CASE}" not in browser.form(BEGUN, CLOSE).fields


def test_a_case_has_an_opinion_or_waits_but_not_both(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.BEGUN]["sessions"].append(meetings.session(LATER))
    both = {f"opinion-{meetings.CASE}": "CE2.", f"later-{meetings.CASE}": LATER}
    answer = close(browser, **both, **{f"opinion-{meetings.OTHER_CASE}": "A vessel."})
    assert answer.status_code == 422
    assert beside(answer.text, "close", f"later-{meetings.CASE}", "Either an opinion is given now")
    kept = form_in(answer, CLOSE).fields
    assert {name: kept[name] for name in both} == both
    assert web.gateway.commands() == []


def test_every_case_of_which_nothing_is_said_is_marked(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.close_session"] = Refused("OpinionMissing", {"cases": [meetings.OTHER_CASE]})
    text = close(browser, **{f"opinion-{meetings.CASE}": "CE2."}).text
    assert beside(text, "close", f"opinion-{meetings.OTHER_CASE}", "Please fill this in.")
    assert f'id="close-opinion-{meetings.CASE}-wrong"' not in text


def test_a_complaint_about_a_later_session_stands_beside_it(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.BEGUN]["sessions"].append(meetings.session(LATER))
    problems = [{"field": f"postponed.{meetings.CASE}", "problem": "not then"}]
    web.gateway.failing["exchange.close_session"] = Refused("InvalidCommand", {"problems": problems})
    text = close(browser, **{f"later-{meetings.CASE}": LATER}).text
    assert beside(text, "close", f"later-{meetings.CASE}", "not then")


OPINION = f"opinion-{meetings.CASE}"


def settled_meanwhile(web: Web) -> None:
    """The first case is withdrawn, and the session that could take it on called off."""
    view = web.gateway.consultations[meetings.BEGUN]
    view["version"] += 1
    view["cases"][0]["withdrawn"] = True
    view["sessions"] = [view["sessions"][0], meetings.session(LATER, state="cancelled")]


def test_what_was_said_of_cases_is_shown_where_the_session_was_closed_meanwhile(browser: Browser, web: Web) -> None:
    view = web.gateway.consultations[meetings.BEGUN]
    view["sessions"].append(meetings.session(LATER))
    form = browser.form(BEGUN, CLOSE)
    view |= {"version": 6, "may": ["add_consultation_note"]}
    view["sessions"][0]["state"] = "fulfilled"
    for case in view["cases"]:
        case["opinion"] = {"text": "CE1.", "by": "per_ali", "at": meetings.NOW_ON}
    answer = browser.send(form, **{OPINION: "CE2: albendazole first.", f"later-{meetings.OTHER_CASE}": LATER})
    assert answer.status_code == 409
    written = answer.text.partition("What you wrote, to copy if you still need it:")[2].partition("</dl>")[0]
    for told in ("Opinion on GLT-2026-014", "CE2: albendazole first.", "30 Nov 2026"):
        assert told in written


@pytest.mark.parametrize(("name", "said"), [(OPINION, "CE2: surgery."), (f"later-{meetings.CASE}", LATER)])
def test_what_was_said_of_a_case_that_is_settled_by_now_stays_until_it_is_taken_out(
    browser: Browser, web: Web, name: str, said: str
) -> None:
    web.gateway.consultations[meetings.BEGUN]["sessions"].append(meetings.session(LATER))
    form = browser.form(BEGUN, CLOSE)
    settled_meanwhile(web)
    answer = browser.send(form, attended=THERE, **{name: said})
    assert answer.status_code == 409
    kept = form_in(answer, CLOSE)
    assert kept.fields[name] == said
    web.gateway.failing["exchange.close_session"] = Refused("CaseSettled", {"case": meetings.CASE})
    told = browser.send(kept)
    assert beside(told.text, "close", name, "The case has an opinion already, or was withdrawn.")
    web.gateway.failing.clear()
    assert browser.send(form_in(told, CLOSE), **{name: ""}).status_code == 303
    assert (web.gateway.commands()[-1].fields["opinions"], web.gateway.commands()[-1].fields["postponed"]) == ({}, {})
