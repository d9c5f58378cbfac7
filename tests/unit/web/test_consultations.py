"""The consultation pages: what they show, in which words, and what becomes of what is typed."""

import re
from typing import Any

import pytest

from chassis.rpc.client import CallTimedOut, Refused, ServiceUnavailable
from tests import web_consultations as meetings
from tests.unit.web.acts import AT_FOUR, CONSULTATION, CONSULTATION_SENT, KASHGAR_AT_FOUR, PROPOSE_CONSULTATION, THERE
from tests.unit.web.browser import Browser, Form, form_in
from tests.unit.web.test_hostile_input import HOSTILE
from tests.web_app import Web

ASKED, BEGUN, ROUND = (f"/consultations/{each}" for each in (meetings.ASKED, meetings.BEGUN, meetings.ROUND))
MOVE, REPLY, CLOSE = f"{ASKED}/move", f"{ASKED}/reply/per_chen", f"{BEGUN}/close"
BERLIN = {"id": "sit_gilgit", "names": {"en": "Berlin"}, "zone": "Europe/Berlin"}


# what is shown


def test_a_session_is_told_by_every_sites_clock(browser: Browser) -> None:
    page = browser.open(ASKED).text
    assert "Wed, 25 Nov 2026" in page
    assert "11:00–12:00" in page
    assert "14:00–15:00" in page


def test_the_list_says_whose_clock_is_meant(browser: Browser) -> None:
    row = browser.open("/consultations?state=pending").text.split('class="clocks"')[1]
    gilgit, kashgar = row.split("<li>")[1:3]
    assert ("11:00–12:00" in gilgit, "Provincial Hospital, Gilgit" in gilgit) == (True, True)
    assert ("14:00–15:00" in kashgar, "Health Commission" in kashgar) == (True, True)


@pytest.mark.parametrize("link", ["http://meet.example/1", "javascript:alert(1)", "//meet.example", "", HOSTILE])
def test_only_a_link_over_https_can_be_followed(browser: Browser, web: Web, link: str) -> None:
    assert 'href="https://meet.gilgit.example/liver" rel="noopener noreferrer"' in browser.open(ASKED).text
    web.gateway.consultations[meetings.ASKED]["sessions"][0]["link"] = link
    page = browser.open(ASKED)
    assert "Join the session" not in page.text
    assert not link or f'href="{link}"' not in page.text


def test_a_warning_is_a_sentence(browser: Browser) -> None:
    page = browser.open(ASKED).text
    told = "Outside working hours at Kashgar Prefecture Health Commission: 25 Nov 2026 14:00 to 15:00."
    assert told in page


def test_a_session_that_was_moved_is_told_as_closed_when_it_was_held(browser: Browser, web: Web) -> None:
    slot = web.gateway.consultations[meetings.ROUND]["sessions"][1]["slot"]
    lines = web.gateway.consultations[meetings.ROUND]["history"]
    lines += [{**lines[-1], "what": f"session of {slot} closed", "why": ""}]
    page = browser.open(f"/consultations/{meetings.ROUND}").text
    assert "closed the session of 8 Dec 2026 12:00 Pakistan · 15:00 China" in page
    assert "moved the session of 8 Dec 2026 11:00 Pakistan · 14:00 China to 8 Dec 2026 12:00" in page


def test_a_history_names_people_and_moments(browser: Browser, web: Web) -> None:
    line = web.gateway.consultations[meetings.ASKED]["history"][1]
    line |= {
        "by": "per_zhang",
        "by_name": "Zhang Min",
        "what": f"accepted by per_bano for the session of {meetings.GONE}",
    }
    page = browser.open(ASKED).text
    assert "accepted for Shahida Bano (session of 10 Nov 2026 11:00 Pakistan · 14:00 China)" in page


def test_only_what_the_service_offers_is_on_the_page(browser: Browser) -> None:
    page = browser.open(f"/consultations/{meetings.OFF}").text
    assert "There is nothing for you to do here now." in page
    assert 'action="/consultations/con_off' not in page


