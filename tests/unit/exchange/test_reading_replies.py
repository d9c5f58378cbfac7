"""What calendar programs answer is read; what is no sane reply is refused by name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.adapters.icalendar.lines import MOST_BYTES, MOST_IN_A_LINE, MOST_LINES
from services.exchange.adapters.icalendar.reading import MOST_COMMENT, ReplyFiles
from services.exchange.domain.consultations.refusals import NotOnTheQuarter
from services.exchange.domain.consultations.replies import refusals
from services.exchange.domain.refusals import UnknownZone
from tests.unit.exchange.given_consultation import REPLIES, WEBSITE
from tests.unit.exchange.given_replies import OURS, UID, calendar, counter, reply, written_by

READER = ReplyFiles(WEBSITE, REPLIES)
BANO = "bano@gilgit.example"
SECOND_SLOT = datetime(2026, 4, 14, 3, 0, tzinfo=UTC)
TEN_THIRTY = "DTSTART;TZID=Asia/Karachi:20260407T103000"


def refused(content: bytes) -> tuple[type[Refusal], dict[str, Any]]:
    with pytest.raises(Refusal) as caught:
        READER.read(content)
    return type(caught.value), caught.value.facts


def test_a_plain_reply_is_read() -> None:
    read = READER.read(reply())
    assert (read.uid, read.consultation, read.attendee, read.status) == (UID, "con_1", BANO, "accepted")
    assert (read.sequence, read.recurrence_id, read.delegate, read.comment) == (0, None, None, "")
    assert read.dtstamp == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    assert not read.is_counter


@pytest.mark.parametrize(
    ("program", "status", "slot", "delegate", "comment"),
    [
        ("Outlook", "tentative", SECOND_SLOT, None, "I may be late; theatre until 11, then on my way."),
        ("Outlook's counter", "tentative", None, None, ""),
        ("Google", "declined", SECOND_SLOT, None, ""),
        ("Apple", "accepted", None, None, ""),
        ("Thunderbird", "delegated", SECOND_SLOT, "noor@gilgit.example", ""),
    ],
)
def test_each_program_s_ways_are_understood(
    program: str, status: str, slot: datetime | None, delegate: str | None, comment: str
) -> None:
    read = READER.read(written_by(program))
    assert (read.consultation, read.attendee, read.status) == ("con_1", BANO, status)
    assert (read.recurrence_id, read.delegate, read.comment, read.sequence) == (slot, delegate, comment, 0)


def test_lines_may_end_in_a_line_feed_alone_and_begin_with_a_mark_of_their_encoding() -> None:
    assert READER.read(b"\xef\xbb\xbf" + written_by("Google").replace(b"\r\n", b"\n")).attendee == BANO


def test_a_counter_proposal_says_from_when_to_when() -> None:
    read = READER.read(written_by("Outlook's counter"))
    assert (read.begins, read.ends) == (
        datetime(2026, 4, 7, 5, 30, tzinfo=UTC),
        datetime(2026, 4, 7, 6, 30, tzinfo=UTC),
    )
    lasting = READER.read(counter(TEN_THIRTY, "DURATION:PT1H30M"))
    assert lasting.ends == datetime(2026, 4, 7, 7, 0, tzinfo=UTC)


def test_a_counter_proposal_is_tentative_whatever_it_says_of_itself() -> None:
    assert READER.read(counter(TEN_THIRTY, "DURATION:PT1H", partstat="ACCEPTED")).status == "tentative"


def test_of_a_reply_the_times_do_not_matter() -> None:
    assert READER.read(reply("DTSTART:tomorrow", "DTEND;TZID=Mars/Olympus:20260407T103000")).begins is None


def test_a_long_remark_is_cut_off() -> None:
    assert len(READER.read(reply(f"COMMENT:{'x' * 5_000}")).comment) == MOST_COMMENT


def test_an_escaped_backslash_before_an_n_is_no_new_line() -> None:
    assert READER.read(reply(r"COMMENT:in C:\\new\, not\nhere")).comment == "in C:\\new, not\nhere"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "ADD", "REFRESH", "PUBLISH", "DECLINECOUNTER", "X-OTHER"])
def test_another_method_is_refused_by_its_name(method: str) -> None:
    content = reply().replace(b"METHOD:REPLY", f"METHOD:{method}".encode())
    assert refused(content) == (refusals.NoSuchMethod, {"method": method})


def test_a_file_without_a_method_is_refused() -> None:
    assert refused(reply().replace(b"METHOD:REPLY\r\n", b"")) == (refusals.NoSuchMethod, {"method": ""})


@pytest.mark.parametrize("uid", ["con_1@elsewhere.example", "con_1", "vis_1@khunjerab.example", "@khunjerab.example"])
def test_a_foreign_event_is_refused(uid: str) -> None:
    assert refused(reply(UID=f"UID:{uid}")) == (refusals.ForeignUid, {"uid": uid})


def test_a_reply_of_several_attendees_is_refused() -> None:
    kind, facts = refused(reply("ATTENDEE;PARTSTAT=ACCEPTED:mailto:khan@gilgit.example"))
    assert (kind, facts["why"]) == (refusals.ForgedReply, "several-attendees")


def test_a_reply_to_another_organiser_is_refused() -> None:
    kind, facts = refused(reply(ORGANIZER="ORGANIZER:mailto:zhang@elsewhere.example"))
    assert (kind, facts["why"]) == (refusals.ForgedReply, "organiser")


@pytest.mark.parametrize("missing", ["UID", "DTSTAMP", "ORGANIZER", "ATTENDEE"])
def test_what_a_reply_cannot_be_without_is_named(missing: str) -> None:
    assert refused(reply(**{missing: ""})) == (refusals.NotACalendar, {"why": "missing", "line": missing})


@pytest.mark.parametrize(
    "line", ["UID:con_2@khunjerab.example", "SEQUENCE:7", "DTSTAMP:20260304T070000Z", "ORGANIZER:mailto:x@y.example"]
)
def test_a_property_that_stands_there_twice_and_differs_is_refused(line: str) -> None:
    assert refused(reply(line)) == (refusals.NotACalendar, {"why": "twice", "line": line.split(":")[0]})


def test_a_property_that_is_repeated_word_for_word_is_one() -> None:
    assert READER.read(reply(f"UID:{UID}", "SEQUENCE:0")).consultation == "con_1"


@pytest.mark.parametrize("status", ["", "NEEDS-ACTION", "COMPLETED", "X-MAYBE"])
def test_what_is_no_answer_is_refused(status: str) -> None:
    assert refused(reply(partstat=status)) == (refusals.NoSuchStatus, {"status": status.lower()})


@pytest.mark.parametrize("which", ["THISANDFUTURE", "THISANDPRIOR"])
def test_an_answer_from_one_session_on_is_refused_rather_than_taken_for_that_one(which: str) -> None:
    content = reply(f"RECURRENCE-ID;RANGE={which}:20260414T030000Z")
    assert refused(content) == (refusals.NoSuchRange, {"range": which})


@pytest.mark.parametrize("value", ["-1", "one", "1.5", "9" * 10, "٣", ""])
def test_a_sequence_is_a_number(value: str) -> None:
    assert refused(reply(SEQUENCE=f"SEQUENCE:{value}"))[0] is refusals.NotACalendar


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("RECURRENCE-ID:20260407T103000", refusals.FloatingTime),
        ("RECURRENCE-ID;VALUE=DATE:20260407", refusals.AllDay),
        ("RECURRENCE-ID:20260407", refusals.AllDay),
        ("RECURRENCE-ID:20260431T103000Z", refusals.NotADate),
        ("RECURRENCE-ID:20260407T250000Z", refusals.NotADate),
        ("RECURRENCE-ID:20260407T1030Z", refusals.NotADate),
        ("RECURRENCE-ID:next week", refusals.NotADate),
        ("RECURRENCE-ID:٢٠٢٦٠٤٠٧T103000Z", refusals.NotADate),
        ("RECURRENCE-ID;TZID=Asia/Karachi:00010101T000000", refusals.NotADate),
        ("RECURRENCE-ID;TZID=Mars/Olympus:20260407T103000", UnknownZone),
        ("RECURRENCE-ID;TZID=../../etc/passwd:20260407T103000", UnknownZone),
        ("RECURRENCE-ID;TZID=Asia:20260407T103000", UnknownZone),
        (f"RECURRENCE-ID;TZID={'A' * 9_000}:20260407T103000", UnknownZone),
        ("RECURRENCE-ID;TZID=:20260407T103000", UnknownZone),
    ],
)
def test_a_moment_that_nobody_can_know_is_refused(line: str, refusal: type[Refusal]) -> None:
    assert refused(reply(line))[0] is refusal


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (TEN_THIRTY,),
        ("DTEND:20260407T040000Z",),
        (TEN_THIRTY, "DTEND;TZID=Asia/Karachi:20260407T103000"),
        (TEN_THIRTY, "DTEND;TZID=Asia/Karachi:20260407T093000"),
        (TEN_THIRTY, "DURATION:PT0S"),
    ],
)
def test_a_counter_proposal_without_a_time_is_refused(lines: tuple[str, ...]) -> None:
    assert refused(counter(*lines)) == (refusals.CounterWithoutTime, {"uid": UID})


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        (("DTSTART:20260407T033500Z", "DURATION:PT1H"), NotOnTheQuarter),
        ((TEN_THIRTY, "DURATION:PT50M"), NotOnTheQuarter),
        ((TEN_THIRTY, "DURATION:PT1H1S"), NotOnTheQuarter),
        ((TEN_THIRTY, "DURATION:-PT1H"), refusals.NotADate),
        ((TEN_THIRTY, "DURATION:P"), refusals.NotADate),
        (("DTSTART:99991231T000000Z", "DURATION:P999D"), refusals.NotADate),
        (("DTSTART;VALUE=DATE:20260407", "DTEND;VALUE=DATE:20260408"), refusals.AllDay),
        (("DTSTART:20260407T103000", "DTEND:20260407T113000"), refusals.FloatingTime),
    ],
)
def test_a_counter_proposal_that_cannot_be_booked_is_refused(lines: tuple[str, ...], refusal: type[Refusal]) -> None:
    assert refused(counter(*lines))[0] is refusal


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no-event"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "no-calendar"),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "no-event"),
        (reply() + reply(), "several-events"),
        (reply()[:-20], "nesting"),
        (reply().replace(b"END:VEVENT", b"END:VTODO"), "nesting"),
        (b"END:VCALENDAR\r\n" + reply(), "nesting"),
        (calendar("BEGIN:VCALENDAR", "END:VCALENDAR"), "nesting"),
        (reply().replace(b"METHOD:REPLY", b"METHOD:REPLY\r\nMETHOD:REQUEST"), "twice"),
        ("Beste Grüße".encode("latin-1"), "encoding"),
        (reply().decode().encode("utf-16"), "encoding"),
        (reply("COMMENT:a\0b"), "control-characters"),
        (reply("COMMENT:a\x1bb"), "control-characters"),
        (reply('ATTENDEE;CN="\x7f'), "line"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "encoding"),
    ],
)
def test_what_is_no_calendar_is_refused_and_why(content: bytes, why: str) -> None:
    kind, facts = refused(content)
    assert (kind, facts["why"]) == (refusals.NotACalendar, why)


@pytest.mark.parametrize(
    ("content", "what", "most"),
    [
        (reply("X-A:" + "x" * MOST_BYTES), "bytes", MOST_BYTES),
        (reply(*["X-A:x"] * MOST_LINES), "lines", MOST_LINES),
        (reply("COMMENT:" + "x" * MOST_IN_A_LINE), "line-bytes", MOST_IN_A_LINE),
    ],
)
def test_what_is_larger_than_a_reply_can_be_is_refused(content: bytes, what: str, most: int) -> None:
    assert refused(content) == (refusals.CalendarTooLarge, {"what": what, "most": most})


def test_an_address_is_the_same_however_it_is_written() -> None:
    said = reply(ATTENDEE="ATTENDEE;PARTSTAT=ACCEPTED:MailTo:%42ano@GILGIT.example", ORGANIZER=f"ORGANIZER:{OURS}")
    assert READER.read(said).attendee == BANO
