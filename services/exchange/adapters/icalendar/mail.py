"""The calendar in a mail (RFC 6047), and whom the mail is from."""

from email.message import Message

from chassis.mailbox.opening import opened, parts
from services.exchange.adapters.icalendar.senders import must_be_verified, sender_of
from services.exchange.application.ports.calendar_files import MailedCalendar
from services.exchange.domain.consultations.replies.refusals import (
    CalendarTooLarge,
    NoCalendarPart,
    SeveralCalendarParts,
)

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
    message = opened(raw, CalendarTooLarge)
    sender = sender_of(message)
    if verified_by:
        must_be_verified(message, sender, verified_by)
    found_parts = list(parts(message, CalendarTooLarge))
    for types in (ITSELF, ATTACHED):
        found = {_content(part) for part in found_parts if part.get_content_type() in types}
        if len(found) > 1:
            raise SeveralCalendarParts(count=len(found))
        if found:
            return MailedCalendar(sender, found.pop())
    raise NoCalendarPart


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