def test_what_this_page_cannot_do_yet_is_not_offered(browser: Browser, web: Web) -> None:
    web.gateway.consultations[meetings.OFF]["may"] = ["ring_the_bell", "ring_the_bell:per_chen"]
    assert "There is nothing for you to do here now." in browser.open(f"/consultations/{meetings.OFF}").text


def test_without_the_directory_the_page_goes_by_the_sites_names(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.sites"] = ServiceUnavailable("exchange")
    page = browser.open(ASKED)
    assert page.status_code == 200
    assert '24 Nov 2026 14:00</bdi> <span class="soft">Provincial Hospital, Gilgit' in page.text


def test_what_a_service_answers_is_escaped_wherever_it_stands(browser: Browser, web: Web) -> None:
    view = web.gateway.consultations[meetings.OVER]
    view |= {"title": HOSTILE, "field": HOSTILE, "state": HOSTILE, "organiser_name": HOSTILE, "urgent": True}
    view |= {"waiver": {"rules": [], "reason": HOSTILE, "by": HOSTILE}}
    view |= {"warnings": [{"rule": HOSTILE, "facts": {HOSTILE: HOSTILE}}]}
    view["participants"][0] |= {"name": HOSTILE, "role": HOSTILE, "reason": HOSTILE, "languages": [HOSTILE]}
    view["cases"][0] |= {"reference": HOSTILE, "question": HOSTILE, "urgency": HOSTILE}
    view["cases"][0]["opinion"] |= {"text": HOSTILE}
    view["actions"][0] |= {"what": HOSTILE, "owner_name": HOSTILE, "note": HOSTILE}
    view["finding"] |= {"summary": HOSTILE, "outcome_type": HOSTILE}
    view["history"][0] |= {"by_name": HOSTILE, "what": HOSTILE, "why": HOSTILE}
    view["notes"] = [{"by": None, "by_name": HOSTILE, "at": meetings.GONE, "text": HOSTILE}]
    for path in ("/consultations", "/consultations/tasks", f"/consultations/{meetings.OVER}"):
        page = browser.open(path)
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "<img src=x" not in page.text


# times that people type


@pytest.mark.parametrize(
    ("on", "at", "told"),
    [
        ("2027-03-28", "02:30", "There is no such time on that day there"),
        ("2026-10-25", "02:30", "This time comes twice on that day there"),
        ("2027-03-28", "", "Please fill this in."),
        ("", "02:30", "Please fill this in."),
        ("2027-02-30", "02:30", "Not a valid date value."),
        ("2027-03-28", "26:00", "Not a valid time value."),
    ],
)
@pytest.mark.parametrize("action", [MOVE, REPLY])
def test_a_time_that_is_none_is_refused_and_what_was_typed_kept(
    browser: Browser, web: Web, action: str, on: str, at: str, told: str
) -> None:
    web.gateway.consultations[meetings.ASKED]["sites"][0] = BERLIN
    typed = {"on": on, "at": at, "zone": "Europe/Berlin", "reason": "Later."}
    status = {"status": "tentative"} if action == REPLY else {}
    answer = browser.send(browser.form(ASKED, action), **typed, **status)
    assert answer.status_code == 422
    assert told in answer.text
    kept = form_in(answer, action).fields
    assert {name: kept[name] for name in typed} == typed
    assert web.gateway.commands() == []


def test_a_clock_that_nobody_there_goes_by_is_refused(browser: Browser, web: Web) -> None:
    typed = KASHGAR_AT_FOUR | {"zone": "Europe/Atlantis", "reason": "Later."}
    assert browser.send(browser.form(ASKED, MOVE), **typed).status_code == 422
    assert web.gateway.commands() == []


def test_a_reply_without_another_time_names_none(browser: Browser, web: Web) -> None:
    browser.send(browser.form(ASKED, REPLY), status="accepted")
    assert [web.gateway.commands()[0].fields[name] for name in ("begins", "minutes")] == [None, None]


def test_another_time_is_as_long_as_it_is_unless_another_length_is_chosen(browser: Browser, web: Web) -> None:
    form = browser.form(ASKED, REPLY)
    assert form.fields["minutes"] == ""
    browser.send(form, status="tentative", **KASHGAR_AT_FOUR)
    (given,) = web.gateway.commands()
    assert (given.fields["begins"], given.fields["minutes"]) == (AT_FOUR, None)


def test_a_session_that_is_moved_stays_as_long_as_it_is_unless_another_length_is_chosen(
    browser: Browser, web: Web
) -> None:
    second = web.gateway.consultations[meetings.ROUND]["sessions"][1]
    second |= {"ends": "2026-12-08T07:30:00+00:00"}
    form = browser.form(ROUND, f"{ROUND}/move")
    for minutes in ("", "45"):
        browser.send(form, slot=second["slot"], **KASHGAR_AT_FOUR, minutes=minutes, reason="Later.")
    assert [each.fields["minutes"] for each in web.gateway.commands()] == [None, 45]
    assert form.fields["minutes"] == ""


def test_a_length_without_a_time_is_asked_for_its_beginning(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange.reply_to_consultation"] = Refused("CounterLengthNeedsTime", {"minutes": 45})
    text = browser.send(browser.form(ASKED, REPLY), status="tentative", minutes="45").text
    (told,) = re.findall(r'<p class="wrong" id="per_chen-on-wrong">(.*?)</p>', text)
    assert told == "Another length goes only with another time: please say when it is to begin."


@pytest.mark.parametrize(("minutes", "told"), [(None, 0), (60, 0), (90, 2)])
def test_the_length_that_is_asked_for_is_told_where_it_is_another(
    browser: Browser, web: Web, minutes: int | None, told: int
) -> None:
    asked = next(
        each for each in web.gateway.consultations[meetings.ASKED]["participants"] if each["person"] == "per_maryam"
    )
    asked["asks_for_minutes"] = minutes
    text = browser.open(ASKED).text
    assert (text.count("It would take 1:30 h."), text.count("It would take")) == (told, told)


def test_of_several_sessions_a_reply_is_about_all_or_one(browser: Browser, web: Web) -> None:
    form = browser.form(ROUND, f"{ROUND}/reply/per_chen")
    for slot in ("", "2026-12-08T06:00:00+00:00"):
        browser.send(form, status="accepted", slot=slot)
    assert [each.fields["slot"] for each in web.gateway.commands()] == [None, "2026-12-08T06:00:00+00:00"]


def test_a_session_that_has_begun_is_not_among_those_to_move(browser: Browser, web: Web) -> None:
    round_of_two = web.gateway.consultations[meetings.ROUND]
    round_of_two["sessions"][0] |= {"begins": meetings.NOW_ON, "ends": "2026-11-23T05:15:00+00:00"}
    later = round_of_two["sessions"][1]["slot"]
    browser.send(browser.form(ROUND, f"{ROUND}/move"), **KASHGAR_AT_FOUR, reason="Later.")
    assert web.gateway.commands()[0].fields["slot"] == later


def test_another_time_that_has_gone_by_can_only_be_declined(browser: Browser, web: Web) -> None:
    asked = web.gateway.consultations[meetings.ASKED]
    asked["may"].remove("accept_counter_time:per_maryam")
    assert "Move it there" not in browser.open(ASKED).text
    browser.send(browser.form(ASKED, f"{ASKED}/decline-time/per_maryam"), reason="It is over.")
    assert [each.method for each in web.gateway.commands()] == ["exchange.decline_counter_time"]


def test_another_time_for_one_of_several_sessions_says_for_which(browser: Browser, web: Web) -> None:
    round_of_two = web.gateway.consultations[meetings.ROUND]
    session = round_of_two["sessions"][1]
    session["answers"]["per_maryam"] = meetings.OTHER_TIME
    round_of_two["may"] = ["accept_counter_time:per_maryam"]
    browser.send(browser.form(ROUND, f"{ROUND}/accept-time/per_maryam"))
    assert web.gateway.commands()[0].fields["slot"] == session["slot"]


# refusals


def test_one_that_changed_meanwhile_is_shown_anew_and_can_be_answered_at_once(browser: Browser, web: Web) -> None:
    form = browser.form(ASKED, REPLY)
    web.gateway.consultations[meetings.ASKED]["version"] = 7
    answer = browser.send(form, status="accepted", reason="I come.")
    assert answer.status_code == 409
    again = form_in(answer, REPLY)
    assert again.fields["reason"] == "I come."
    assert browser.send(again, status="accepted").status_code == 303
    assert web.gateway.commands()[-1].fields["expected_version"] == 7


def test_where_the_form_is_no_longer_offered_what_was_written_is_shown(browser: Browser, web: Web) -> None:
    form = browser.form(ASKED, REPLY)
    web.gateway.consultations[meetings.ASKED] |= {"state": "cancelled", "may": [], "version": 7}
    answer = browser.send(form, status="declined", reason="I am in theatre.")
    assert answer.status_code == 409
    assert "What you wrote, to copy if you still need it:" in answer.text
    assert "I am in theatre." in answer.text


def refused(browser: Browser, web: Web, name: str, **facts: Any) -> str:
    web.gateway.failing["exchange.move_session"] = Refused(name, facts)
    return browser.send(browser.form(ASKED, MOVE), **KASHGAR_AT_FOUR, reason="Later.").text


def test_a_refusal_names_who_it_is_about_and_both_ends_time(browser: Browser, web: Web) -> None:
    told = refused(browser, web, "ParticipantBusy", person="per_chen", begins=meetings.TO_COME, deputy=None)
    assert "Chen Yong is in another consultation at 25 Nov 2026 11:00 Pakistan · 14:00 China." in told


def test_a_refusal_about_one_site_is_told_by_its_own_clock(browser: Browser, web: Web) -> None:
    night = {"local_begins": "2026-11-25T23:30:00+08:00", "local_ends": "2026-11-26T00:30:00+08:00", "people": []}
    told = refused(browser, web, "AtNight", site="sit_commission", zone="Asia/Shanghai", **night)
    assert "At Kashgar Prefecture Health Commission it is night then: 25 Nov 2026 23:30 to 26 Nov 2026 00:30." in told


def test_a_refusal_stands_beside_what_it_is_about_in_the_form_as_it_was_unfolded(browser: Browser, web: Web) -> None:
    told = refused(browser, web, "NotOnTheQuarter", at=meetings.TO_COME)
    assert 'id="move-at-wrong">A session begins and ends on a quarter of an hour' in told
    assert "<details" in (before := told.partition(f'action="{MOVE}"')[0])
    assert " open>" in before.rpartition("<details")[2]


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("NotADeputy", {"person": "per_karim", "participant": "per_chen"}, "deputy"),
        ("CounterTimeNeedsTentative", {"status": "accepted", "begins": AT_FOUR}, "at"),
    ],
)
def test_a_refusal_of_a_reply_is_told_beside_its_field(
    browser: Browser, web: Web, name: str, facts: dict[str, Any], field: str
) -> None:
    web.gateway.failing["exchange.reply_to_consultation"] = Refused(name, facts)
    text = browser.send(browser.form(ASKED, REPLY), status="accepted", **KASHGAR_AT_FOUR).text
    assert re.findall(r'class="wrong" id="(.*?)"', text) == [f"per_chen-{field}-wrong"]


