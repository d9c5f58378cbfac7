"""The one calendar in a mail is found, and whom the mail is from."""

import pytest

from services.exchange.adapters.icalendar.mail import MOST_BYTES, MOST_IN_A_HEADER, MOST_PARTS, calendar_of
from services.exchange.domain.consultations import calendar_refusals as refusals
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
    with pytest.raises(refusals.TooLarge) as caught:
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
