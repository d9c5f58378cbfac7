"""The message on the wire: whole, threaded, addressed; and no value begins a header of its own."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from services.notify.adapters.mail_message import BadAddress, message_of, sender_of
from services.notify.application.ports import Invitation, Letter, Mail
from services.notify.domain.person import Person
from tests.unit.notify.samples import NOW, person

LETTER = Letter("已确定：您的访问", "text\n", "<p>متن</p>", "zh")
MAIL = Mail("ntf_0123", "vis_4567", person("per_guo", "zh", email="guo@hospital.example"), LETTER, NOW)
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:" + "会诊".encode() * 400 + b"\r\nEND:VCALENDAR\r\n"
INVITED = replace(MAIL, invitation=Invitation("REQUEST", "calendar@khunjerab.example", CALENDAR))
SENDER = sender_of("Khunjerab <noreply@khunjerab.example>")


def received(mail: Mail) -> EmailMessage:
    """The message as the other side reads it."""
    sent = message_of(mail, SENDER).as_bytes()
    parsed = message_from_bytes(sent, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_it_comes_through_as_it_was_meant() -> None:
    message = received(MAIL)
    assert message["Subject"] == LETTER.subject
    assert message["From"] == "Khunjerab <noreply@khunjerab.example>"
    assert str(message["To"]) == "郭明辉 <guo@hospital.example>"
    assert message["Content-Language"] == "zh"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Date"].datetime == NOW
    assert [(part.get_content_type(), part.get_content().strip()) for part in message.iter_parts()] == [
        ("text/plain", "text"),
        ("text/html", "<p>متن</p>"),
    ]


LONG_SUBJECTS = (
    "آپ کا دورہ طے ہو گیا: کاشغر پریفیکچر کا پہلا عوامی ہسپتال، 13–27 دسمبر 2026",
    "已确定：Shahida Bano 对喀什地区第一人民医院肝胆外科的访问，2026年12月13日至27日，共两位访问者",
    "Booked: Shahida Bano at First People's Hospital of Kashgar Prefecture, 13–27 Dec 2026",
)


@pytest.mark.parametrize("subject", LONG_SUBJECTS)
def test_a_long_subject_keeps_every_space(subject: str) -> None:
    mail = replace(MAIL, letter=replace(LETTER, subject=subject))
    assert received(mail)["Subject"] == subject
    head = message_of(mail, SENDER).as_bytes().partition(b"\r\nFrom")[0]
    assert max(len(line) for line in head.split(b"\r\n")) <= 78


def test_each_attempt_has_the_same_message_id() -> None:
    assert {received(replace(MAIL, letter=replace(LETTER, subject=text)))["Message-ID"] for text in "ab"} == {
        "<ntf_0123@khunjerab.example>"
    }


def test_mails_about_one_thing_hang_together() -> None:
    first, second = received(MAIL), received(replace(MAIL, id="ntf_89ab"))
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"] == first["In-Reply-To"] == "<vis_4567@khunjerab.example>"


@pytest.mark.parametrize("injected", ["\r\nBcc: all@x.example", "\nBcc: x", "\r\n\r\nbody", "\x00\x0bX", "\u2028Y: z"])
def test_no_value_begins_a_header_or_the_body(injected: str) -> None:
    to = Person("per_x", f"Name{injected}", "", "en", "UTC", "x@hospital.example")
    mail = replace(MAIL, to=to, letter=replace(LETTER, subject=f"Subject{injected}", language="en"))
    wanted = set(received(MAIL).keys())
    assert set(received(mail).keys()) == wanted
    assert received(mail)["To"].addresses[0].addr_spec == "x@hospital.example"
    assert len(received(mail)["To"].addresses) == 1


@pytest.mark.parametrize(
    "name", ["Ali, Zhang", 'The "Chief"', "a@b.example", "<x@y.example>", ";", "=?utf-8?q?x?=", ""]
)
def test_a_name_does_not_become_an_address(name: str) -> None:
    to = Person("per_x", name, "", "en", "UTC", "x@hospital.example")
    message = received(replace(MAIL, to=to, letter=replace(LETTER, language="en")))
    assert [each.addr_spec for each in message["To"].addresses] == ["x@hospital.example"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "x@",
        "@hospital.example",
        "x@hospital.example\r\nBcc: y@z.example",
        "x@hospital.example, y@z.example",
        "x y@hospital.example",
        "x" * 250 + "@hospital.example",
        '"x y"@hospital.example',
        "Name <x@hospital.example>",
        "x@hospital.example\x00",
    ],
)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        message_of(replace(MAIL, to=replace(MAIL.to, email=address)), SENDER)


def test_a_sender_may_have_a_name_or_none() -> None:
    assert (SENDER.display_name, SENDER.addr_spec) == ("Khunjerab", "noreply@khunjerab.example")
    assert str(sender_of("khunjerab@localhost")) == "Khunjerab <khunjerab@localhost>"
    with pytest.raises(BadAddress):
        sender_of("Khunjerab")


def test_an_invitation_is_text_html_and_calendar_and_once_more_a_file() -> None:
    message = received(INVITED)
    assert message.get_content_type() == "multipart/mixed"
    alternatives, attached = message.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    assert attached.get_content_disposition() == "attachment"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "DECLINECOUNTER"])
def test_the_calendar_part_names_its_method_and_charset(method: str) -> None:
    invitation = Invitation(method, "calendar@khunjerab.example", CALENDAR)
    alternatives = next(received(replace(MAIL, invitation=invitation)).iter_parts())
    *_, calendar = alternatives.iter_parts()
    assert dict(calendar["Content-Type"].params) == {"method": method, "charset": "UTF-8"}
    assert calendar.get_filename() is None


@pytest.mark.parametrize("content", [CALENDAR, b"BEGIN:VCALENDAR\r\nX:one\ntwo", b".\r\n.\r\n\r\n"])
def test_both_carry_the_very_bytes_on_lines_that_every_server_takes(content: bytes) -> None:
    mail = replace(MAIL, invitation=Invitation("REQUEST", "calendar@khunjerab.example", content))
    parts = [part for part in received(mail).walk() if part.get_content_subtype() in ("calendar", "ics")]
    assert [part.get_payload(decode=True) for part in parts] == [content, content]
    assert max(map(len, message_of(mail, SENDER).as_bytes().splitlines())) <= 998


def test_answers_to_an_invitation_go_where_it_says_and_to_other_mails_nowhere_else() -> None:
    assert str(received(INVITED)["Reply-To"]) == "calendar@khunjerab.example"
    assert received(INVITED)["From"] == "Khunjerab <noreply@khunjerab.example>"
    assert received(INVITED)["Content-Language"] == "zh"
    assert received(MAIL)["Reply-To"] is None


@pytest.mark.parametrize("address", ["", "nobody", "x@hospital.example\r\nBcc: y@z.example"])
def test_an_invitation_that_nobody_can_answer_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        message_of(replace(MAIL, invitation=Invitation("REQUEST", address, CALENDAR)), SENDER)


def test_links_and_ids_are_never_encoded_however_long() -> None:
    """Mail programs look for no encoded words in them (RFC 2047, 5), and show nothing to press."""
    link = f"https://khunjerab.example/pace/{'x' * 200}"
    sender = sender_of(f"noreply@{'department.' * 8}khunjerab.example")
    raw = message_of(replace(MAIL, letter=replace(LETTER, pace_link=link)), sender).as_bytes()
    lines = raw.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    assert f"List-Unsubscribe: <{link}>" in lines
    assert f"References: <vis_4567@{sender.domain}>" in lines


def test_what_is_no_plain_sign_is_still_encoded() -> None:
    odd = replace(MAIL, thread="vis_é", letter=replace(LETTER, pace_link="https://x.example/=?utf-8?q?x?=é"))
    assert message_of(odd, SENDER).as_bytes().isascii()
    assert received(odd)["In-Reply-To"] == "<vis_é@khunjerab.example>"
    assert b"=?utf-8?q?x?=" not in message_of(odd, SENDER).as_bytes()


def test_no_line_break_gets_into_a_header_that_nobody_types() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        message_of(replace(MAIL, thread="vis_\r\nBcc: x"), SENDER)