def test_a_deputy_who_is_none_any_more_is_told_where_they_were_chosen(browser: Browser, web: Web) -> None:
    reply = f"{ASKED}/reply/per_bano"
    view = web.gateway.consultations[meetings.ASKED]
    view["may"] = ["reply_to_consultation:per_bano"]
    form = browser.form(ASKED, reply)
    view["participants"][1]["deputies"] = []
    text = browser.send(form, status="accepted", deputy="per_karim").text
    assert re.findall(r'class="wrong" id="(.*?)"', text) == ["per_bano-deputy-wrong"]


def test_a_task_cannot_be_done_on_a_day_to_come(browser: Browser, web: Web) -> None:
    over = f"/consultations/{meetings.OVER}"
    days = {"date": "2026-12-24", "today": "2026-11-23"}
    web.gateway.failing["exchange.complete_action"] = Refused("DateInTheFuture", days)
    text = browser.send(browser.form(over, f"{over}/complete/{meetings.TASK}"), done_on="2026-12-24").text
    assert re.findall(r'class="wrong" id="(.*?)"', text) == [f"{meetings.TASK}-done_on-wrong"]


def test_languages_rooms_and_cases_are_called_by_their_names(browser: Browser, web: Web) -> None:
    told = refused(browser, web, "NoInterpreter", languages=["ur", "zh"], begins=meetings.TO_COME)
    assert "Urdu, Chinese" in told
    told = refused(browser, web, "RoomTooSmall", site="sit_gilgit", room="rom_1", places=2, people=3)
    assert "The room (Telemedicine room) has 2 places" in told
    assert "GLT-2026-014" in refused(browser, web, "OpinionMissing", cases=[meetings.CASE])


