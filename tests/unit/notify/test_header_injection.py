"""Whatever people type: a mail has exactly the headers and the parts that it was meant to have, each once.

Judged by the library's parser of today and by its older one, which take different liberties.
"""

from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.notify.adapters.mail_message import BadAddress, message_of, sender_of
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.ports import Invitation, Letter, Mail
from services.notify.application.ports import Message as ToWrite
from services.notify.domain.person import Person
from services.notify.domain.telling import PURPOSES
from tests.unit.notify.samples import NOW, one_of_each_purpose, people_around

SENDER = sender_of("Khunjerab <noreply@khunjerab.example>")
WRITER = TemplateWriter("https://khunjerab.example")
EACH = one_of_each_purpose()
HEADERS = [
    *(
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
    ),
    *("MIME-Version", "Content-Type", "Content-Language"),
]
ADDRESS, OFFICE = "fatima@hospital.example", "calendar@khunjerab.example"

PIECES = [
    *("\r\n", "\n", "\r", "\r\n\r\n", "\n ", "\r\n\t", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"),
    *("\r\nBcc: all@evil.example", "\nSubject: other", "\r\n\r\n<script>", "\r\n.\r\nMAIL FROM:<x@evil.example>\r\n"),
    *("=?utf-8?q?=0D=0ABcc:_all@evil.example?=", "=?utf-8?b?DQpCY2M6IHg=?=", "=?", "?=", "=?utf-16?b?AAA?="),
    *("\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\ufeff", "\u200b", "\ud800", "\udfff", "\U000e0001"),
    *('"', "\\", "<", ">", ",", ";", ":", "(", ")", "@", "[", "]", "<all@evil.example>", ", all@evil.example"),
    *("Fatima", " ", "فاطمہ", "郭明辉", "\U0001f600", "x" * 1_200, "ے" * 400, "--", "\t", "%(x)s", "{{ 7*7 }}", "’"),
]
typed = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=6), max_size=8).map("".join)
"""What somebody types: mostly traps."""
languages = st.sampled_from(["en", "zh", "ur"])


def raw_of(mail: Mail) -> bytes:
    return message_of(mail, SENDER).as_bytes()


def checked(raw: bytes, parts: list[str], *, reply_to: str = "") -> EmailMessage:
    """The message as its receiver reads it. Fails where it is not exactly what was meant."""
    assert raw.isascii()
    assert b"\x00" not in raw
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    today, before = message_from_bytes(raw, policy=policy.default), message_from_bytes(raw, policy=policy.compat32)
    wanted = [*HEADERS, *(["Reply-To"] if reply_to else [])]
    for read in (today, before):
        assert sorted(read.keys()) == sorted(wanted)
        assert [part.get_content_type() for part in read.walk()] == parts
        assert not any(part.defects for part in read.walk())
    assert isinstance(today, EmailMessage)
    assert [each.addr_spec for each in today["From"].addresses] == [SENDER.addr_spec]
    return today


ALTERNATIVES = ["multipart/alternative", "text/plain", "text/html"]
INVITED = ["multipart/mixed", *ALTERNATIVES, "text/calendar", "application/ics"]


@given(subject=typed, name=typed, local=typed, language=languages, text=typed)
@example(
    subject="=?utf-8?q?=0D=0ABcc:_x@evil.example?=", name="=?utf-8?b?DQpCY2M6IHg=?=", local="", language="en", text=""
)
@example(subject="x" * 5_000, name="y" * 5_000, local="", language="en", text="z" * 5_000)
@example(subject="", name="\r\nBcc: all@evil.example" * 4, local="", language="en", text="")
@example(subject="\ud800", name="\ud800", local="郭\udfff", language="zh", text="\ud800")
def test_no_name_and_no_title_begins_a_header_an_address_or_a_part(
    subject: str, name: str, local: str, language: str, text: str
) -> None:
    to = Person("per_x", name, local, language, "UTC", ADDRESS)
    read = checked(raw_of(Mail("ntf_0", "vis_1", to, Letter(subject, text, text, language), NOW)), ALTERNATIVES)
    assert [each.addr_spec for each in read["To"].addresses] == [ADDRESS]
    for shown in (str(read["Subject"]), read["To"].addresses[0].display_name):
        assert not set(shown) & set("\r\n\x00\u202e\u2066\u2028\ud800")
        assert "=?" not in shown


@example(address="x" * 1_200 + "@hospital.example")
@example(address='""@hospital.example')
@given(address=typed | st.builds("{}@hospital.example{}".format, typed, typed))
def test_an_address_reaches_one_mailbox_or_nobody(address: str) -> None:
    to = Person("per_x", "Fatima", "", "en", "UTC", address)
    mail = Mail("ntf_0", "vis_1", to, Letter("Hello", "text", "text", "en"), NOW)
    try:
        raw = raw_of(mail)
    except BadAddress:
        return
    (read,) = checked(raw, ALTERNATIVES)["To"].addresses
    assert read.addr_spec == address or not address.isascii()


@given(reply_to=typed, file=typed)
def test_an_invitation_is_answered_to_one_mailbox_or_not_sent(reply_to: str, file: str) -> None:
    to = Person("per_x", "Fatima", "", "en", "UTC", ADDRESS)
    content = file.encode("utf-8", "surrogatepass")
    mail = Mail("ntf_0", "con_1", to, Letter("Hello", "text", "text", "en"), NOW)
    try:
        raw = raw_of(replace(mail, invitation=Invitation("REQUEST", reply_to, content)))
    except BadAddress:
        raw = raw_of(replace(mail, invitation=Invitation("REQUEST", OFFICE, content)))
    read = checked(raw, INVITED, reply_to=OFFICE)
    assert len(read["Reply-To"].addresses) == 1
    assert [part.get_payload(decode=True) for part in read.walk() if "calendar" in part.get_content_type()] == [content]


@pytest.mark.parametrize("purpose", PURPOSES)
@settings(max_examples=8)
@given(data=st.data())
def test_nothing_that_an_event_tells_does_either(purpose: str, data: st.DataObject) -> None:
    words, language = data.draw(typed), data.draw(languages)
    notification = EACH[purpose]
    notification = replace(
        notification, cause=replace(notification.cause, facts=retyped(notification.cause.facts, words))
    )
    reader = Person(notification.recipient, words, words, language, "Asia/Karachi", ADDRESS)
    people = {each: replace(reader, id=each) for each in people_around(notification, reader)}
    letter = WRITER.letter(ToWrite(notification, reader, people))
    checked(raw_of(Mail(notification.id, notification.about, reader, letter, NOW)), ALTERNATIVES)


TYPED_IN_EVENTS = frozenset({"purpose", "title", "reason", "text", "what", "names", "en", "zh", "ur", "link", "words"})


def retyped(facts: Any, words: str, name: str = "") -> Any:
    """The facts with everything in them that people type replaced."""
    if isinstance(facts, Mapping):
        return {key: retyped(value, words, key) for key, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [retyped(each, words, name) for each in facts]
    return words if isinstance(facts, str) and name in TYPED_IN_EVENTS else facts


def test_the_check_itself_sees_what_is_too_much() -> None:
    injected = b"Bcc: all@evil.example\r\n" + raw_of(
        Mail("ntf_0", "vis_1", Person("per_x", "F", "", "en", "UTC", ADDRESS), Letter("S", "t", "h", "en"), NOW)
    )
    with pytest.raises(AssertionError):
        checked(injected, ALTERNATIVES)
    assert isinstance(message_from_bytes(injected), Message)
