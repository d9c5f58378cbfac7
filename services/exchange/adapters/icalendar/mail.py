"""The calendar in a mail (RFC 6047), and whom the mail is from."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from chassis.mailbox import MOST_BYTES
from services.exchange.adapters.icalendar.senders import must_be_verified, sender_of
from services.exchange.application.ports.calendar_files import MailedCalendar
from services.exchange.domain.consultations.replies.refusals import (
    CalendarTooLarge,
    NoCalendarPart,
    SeveralCalendarParts,
)

MOST_PARTS, DEEPEST = 100, 8
MOST_IN_A_HEADER = 64 * 1024
"""The library's time for a header grows with the square of its length."""
ITSELF, ATTACHED = ("text/calendar",), ("application/ics", "application/calendar")
CHARSETS = frozenset(
    {
        *("utf-8", "us-ascii", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1252", "windows-1256"),
        *("gb2312", "gbk", "gb18030", "big5"),
    }
)
"""What mail is written in. Python knows more, and takes minutes over some of them (punycode, idna)."""


def calendar_of(raw: bytes, verified_by: str = "") -> MailedCalendar:
    """The one calendar of a message. `verified_by`: the mail server that has to vouch for the sender, if one has to.

    Raises `CalendarTooLarge`, `NoSender`, `UnverifiedSender`, `NoCalendarPart`, `SeveralCalendarParts`.
    Programs send the calendar as an alternative to the text, as an attachment, or both: two that are equal are one.
    """
    _must_be_of_a_size(raw)
    message = _message(raw)
    sender = sender_of(message)
    if verified_by:
        must_be_verified(message, sender, verified_by)
    parts = list(_parts(message))
    for types in (ITSELF, ATTACHED):
        found = {_content(part) for part in parts if part.get_content_type() in types}
        if len(found) > 1:
            raise SeveralCalendarParts(count=len(found))
        if found:
            return MailedCalendar(sender, found.pop())
    raise NoCalendarPart


def _must_be_of_a_size(raw: bytes) -> None:
    """Before the library takes it apart, however long that takes it. What of the body looks like a header is one."""
    if len(raw) > MOST_BYTES:
        raise CalendarTooLarge(what="bytes", most=MOST_BYTES)
    if raw.count(b"\n--") > 10 * MOST_PARTS:
        raise CalendarTooLarge(what="parts", most=10 * MOST_PARTS)
    length = 0
    for line in raw.split(b"\n"):
        length = len(line) + (length if line[:1] in (b" ", b"\t") else 0)
        if length > MOST_IN_A_HEADER:
            raise CalendarTooLarge(what="line-bytes", most=MOST_IN_A_HEADER)


def _message(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw)
    except RecursionError:
        # The library goes down into each part of a part.
        raise CalendarTooLarge(what="parts", most=DEEPEST) from None


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Every part, but not those of a message that is only forwarded."""
    if depth == DEEPEST:
        raise CalendarTooLarge(what="parts", most=DEEPEST)
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    inner = message.get_payload()
    if len(inner) > MOST_PARTS:
        raise CalendarTooLarge(what="parts", most=MOST_PARTS)
    for part in inner:
        if isinstance(part, Message):
            yield from _parts(part, depth + 1)


def _content(part: Message) -> bytes:
    """Decoded, and as UTF-8 whatever the part's charset was; one that is not known is left as it is."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset).encode() if charset in CHARSETS else content
    except UnicodeError:
        return content