# closing


def close(browser: Browser, **typed: Any) -> tuple[int, str, Form | None]:
    answer = browser.send(browser.form(BEGUN, CLOSE), attended=THERE, **typed)
    return answer.status_code, answer.text, form_in(answer, CLOSE) if answer.status_code != 303 else None


def test_an_opinion_that_is_missing_is_for_the_service_to_refuse(browser: Browser, web: Web) -> None:
    close(browser, **{f"opinion-{meetings.CASE}": "CE2."})
    assert web.gateway.commands()[0].fields["opinions"] == {meetings.CASE: "CE2."}


def test_a_task_that_is_begun_is_written_to_its_end(browser: Browser, web: Web) -> None:
    status, text, form = close(browser, **{"what-1": "Reserve a bed"})
    assert (status, text.count("Please fill this in.")) == (422, 2)
    assert form
    assert form.fields["what-1"] == "Reserve a bed"
    assert web.gateway.commands() == []


def test_complaints_of_the_service_stand_beside_their_fields(browser: Browser, web: Web) -> None:
    problems = [
        {"field": "actions.0.due_on", "problem": "not so early"},
        {"field": f"opinions.{meetings.CASE}", "problem": "too short"},
        {"field": "finding.due_days", "problem": "too soon"},
    ]
    web.gateway.failing["exchange.close_session"] = Refused("InvalidCommand", {"problems": problems})
    task = {"what-2": "Reserve a bed", "owner-2": "per_chen", "due-2": "2026-12-01"}
    _status, text, _form = close(browser, **task, summary="Both.", **{f"opinion-{meetings.CASE}": "x"})
    beside = {"due-2": "not so early", f"opinion-{meetings.CASE}": "too short", "due_days": "too soon"}
    for name, problem in beside.items():
        assert f'id="close-{name}-wrong">{problem}' in text


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        ("PatientIdentity", {"field": "opinion", "path": f"opinions.{meetings.CASE}"}, f"opinion-{meetings.CASE}"),
        ("PatientIdentity", {"field": "what", "path": "actions.1.what"}, "what-3"),
        ("PatientIdentity", {"field": "summary"}, "summary"),
        ("DueInThePast", {"due_on": "2026-11-01", "today": "2026-11-23"}, "due-3"),
    ],
)
def test_a_refusal_of_what_a_session_came_to_is_told_beside_its_field(
    browser: Browser, web: Web, name: str, facts: dict[str, Any], field: str
) -> None:
    kind = {"kind": "pakistan-cnic"} if name == "PatientIdentity" else {}
    web.gateway.failing["exchange.close_session"] = Refused(name, facts | kind)
    tasks = {"what-1": "Reserve a bed", "owner-1": "per_chen", "due-1": "2026-12-01"}
    tasks |= {"what-3": "Call 61101-1234567-1", "owner-3": "per_chen", "due-3": "2026-11-01"}
    _status, text, _form = close(browser, **tasks, summary="Both.", **{f"opinion-{meetings.CASE}": "CE2."})
    assert re.findall(r'class="wrong" id="close-(.*?)-wrong"', text) == [field]


