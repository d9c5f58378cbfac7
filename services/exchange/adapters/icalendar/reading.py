"""Reading what a calendar program answers: METHOD REPLY and COUNTER (RFC 5546, 3.2.3 and 3.2.7).

The file comes from a stranger. Its lines are taken apart by the library; that it is one reply, and a sane one, is
judged here. What the zones in it say of themselves is not believed: zones are known by name.
"""

from datetime import UTC, datetime
from urllib.parse import unquote

from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.envelope import Envelope, envelope_of
from services.exchange.adapters.icalendar.lines import Line
from services.exchange.adapters.icalendar.mail import calendar_of
from services.exchange.adapters.icalendar.moments import after, moment_of
from services.exchange.application.ports.calendar_files import MailedReply
from services.exchange.domain.consultations.quarters import must_be_on_the_quarter
from services.exchange.domain.consultations.replies.genuine import DELEGATED, STATUSES, CalendarReply
from services.exchange.domain.consultations.replies.refusals import (
    CounterWithoutTime,
    ForeignUid,
    ForgedReply,
    NoSuchMethod,
    NoSuchRange,
    NoSuchStatus,
    NotACalendar,
)
from services.exchange.domain.parties import TENTATIVE

REPLY, COUNTER = "REPLY", "COUNTER"
MOST_COMMENT = 1_000
"""Signs; of a longer remark the rest is cut off."""
MOST_SEQUENCE = 9
"""Digits."""


class ReplyFiles:
    """`ReplyReader` of iCalendar. `web_url` and `reply_address`: those that the invitations were written with.

    `verified_by`: the mail server that has to vouch for each sender; where it is empty, none has to.
    """

    def __init__(self, web_url: str, reply_address: str, verified_by: str = "") -> None:
        self._office = Office.at(web_url, reply_address)
        self._verified_by = verified_by

    def read_mail(self, raw: bytes) -> MailedReply:
        mailed = calendar_of(raw, self._verified_by)
        return MailedReply(mailed.sender, self.read(mailed.content))

    def read(self, content: bytes) -> CalendarReply:
        envelope = envelope_of(content)
        if envelope.method not in (REPLY, COUNTER):
            raise NoSuchMethod(method=envelope.method[:100])
        uid = envelope.one("UID").text
        consultation = self._office.document(uid)
        if not consultation or not consultation.startswith("con_"):
            raise ForeignUid(uid=uid[:200])
        attendee = self._attendee(envelope)
        status, delegate = _status(envelope.method, attendee)
        begins, ends = _times(envelope, uid) if envelope.method == COUNTER else (None, None)
        return CalendarReply(
            uid=uid,
            consultation=consultation,
            attendee=_address(attendee.value),
            status=status,
            delegate=delegate,
            dtstamp=moment_of(envelope.one("DTSTAMP")),
            sequence=_sequence(envelope.at_most_one("SEQUENCE")),
            recurrence_id=_slot(envelope.at_most_one("RECURRENCE-ID")),
            comment=_comment(envelope),
            begins=begins,
            ends=ends,
        )

    def _attendee(self, envelope: Envelope) -> Line:
        """The one who answers, to us."""
        organiser = _address(envelope.one("ORGANIZER").value)
        attendees = envelope.lines("ATTENDEE")
        if len(attendees) > 1:
            raise ForgedReply(why="several-attendees", attendee=_address(attendees[0].value)[:200])
        attendee = envelope.one("ATTENDEE")
        if organiser != self._office.reply_address.lower():
            raise ForgedReply(why="organiser", attendee=_address(attendee.value)[:200])
        return attendee


def _address(value: str) -> str:
    """Lower case, without `mailto:`, however that is written."""
    return unquote(value).strip().lower().removeprefix("mailto:").strip()


def _status(method: str, attendee: Line) -> tuple[str, str | None]:
    """What is answered, and to whom it is delegated. A counter-proposal is tentative, whatever it says of itself."""
    if method == COUNTER:
        return TENTATIVE, None
    status = attendee.parameters.get("PARTSTAT", "").lower()
    if status not in STATUSES:
        raise NoSuchStatus(status=status[:100])
    if status != DELEGATED:
        return status, None
    return status, _address(attendee.parameters.get("DELEGATED-TO", "").strip('"'))


def _sequence(line: Line | None) -> int:
    """0 where there is none (RFC 5545, 3.8.7.4)."""
    if line is None:
        return 0
    if not (line.value.isascii() and line.value.isdigit() and len(line.value) <= MOST_SEQUENCE):
        raise NotACalendar(why="line", line=f"SEQUENCE:{line.value[:50]}")
    return int(line.value)


def _times(envelope: Envelope, uid: str) -> tuple[datetime, datetime]:
    begin, end, length = (envelope.at_most_one(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if begin is None or (end is None and length is None):
        raise CounterWithoutTime(uid=uid)
    begins = moment_of(begin)
    ends = moment_of(end) if end else after(begins, length) if length else begins
    if ends <= begins:
        raise CounterWithoutTime(uid=uid)
    for moment in (begins, ends):
        must_be_on_the_quarter(moment.astimezone(UTC))
    return begins, ends


def _comment(envelope: Envelope) -> str:
    """All remarks, one below the other."""
    return "\n".join(line.text.strip() for line in envelope.lines("COMMENT"))[:MOST_COMMENT]


def _slot(line: Line | None) -> datetime | None:
    """Of one session: RANGE=THISANDFUTURE (RFC 5545, 3.2.13) would be read as that one alone."""
    if line and "RANGE" in line.parameters:
        raise NoSuchRange(range=line.parameters["RANGE"][:100])
    return moment_of(line) if line else None
