"""The one calendar in a mail is found, and whom the mail is from."""

import pytest

from chassis.mailbox import MOST_BYTES
from chassis.mailbox.opening import MOST_IN_A_HEADER, MOST_PARTS
from services.exchange.adapters.icalendar.mail import calendar_of
from services.exchange.adapters.icalendar.reading import ReplyFiles
from services.exchange.domain.consultations.replies import refusals
from tests.unit.exchange.given_consultation import REPLIES, WEBSITE
from tests.unit.exchange.given_mail import BANO, mailed, message, multipart, part
from tests.unit.exchange.given_replies import reply, written_by

PLAIN = ("text/plain; charset=utf-8", "7bit", b"Shahida Bano has accepted.")
HTML = ("text/html; charset=utf-8", "quoted-printable", b"<p>Shahida Bano has accepted.</p>")
CALENDAR = 'text/calendar; charset="utf-8"; method=REPLY'
WHO = f"Shahida Bano <{BANO}>"


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_the_calendar_is_an_alternative_to_the_text_as_outlook_has_it(encoding: str) -> None:
    content = written_by("Outlook")
    found = calendar_of(message(WHO, PLAIN, HTML, (CALENDAR, encoding, content), kind="alternative"))
    assert (found.sender, found.content.replace(b"\r\n", b"\n").strip()) == (
        BANO,
        content.replace(b"\r\n", b"\n").strip(),
    )


def test_the_calendar_is_there_twice_as_google_has_it() -> None:
    content = written_by("Google")
    inner = multipart(part(*PLAIN), part(CALENDAR, "8bit", content), kind="alternative", boundary="inner")
    attached = part('application/ics; name="invite.ics"', "base64", content)
    raw = f"From: {WHO}\r\n".encode() + multipart(inner, attached, kind="mixed")
    assert calendar_of(raw).content.strip() == content.strip()


def test_the_calendar_is_the_mail_itself() -> None:
    assert calendar_of(mailed(reply())).content == reply()


def test_an_attachment_alone_will_do() -> None:
    assert calendar_of(message(WHO, PLAIN, ("application/ics", "base64", reply()))).content == reply()


def test_another_charset_becomes_utf_8() -> None:
    content = reply("COMMENT:明天有手术")
    assert calendar_of(mailed(content.decode().encode("gb18030"), charset="gb18030")).content == content


def test_one_without_a_calendar_is_refused() -> None:
    with pytest.raises(refusals.NoCalendarPart):
        calendar_of(message(WHO, PLAIN, HTML, kind="alternative"))


def test_two_calendars_that_differ_are_refused() -> None:
    with pytest.raises(refusals.SeveralCalendarParts) as caught:
        calendar_of(message(WHO, (CALENDAR, "8bit", reply()), (CALENDAR, "8bit", reply(partstat="DECLINED"))))
    assert caught.value.facts == {"count": 2}


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (mailed(b"x" * MOST_BYTES), "bytes"),
        (message(WHO, PLAIN, (CALENDAR, "8bit", reply())) + b"\r\n--next" * 10 * MOST_PARTS, "parts"),
        (message(WHO, *[PLAIN] * (MOST_PARTS + 1)), "parts"),
        (b"X: " + b"x" * MOST_IN_A_HEADER + b"\r\n" + mailed(reply()), "line-bytes"),
        (b"X: x\r\n" + b" x\r\n" * MOST_IN_A_HEADER + mailed(reply()), "line-bytes"),
    ],
)
def test_a_mail_that_is_larger_than_one_with_a_reply_is_refused(raw: bytes, what: str) -> None:
    with pytest.raises(refusals.CalendarTooLarge) as caught:
        calendar_of(raw)
    assert caught.value.facts["what"] == what


def test_a_mail_that_only_forwards_a_reply_is_none() -> None:
    with pytest.raises(refusals.NoCalendarPart):
        calendar_of(message("khan@gilgit.example", PLAIN, ("message/rfc822", "8bit", mailed(reply()))))


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("bano@gilgit.example", BANO),
        ("<BANO@Gilgit.example>", BANO),
        ('"Bano, Shahida" <bano@gilgit.example>', BANO),
        ('"khan@gilgit.example" <bano@gilgit.example>', BANO),
        ('"Khan <khan@gilgit.example>" <bano@gilgit.example>', BANO),
        ("=?utf-8?B?2LTYp9uB2K/ZhyDYqNin2YbZiA==?= <bano@gilgit.example>", BANO),
        ("bano@gilgit.example (Shahida Bano)", BANO),
    ],
)
def test_the_sender_is_the_address_and_not_what_stands_before_it(sender: str, address: str) -> None:
    assert calendar_of(mailed(reply(), sender)).sender == address


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "Shahida Bano",
        "bano@gilgit.example, khan@gilgit.example",
        "Khan <khan@gilgit.example>, Bano <bano@gilgit.example>",
        "bano@gilgit.example <khan@gilgit.example>",
        "<khan@gilgit.example> bano@gilgit.example",
        "Group: bano@gilgit.example;",
        "bano@gilgit.example\r\nFrom: khan@gilgit.example",
        "bano@gilgit.example@elsewhere.example",
        f"{'x' * 1_000} <bano@gilgit.example>",
    ],
)
def test_a_mail_from_nobody_or_from_several_is_refused(sender: str) -> None:
    with pytest.raises(refusals.NoSender):
        calendar_of(mailed(reply(), sender))


PASSED = "mx.khunjerab.example; dkim=pass header.d=gilgit.example; dmarc=pass (p=REJECT) header.from=gilgit.example"


def verified(*results: str) -> bytes:
    headers = "".join(f"Authentication-Results: {each}\r\n" for each in results)
    return headers.encode() + mailed(reply())


def read(raw: bytes) -> str:
    return ReplyFiles(WEBSITE, REPLIES, "mx.khunjerab.example").read_mail(raw).sender


@pytest.mark.parametrize("results", [(PASSED,), (PASSED.replace("; ", ";\r\n\t"),), ("other.example; none", PASSED)])
def test_a_sender_for_whom_our_mail_server_vouches_is_believed(results: tuple[str, ...]) -> None:
    assert read(verified(*results)) == BANO


@pytest.mark.parametrize(
    "results",
    [
        (),
        (PASSED.replace("mx.khunjerab", "mx.elsewhere"),),
        (PASSED.replace("dmarc=pass", "dmarc=fail"),),
        (PASSED.replace("dmarc=pass", "x-dmarc=pass"),),
        (PASSED.replace("header.from=gilgit.example", "header.from=evil.example"),),
        (PASSED.replace("header.from=gilgit.example", ""),),
        ("mx.khunjerab.example; spf=fail (dmarc=pass header.from=gilgit.example)",),
        ('mx.khunjerab.example; spf=fail reason="no; dmarc=pass header.from=gilgit.example; no"',),
        ("mx.khunjerab.example; dmarc=fail header.from=gilgit.example", PASSED),
    ],
)
def test_another_is_refused(results: tuple[str, ...]) -> None:
    with pytest.raises(refusals.UnverifiedSender) as caught:
        read(verified(*results))
    assert caught.value.facts == {"sender": BANO, "by": "mx.khunjerab.example"}


def test_where_no_server_has_to_vouch_the_address_is_taken_as_it_is() -> None:
    assert ReplyFiles(WEBSITE, REPLIES).read_mail(verified()).reply.attendee == BANO