def test_who_was_expected_is_ticked_and_who_was_there_stays_so(browser: Browser, web: Web) -> None:
    expected = browser.form(BEGUN, f"{BEGUN}/attendance").fields.getlist("attended")
    assert expected == ["per_chen", "per_bano", "per_maryam", "per_li"]
    web.gateway.consultations[meetings.BEGUN]["sessions"][0]["attended"] = ["per_karim"]
    assert browser.form(BEGUN, f"{BEGUN}/attendance").fields.getlist("attended") == ["per_karim"]


def test_who_was_there_and_takes_part_no_more_is_called_by_name(browser: Browser, web: Web) -> None:
    view = web.gateway.consultations[meetings.OVER]
    view["earlier"]["people"] = [{"person": "per_gone", "name": "Gone Elsewhere"}]
    view["sessions"][0]["attended"] = ["per_gone"]
    assert "Gone Elsewhere" in browser.open(f"/consultations/{meetings.OVER}").text


# proposing, and looking for a time


def propose(browser: Browser, **typed: Any) -> Any:
    return browser.send(browser.form(PROPOSE_CONSULTATION), **(CONSULTATION | typed))


def test_the_least_proposal_asks_for_nothing_more(browser: Browser, web: Web) -> None:
    least: dict[str, Any] = {
        key: CONSULTATION[key] for key in ("title", "under", "person-1", "person-2", *KASHGAR_AT_FOUR)
    }
    assert browser.send(browser.form(PROPOSE_CONSULTATION), **least).status_code == 303
    sent = web.gateway.commands()[0].fields
    nothing: dict[str, Any] = {"recurrence": "", "link": "", "rooms": {}, "urgent": False, "waive": None}
    assert sent.items() >= (nothing | {"cases": [], "wait": False, "minutes": 60, "begins": AT_FOUR}).items()


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"title": ""}, "title"),
        ({"on": "", "at": ""}, "on"),
        ({"person-3": ""}, "person-3"),
        ({"question-1": ""}, "question-1"),
        ({"times": ""}, "times"),
    ],
)
def test_what_is_missing_is_marked_and_all_else_kept(
    browser: Browser, web: Web, typed: dict[str, str], beside: str
) -> None:
    answer = propose(browser, **typed)
    assert answer.status_code == 422
    assert f'id="propose-{beside}-wrong"' in answer.text
    assert form_in(answer, PROPOSE_CONSULTATION).fields["reason"] == CONSULTATION["reason"]
    assert web.gateway.commands() == []


