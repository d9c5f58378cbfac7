"""What messages about consultations say of times, links and what is to be done."""

from typing import Any

import pytest

from services.notify.adapters.dates import until
from services.notify.adapters.languages import languages
from services.notify.adapters.meetings import answer_of, meeting
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.ports import Letter, Message
from tests.unit.notify.samples import notifications_of, people_around, person

WRITER = TemplateWriter("https://khunjerab.example")
LINK = "https://meet.kashgar.example/019d7c1b"


def letter(event: str, purpose: str, language: str = "en", **data: Any) -> Letter:
    told = notifications_of(f"exchange.consultation.{event}.v1", **data)
    notification = next(each for each in told if each.purpose == f"consultation-{purpose}")
    reader = person(notification.recipient, language)
    return WRITER.letter(Message(notification, reader, people_around(notification, reader)))


def session(slot: int, state: str = "planned", begins: int | None = None) -> dict[str, Any]:
    at = [f"2026-05-{day:02}T18:30:00.000Z" for day in (slot, begins or slot)]
    ends = at[1].replace("18:30", "19:30")
    return {"slot": at[0], "begins": at[1], "ends": ends, "state": state, "link": LINK}


@pytest.mark.parametrize(
    ("language", "gilgit", "kashgar"),
    [
        ("en", "Tue, 12 May 2026, 23:30–Wed, 13 May 2026, 00:30", "Wed, 13 May 2026, 02:30–03:30"),
        ("zh", "2026年5月12日周二 23:30至2026年5月13日周三 00:30", "2026年5月13日周三 02:30至03:30"),
        ("ur", "منگل، 12 مئی، 2026، 23:30 سے بدھ، 13 مئی، 2026، 00:30 تک", "بدھ، 13 مئی، 2026، 02:30 سے 03:30 تک"),
    ],
)
def test_a_session_over_midnight_at_one_end_names_both_days_there(language: str, gilgit: str, kashgar: str) -> None:
    text = letter("booked", "booked", language, sessions=[session(12)]).text
    assert gilgit in text
    assert kashgar in text


def test_an_end_says_its_day_only_where_it_is_another_one() -> None:
    english = languages()["en"].locale
    times = "2026-05-12T19:30:00.000Z", "2026-05-12T18:30:00.000Z"
    assert until(*times, "Asia/Shanghai", english) == "03:30"
    assert until(*times, "Asia/Karachi", english) == "Wed, 13 May 2026, 00:30"


def test_a_message_speaks_of_the_session_that_the_event_names() -> None:
    sessions = [session(5, "fulfilled"), session(12), session(19, begins=21), session(26)]
    assert meeting({"sessions": sessions}) == sessions[1]
    assert meeting({"sessions": sessions, "slot": sessions[2]["slot"]}) == sessions[2]
    assert meeting({"sessions": sessions, "slot": None, "begins": sessions[3]["begins"]}) == sessions[3]
    assert meeting({"sessions": sessions[:1]}) == sessions[0]


def test_of_several_sessions_it_says_how_many_are_to_come() -> None:
    several = [session(5, "fulfilled"), session(12), session(19), session(26)]
    assert "Sessions to come: 3" in letter("booked", "booked", sessions=several).text
    assert "Sessions to come" not in letter("booked", "booked", sessions=[session(12)]).text


def test_an_answer_counts_for_the_deputy_who_comes_and_for_whom_they_come() -> None:
    participants = [
        {"person": "per_1", "comes": "per_2", "status": "accepted"},
        {"person": "per_3", "comes": None, "status": "declined"},
    ]
    asked = ("per_1", "per_2", "per_3", "per_4")
    assert [answer_of({"participants": participants}, each) for each in asked] == [
        "accepted",
        "accepted",
        "declined",
        "needs-action",
    ]


@pytest.mark.parametrize(("urgent", "begins"), [(True, "Urgent, begins soon: "), (False, "Begins soon: ")])
def test_a_reminder_says_whether_it_is_urgent_and_how_to_join(urgent: bool, begins: str) -> None:
    soon = letter("session-soon", "soon", urgent=urgent)
    assert soon.subject.startswith(begins)
    assert ("Urgency: urgent" in soon.text) is urgent
    assert f"Join:\n{LINK}\n" in soon.text
    assert f'href="{LINK}"' in soon.html


def test_a_link_in_urdu_can_be_copied_as_it_is() -> None:
    assert f"\n{LINK}\n" in letter("session-soon", "soon", "ur").text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", " javascript:https://x.example", "meet"])
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    soon = letter("session-soon", "soon", sessions=[session(12) | {"link": link}])
    assert f'href="{link}' not in soon.html
    assert 'href="javascript' not in soon.html.replace(" ", "")
    assert link.strip() in soon.text


def test_who_moved_it_from_when_and_why_is_said() -> None:
    text = letter("rescheduled", "rescheduled").text
    assert "Until now (your time): Tue, 12 May 2026, 11:00–12:00" in text
    assert "When (your time): Tue, 12 May 2026, 13:30–14:30" in text
    assert "Remark: The theatre list runs late" in text


