"""What an invitation says to whom, and that no text of it can become a line of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from services.exchange.adapters.icalendar.describing import MOST_SESSIONS
from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import CALLED_OFF
from services.exchange.domain.parties import DECLINED, NEEDS_ACTION, TENTATIVE
from tests.unit.exchange.given import GILGIT, KASHGAR, NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    BEGINS,
    DEPUTY,
    KHAN,
    YUSUF,
    ZHANG,
    answer,
    consultation,
    directory,
    invitations,
    participants,
    people,
    session,
    sites,
    weekly,
)

INJECTED = "A title\r\nATTENDEE:mailto:evil@elsewhere.example\nBEGIN:VALARM\rX:\u2028Y:\u0085Z: \x00\x07"


def text_of(of: Consultation, to: str) -> str:
    calendar = Calendar.from_ical(invitations().request(of, people()[to], directory(), NOW))
    return str(calendar.walk("VEVENT")[0]["DESCRIPTION"])


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("to", "lines"),
    [
        (
            BANO,
            [
                "آن لائن مشاورت: جگر کی ہائیڈیٹڈ بیماری۔ کیسوں کی تعداد: 1۔",
                "\u200fKashgar: منگل، 7 اپریل، 2026، 11:00 سے 12:00 تک (Asia/Shanghai، UTC+08:00)",
                "\u200fگلگت: منگل، 7 اپریل، 2026، 08:00 سے 09:00 تک (Asia/Karachi، UTC+05:00)",
            ],
        ),
        (
            ZHANG,
            [
                "远程会诊：肝包虫病。病例数：1。",
                "喀什：2026年4月7日星期二 11:00–12:00（Asia/Shanghai，UTC+08:00）",
                "Gilgit：2026年4月7日星期二 08:00–09:00（Asia/Karachi，UTC+05:00）",
            ],
        ),
        (
            YUSUF,
            [
                "Online consultation: liver echinococcosis. Number of cases: 1.",
                "Kashgar: Tuesday, 7 April 2026, 11:00–12:00 (Asia/Shanghai, UTC+08:00)",
                "Gilgit: Tuesday, 7 April 2026, 08:00–09:00 (Asia/Karachi, UTC+05:00)",
                "You: Tuesday, 7 April 2026, 05:00–06:00 (Europe/Berlin, UTC+02:00)",
            ],
        ),
    ],
)
def test_the_text_says_in_the_reader_s_language_when_it_is_at_each_end(to: str, lines: list[str]) -> None:
    said = text_of(consultation(), to).splitlines()
    assert [line for line in said if line in lines] == lines


def test_each_end_has_its_own_date_where_midnight_lies_between() -> None:
    late = consultation(sessions=(session(datetime(2026, 4, 7, 18, 30, tzinfo=UTC)),))
    said = text_of(late, YUSUF).splitlines()
    assert "Kashgar: Wednesday, 8 April 2026, 02:30–03:30 (Asia/Shanghai, UTC+08:00)" in said
    assert "Gilgit: Tuesday, 7 April 2026, 23:30–Wednesday, 8 April 2026 00:30 (Asia/Karachi, UTC+05:00)" in said


def test_each_session_of_a_series_has_its_times_on_both_sides_of_a_change_of_clocks() -> None:
    said = text_of(weekly(3, "Asia/Shanghai", datetime(2026, 3, 17, 9, 0, tzinfo=UTC)), YUSUF)
    assert [line for line in said.splitlines() if line.startswith(("Session", "You"))] == [
        "Session 1:",
        "You: Tuesday, 17 March 2026, 10:00–11:00 (Europe/Berlin, UTC+01:00)",
        "Session 2:",
        "You: Tuesday, 24 March 2026, 10:00–11:00 (Europe/Berlin, UTC+01:00)",
        "Session 3:",
        "You: Tuesday, 31 March 2026, 11:00–12:00 (Europe/Berlin, UTC+02:00)",
    ]


def test_what_is_called_off_is_not_told_and_of_a_long_series_how_many_more_there_are() -> None:
    of = weekly(MOST_SESSIONS + 4)
    of = replace(of, sessions=(replace(of.sessions[0], state=CALLED_OFF), *of.sessions[1:]))
    said = text_of(of, YUSUF)
    assert "7 April" not in said
    assert said.splitlines()[-1] == "Further sessions: 3."


def test_a_case_that_was_withdrawn_is_not_counted() -> None:
    of = consultation()
    assert "Number of cases: 0." in text_of(replace(of, cases=(replace(of.cases[0], withdrawn=True),)), YUSUF)


def test_a_language_without_a_wording_is_answered_in_english() -> None:
    somebody = replace(people()[YUSUF], language="de")
    file = invitations().request(consultation(), somebody, directory(), NOW)
    assert "Local time at each end:" in "".join(unfolded(file))


def test_the_uid_stays_and_the_sequence_is_the_consultation_s() -> None:
    for sequence in (0, 7):
        lines = unfolded(invitations().request(consultation(sequence=sequence), people()[BANO], directory(), NOW))
        assert "UID:con_1@khunjerab.example" in lines
        assert f"SEQUENCE:{sequence}" in lines


def hostile(text: str) -> tuple[bytes, ...]:
    """Every file, with the text wherever people may write."""
    bad = {each: replace(person, passport_name=text, local_name=text) for each, person in people().items()}
    bad[KHAN] = replace(bad[KHAN], email=f"khan{text}@gilgit.example")
    places = {each: replace(site, names={"en": text}) for each, site in sites().items()}
    of = consultation(title=text, field=text, sessions=(session(link=f"https://meet.example/{text}"),))
    writer, to, among = invitations(), bad[YUSUF], Directory(bad, places)
    return (
        writer.request(of, to, among, NOW),
        writer.cancel(of, to, among, NOW, text),
        writer.cancel_session(of, BEGINS, to, among, NOW, text),
        writer.remove(of, to, among, NOW, text),
        writer.decline_counter(of, None, to, among, NOW, text),
    )


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@example(INJECTED)
@example('"; CN=x: \\n \\N ^n ^\' " ,')
@settings(max_examples=40)
def test_no_text_becomes_a_line_of_its_own(text: str) -> None:
    for innocent, file in zip(hostile("x"), hostile(f"x{text}"), strict=True):
        assert names_in(file) == names_in(innocent)
        assert not any(sign < " " and sign != "\t" for line in unfolded(file) for sign in line)


def names_in(file: bytes) -> list[str]:
    """Properties in their order, with the names of their parameters."""
    return [
        f"{name} {sorted(value.params)}" if hasattr(value, "params") else name
        for name, value in Calendar.from_ical(file).property_items()
    ]


def test_a_room_is_named_with_its_site_and_only_where_it_is_known() -> None:
    file = unfolded(invitations().request(consultation(), people()[YUSUF], directory(), NOW))
    assert r"LOCATION:Room 1\, second floor (Kashgar)" in file
    gone = consultation(rooms={KASHGAR: "room_gone", GILGIT: "rom_1"})
    assert b"LOCATION" not in invitations().request(gone, people()[YUSUF], directory(), NOW)


def asked(of: Consultation, number: int = 0) -> dict[str, dict[str, str | list[str]]]:
    """The parameters of everybody whom the event names, by address; nobody is named twice."""
    event = Calendar.from_ical(invitations().request(of, people()[YUSUF], directory(), NOW)).walk("VEVENT")[number]
    attendees: Any = event["ATTENDEE"]
    found = {str(each).removeprefix("mailto:").lower(): dict(each.params) for each in attendees}
    assert len(found) == len(attendees)
    return found


def test_a_program_is_to_ask_who_has_not_answered_and_who_is_asked_again() -> None:
    again = {BANO: answer(NEEDS_ACTION), KHAN: answer(DECLINED), YUSUF: answer()}
    of = weekly(answers={each: answer() for each in people()})
    of = replace(of, sessions=(replace(of.sessions[0], answers=again), *of.sessions[1:]))
    for number, wanted in ((0, ["FALSE"] * 4), (1, ["FALSE", "TRUE", "FALSE", "FALSE"])):
        assert [each["RSVP"] for each in asked(of, number).values()] == wanted
    assert [each["RSVP"] for each in asked(consultation()).values()] == ["TRUE"] * 4


def test_who_stands_in_for_several_is_named_once_in_the_place_of_who_is_needed_most() -> None:
    khan, bano = (replace(each, deputies=(DEPUTY,)) for each in (participants()[2], participants()[1]))
    sent = {KHAN: answer(TENTATIVE, deputy=DEPUTY), BANO: answer(deputy=DEPUTY)}
    found = asked(consultation(participants=(participants()[0], khan, bano), answers=sent))
    deputy = found["noor@gilgit.example"]
    assert deputy["DELEGATED-FROM"] == ["mailto:bano@gilgit.example", "mailto:Khan@Gilgit.example"]
    assert (deputy["ROLE"], deputy["PARTSTAT"]) == ("REQ-PARTICIPANT", "ACCEPTED")
    assert {found[each]["DELEGATED-TO"] for each in ("bano@gilgit.example", "khan@gilgit.example")} == {
        "mailto:noor@gilgit.example"
    }


def test_a_cancellation_says_why_and_when_it_would_have_been() -> None:
    of = consultation(sequence=1)
    lines = unfolded(invitations().cancel(of, people()[BANO], directory(), NOW + timedelta(days=1), "No cases"))
    assert {"COMMENT:No cases", "DTSTART;TZID=Asia/Shanghai:20260407T110000", "DTSTAMP:20260303T060000Z"} <= set(lines)
