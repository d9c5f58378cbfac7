"""No file crashes the reader or keeps it busy: it is read, or refused by name."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from services.exchange.adapters.icalendar.mail import calendar_of
from services.exchange.adapters.icalendar.reading import ReplyFiles
from services.exchange.domain.consultations.replies.genuine import CalendarReply
from tests.unit.exchange.given_consultation import REPLIES, WEBSITE
from tests.unit.exchange.given_mail import mailed
from tests.unit.exchange.given_replies import DIALECTS, calendar, counter, reply, written_by

READER = ReplyFiles(WEBSITE, REPLIES)
LONGEST = 2.0
"""Seconds that the worst file may take on a busy machine; it takes a tenth of that."""

PIECES = [
    *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "METHOD:REPLY", "METHOD:COUNTER"),
    *("UID:con_1@khunjerab.example", "SEQUENCE:0", "DTSTAMP:20260303T070000Z", "DTSTART;TZID=Asia/Karachi:20260407T0"),
    *("ATTENDEE;PARTSTAT=ACCEPTED:mailto:bano@gilgit.example", "ORGANIZER:mailto:consultations@khunjerab.example"),
    *("RECURRENCE-ID;TZID=China Standard Time:20260414T110000", 'CN="', ";", ":", ",", "\\", "\r\n", "\n ", "\0"),
]


def survives(read: Callable[[bytes], object], content: bytes) -> None:
    """A refusal does not hand on at any length what a stranger wrote."""
    said = ""
    try:
        read(content)
    except Refusal as refusal:
        said = str(refusal)
    assert len(said) < 1_000


@given(st.binary(max_size=2_000))
@settings(max_examples=200)
def test_any_bytes(content: bytes) -> None:
    survives(READER.read, content)
    survives(calendar_of, content)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40).map("\r\n".join))
@settings(max_examples=300)
def test_any_arrangement_of_a_calendar_s_pieces(text: str) -> None:
    survives(READER.read, text.encode("utf-8", "surrogatepass"))


@given(
    st.sampled_from(sorted(DIALECTS)),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), min_size=1, max_size=8),
    st.integers(0, 2_000) | st.none(),
)
@settings(max_examples=300)
def test_a_real_reply_with_bytes_flipped_and_its_end_torn_off(
    program: str, flips: list[tuple[int, int]], end: int | None
) -> None:
    content = bytearray(written_by(program)[:3_000])
    for at, byte in flips:
        content[at % len(content)] = byte
    survives(READER.read, bytes(content)[:end])
    survives(calendar_of, mailed(bytes(content))[:end])


@given(st.sampled_from(["SEQUENCE", "DTSTAMP", "RECURRENCE-ID", "ATTENDEE", "COMMENT", "UID"]), st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_as_a_value(name: str, value: str) -> None:
    line = f"{name};X=1:{value}".replace("\n", "").replace("\r", "")
    survives(READER.read, reply(**{name: line.encode("utf-8", "replace").decode()}))


def nested(levels: int) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * levels + b"END:VEVENT\r\n" * levels + b"END:VCALENDAR\r\n"


def multiparts(levels: int) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(levels)
    )
    return b"From: bano@gilgit.example\r\n" + opened


def parameters(count: int) -> bytes:
    return b"From: a@b.example\r\nContent-Type: text/calendar" + b"; a*0*=b" * count + b"\r\n\r\n"


QUARTER_MEGABYTE = 250_000
HOSTILE = {
    "a hundred thousand properties": reply(*["A:"] * 100_000),
    "as many as may be, all of them looked at": reply(*[f"COMMENT:{number}" for number in range(4_900)]),
    "nested without end": nested(20_000),
    "nested in a calendar": calendar(*["BEGIN:VALARM"] * 9_000),
    "a billion occurrences": reply("RRULE:FREQ=SECONDLY;COUNT=1000000000", "RDATE:" + "20260101T000000Z," * 5_000),
    "one line": b"BEGIN:VCALENDAR" + b"x" * QUARTER_MEGABYTE,
    "one parameter": reply(ATTENDEE="ATTENDEE;CN=" + '"' * 16_000 + ":mailto:x"),
    "many parameters": reply(ATTENDEE="ATTENDEE" + ";A=b" * 4_000 + ":mailto:x"),
    "backslashes": reply("COMMENT:" + "\\" * 16_000),
    "blanks in a line": reply("COMMENT;A=" + " " * 16_000 + ":x"),
    "folds": reply("COMMENT:x" + "\r\n " * 80_000),
    "empty lines": reply() + b"\r\n" * 120_000,
    "blank lines": reply() + b"\r\n \r\n" * 50_000,
    "a sequence of nines": reply(SEQUENCE="SEQUENCE:" + "9" * 16_000),
    "a duration of nines": counter("DTSTART:20260407T030000Z", "DURATION:PT" + "9" * 16_000 + "H"),
    "twenty megabytes": reply("X:" + "x" * 20_000_000),
}
HOSTILE_MAILS = {
    "parts within parts": multiparts(3_000),
    "as many parts within parts as may be": multiparts(990),
    "parts": b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 200_000,
    "a sender of brackets": b"From: " + b"<" * 1_000_000 + b"\r\n\r\n",
    "a sender of quotes": b"From: " + b'"\\' * 500_000 + b"\r\n\r\n",
    "a sender of remarks": b"From: " + b"(" * 500_000 + b"a@b" + b")" * 500_000 + b"\r\n\r\n",
    "a sender of at signs": b"From: " + b"a@" * 500_000 + b"\r\n\r\n",
    "results": b"From: a@b.example\r\nAuthentication-Results: mx.example; " + b"dmarc=pass " * 5_000 + b"\r\n\r\n",
    "headers": b"From: a@b.example\r\n" + b"X: y\r\n" * 500_000 + b"\r\n",
    "a slow charset": mailed(b"a-" * 500_000, charset="punycode"),
    "a charset that is none": mailed(reply(), charset="base64"),
    "broken base64": mailed(reply()).replace(b"Content-Transfer-Encoding: 8bit", b"Content-Transfer-Encoding: base64"),
    "as many parameters as may be": parameters(7_000),
    "parameters": parameters(100_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_keeps_the_reader_busy(name: str) -> None:
    started = time.process_time()
    survives(READER.read, HOSTILE[name])
    assert time.process_time() - started < LONGEST


@pytest.mark.parametrize("name", HOSTILE_MAILS)
def test_no_mail_keeps_the_reader_busy(name: str) -> None:
    started = time.process_time()
    survives(lambda raw: calendar_of(raw, "mx.example"), HOSTILE_MAILS[name])
    survives(calendar_of, HOSTILE_MAILS[name])
    assert time.process_time() - started < LONGEST


def test_the_untouched_replies_are_read() -> None:
    assert all(isinstance(READER.read(written_by(program)), CalendarReply) for program in DIALECTS)