def test_complaints_about_a_proposal_stand_beside_their_rows(browser: Browser, web: Web) -> None:
    places = {"participants.3.languages": "person-4", "cases.0.reference": "reference-1", "waive.reason": "reason"}
    problems = [{"field": field, "problem": "not so"} for field in places]
    web.gateway.failing["exchange.propose_consultation"] = Refused("InvalidCommand", {"problems": problems})
    text = propose(browser).text
    assert [name for name in places.values() if f'id="propose-{name}-wrong">not so' not in text] == []


def test_a_time_is_looked_for_with_what_stands_in_the_form(browser: Browser, web: Web) -> None:
    answer = propose(browser, find="1", first="2026-11-24", last="2026-11-27", **{"person-3": ""})
    assert answer.status_code == 200
    asked = next(each for each in web.gateway.asked if each.method == "exchange.find_a_time").fields
    people = CONSULTATION_SENT["participants"]
    wanted = {"first": "2026-11-24", "last": "2026-11-27", "minutes": 45, "zone": "Asia/Shanghai", "urgent": True}
    assert asked.items() >= wanted.items()
    assert asked["participants"] == [people[0], people[1], people[3]]
    assert asked["interpreters"] == [["ur", "zh"]]
    assert asked["waive"] == [{"rule": "night", "site_id": "sit_gilgit"}]
    assert web.gateway.commands() == []