@pytest.mark.parametrize(
    ("reply", "next_step"),
    [
        ({"status": "accepted", "counter_begins": None}, "You will be told."),
        ({"status": "declined", "counter_begins": None, "deputy": None}, "Others can be asked in their place"),
        ({"status": "tentative", "counter_begins": "2026-05-12T08:30:00.000Z"}, "take up the other time, or decline"),
        (
            {"status": "tentative", "counter_begins": "2026-05-12T08:30:00.000Z", "counter_minutes": 45},
            "take up the other time, or decline",
        ),
    ],
)
def test_a_reply_says_what_can_be_done_about_it(reply: dict[str, Any], next_step: str) -> None:
    text = letter("replied", "reply-received", state="pending", **reply).text
    assert next_step in text
    assert ("Asks for this time (yours): Tue, 12 May 2026, 13:30" in text) is bool(reply["counter_begins"])
    assert ("For so many minutes: 45" in text) is bool(reply.get("counter_minutes"))
    assert ("For so many minutes" in text) is bool(reply.get("counter_minutes"))


def test_one_that_lapsed_is_not_said_to_be_somebodys_doing() -> None:
    text = letter("cancelled", "cancelled", by=None, reason="not settled by 2026-05-12T06:00:00+00:00").text
    assert "was not settled in time and has lapsed" in text
    assert "not settled by" not in text
    assert "所有人员均已谢绝。" in letter("cancelled", "cancelled", "zh", reason="everybody declined").text


OVER = [session(5, "fulfilled"), *(session(day, "cancelled") for day in (12, 19))]
PART = [session(5, "fulfilled"), *(session(day, "cancelled") for day in (12, 19)), session(26)]


def off(sessions: list[dict[str, Any]]) -> dict[str, Any]:
    """Facts of an event by which the sessions that are cancelled were called off."""
    slots = [each["slot"] for each in sessions if each["state"] == "cancelled"]
    return {"sessions": sessions, "called_off": slots, "state": "booked" if sessions == PART else "fulfilled"}


def test_what_took_place_is_not_said_to_be_cancelled_with_the_rest() -> None:
    told = letter("cancelled", "cancelled", **off(OVER))
    assert told.subject.endswith(", Tue, 12 May 2026, 23:30")
    assert "has cancelled what was still to come of" in told.text
    assert "Sessions that will not take place: 2" in told.text
    assert "The last of them (your time): Tue, 19 May 2026, 23:30–Wed, 20 May 2026, 00:30" in told.text
    assert "5 May" not in told.text


@pytest.mark.parametrize("by", [None, "per_019a9efd6d0075159515151515151515"])
def test_several_sessions_that_are_called_off_at_once_are_said_in_one_message(by: str | None) -> None:
    told = letter("session-cancelled", "session-cancelled", by=by, slot=OVER[1]["slot"], **off(PART))
    assert "everal sessions of" in told.text
    assert "Sessions that will not take place: 2" in told.text
    assert ("have lapsed" in told.text) is (by is None)


@pytest.mark.parametrize(
    ("sessions", "heading"),
    [(OVER, "What was still to come will not take place"), (PART, "Several sessions will not take place")],
)
def test_who_takes_part_is_told_what_is_called_off_and_why(sessions: list[dict[str, Any]], heading: str) -> None:
    facts = {"announcement": 1, "begins": sessions[1]["begins"], "reason": "The scanner broke."} | off(sessions)
    told = letter("invited", "invited", **facts)
    assert told.subject.startswith("Cancelled: ")
    assert told.subject.endswith(", Tue, 12 May 2026, 23:30")
    assert heading in told.html
    assert "Remark: The scanner broke." in told.text
    assert LINK not in told.text
    assert ("Your reply is asked" in told.text) is (sessions == PART)


def test_no_reply_is_asked_where_nothing_is_to_come() -> None:
    begun = [session(5), *OVER[1:]]
    for sessions in (OVER, begun):
        text = letter("invited", "invited", announcement=1, begins=OVER[1]["begins"], **off(sessions)).text
        assert "Your reply is asked" not in text
        assert "You need not reply." in text
    text = letter("invited", "invited", announcement=1, sessions=[session(5)], begins=session(5)["begins"]).text
    assert "There is nothing for you to do now." in text


def test_that_time_ran_out_is_said_in_words() -> None:
    reason = "not settled by 2026-05-12T06:00:00+00:00"
    facts = {"announcement": 1, "begins": OVER[1]["begins"], "reason": reason} | off(OVER)
    assert "Remark: It was not settled in time." in letter("invited", "invited", **facts).text
    assert "备注: 未能按时落实。" in letter("invited", "invited", "zh", **facts).text
    assert "Remark: not settled by us" in letter("invited", "invited", **facts | {"reason": "not settled by us"}).text


def test_who_owes_something_reads_what_and_by_when_and_nothing_of_what_others_owe() -> None:
    mine, theirs = ({"action": f"act_{n}", "what": f"Do {n}", "due_on": "2026-05-26"} for n in (1, 2))
    owners: dict[str, Any] = {"actions": [mine | {"owner": "per_one"}, theirs | {"owner": "per_two"}]}
    text = letter("session-held", "actions", **owners).text
    assert "By Tue, 26 May 2026: Do 1" in text
    assert "Do 2" not in text
    held = letter("session-held", "held", **owners).text
    assert "Do 1" in held
    assert "Do 2" in held


def test_coordinators_prepare_what_organisers_need_not() -> None:
    booked = {each.because: each for each in notifications_of("exchange.consultation.booked.v1")}
    texts = {because: WRITER.letter(Message(each, person(each.recipient), {})).text for because, each in booked.items()}
    assert "room and connection are ready" in texts["site-coordinator"]
    assert "nothing for you to do" in texts["organiser"]