def test_times_are_told_by_each_ends_clock_and_with_who_can_come(browser: Browser) -> None:
    text = propose(browser, find="1").text
    assert "12 times are possible" in text
    assert ("11:00–12:00" in text, "14:00–15:00" in text) == (True, True)
    assert "3 of 3 who have to come can · 0 of 1 others can" in text
    assert "Asif Karim comes for Shahida Bano" in text
    assert "(In another consultation)" in text


def test_a_time_that_is_taken_stands_in_the_form_with_its_interpreter(browser: Browser, web: Web) -> None:
    found = propose(browser, find="1", on="", at="", **{"person-3": "", "role-3": "specialist"})
    taken = "2026-11-26T06:00:00+00:00 per_maryam@sit_kashgar@ur+zh"
    assert f'name="take" value="{taken}"' in found.text
    form = form_in(browser.send(form_in(found, PROPOSE_CONSULTATION), take=taken), PROPOSE_CONSULTATION)
    assert {name: form.fields[name] for name in ("on", "at", "person-3", "role-3", "title")} == {
        "on": "2026-11-26",
        "at": "14:00",
        "person-3": "per_maryam@sit_kashgar",
        "role-3": "interpreter",
        "title": CONSULTATION["title"],
    }
    assert browser.send(form).status_code == 303
    assert web.gateway.commands()[0].fields["begins"] == "2026-11-26T14:00:00+08:00"


@pytest.mark.parametrize(
    "taken", ["", "yesterday", "2026-11-26", "2026-11-26T06:00:00+00:00 x", "0001-01-01T00:00:00Z"]
)
def test_a_time_to_take_that_is_none_takes_nothing_and_breaks_nothing(browser: Browser, web: Web, taken: str) -> None:
    assert propose(browser, take=taken or " ").status_code == 200
    assert web.gateway.commands() == []


def test_where_there_is_no_time_the_page_says_why_and_what_would_help(browser: Browser, web: Web) -> None:
    web.gateway.times = meetings.NO_TIMES
    text = propose(browser, find="1").text
    assert "There is no such time" in text
    assert "97 possible starts were looked at." in text
    assert "Chen Yong cannot come: 97 possible starts (In another consultation, Holiday)" in text
    assert "No interpreter (Urdu ↔ Chinese): 20 possible starts" in text
    helps = (
        "Declare it urgent, with a reason + Set aside “Holiday” at First People&#39;s Hospital of Kashgar Prefecture"
    )
    assert helps in text
    assert "Let Chen Yong come only if possible" in text


@pytest.mark.parametrize(
    ("failure", "status", "told"),
    [
        (Refused("NotAllowed", {}), 403, "You may not do this"),
        (Refused("NotAParticipant", {"person": "per_chen"}), 409, "Chen Yong does not take part"),
        (Refused("InvalidCommand", {"problems": [{"field": "last", "problem": "too late"}]}), 422, "too late"),
        (CallTimedOut("0" * 32), 503, "cannot be reached just now"),
        (ServiceUnavailable("exchange"), 503, "cannot be reached just now"),
    ],
)
def test_where_nobody_can_look_what_was_typed_is_kept(
    browser: Browser, web: Web, failure: Exception, status: int, told: str
) -> None:
    web.gateway.failing["exchange.find_a_time"] = failure
    answer = propose(browser, find="1")
    assert answer.status_code == status
    assert told in answer.text
    assert form_in(answer, PROPOSE_CONSULTATION).fields["question-1"] == CONSULTATION["question-1"]


def test_days_to_look_among_are_needed(browser: Browser, web: Web) -> None:
    answer = propose(browser, find="1", first="", last="31.12.")
    assert answer.status_code == 422
    assert "exchange.find_a_time" not in {each.method for each in web.gateway.asked}


def test_no_visit_is_proposed_under_what_promises_none(browser: Browser) -> None:
    assert "cnd_3" not in browser.open("/visits/propose").text
