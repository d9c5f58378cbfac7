"""What people's own calendars are told, as files, and what those calendars answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.replies.genuine import CalendarReply
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit

OF_PERSON, OF_SITE, OF_DEPARTMENT, OF_AGREEMENT = "person", "site", "department", "agreement"


@dataclass(frozen=True)
class Directory:
    """Everybody and every site that a file may have to name, by id: participants, their deputies, the organiser."""

    people: Mapping[str, Person]
    sites: Mapping[str, Site]


class Invitations(Protocol):
    """Each answers one iCalendar object, in the language of `to`, written at `at`; `Refusal`s do not occur."""

    def request(self, of: Consultation, to: Person, among: Directory, at: datetime, *, briefly: bool = False) -> bytes:
        """METHOD:REQUEST: the consultation as it stands, new or anew.

        `briefly`: sessions that differ from their series name the chair alone; the series names everybody.
        """
        ...

    def cancel(self, of: Consultation, to: Person, among: Directory, at: datetime, reason: str = "") -> bytes:
        """METHOD:CANCEL of the whole consultation."""
        ...

    def cancel_session(
        self, of: Consultation, slot: datetime, to: Person, among: Directory, at: datetime, reason: str = ""
    ) -> bytes:
        """METHOD:CANCEL of one session. Raises `NoSuchSession`."""
        ...

    def remove(self, of: Consultation, to: Person, among: Directory, at: datetime, reason: str = "") -> bytes:
        """METHOD:CANCEL for `to` alone, who takes part no longer; it goes on without them."""
        ...

    def decline_counter(
        self, of: Consultation, slot: datetime | None, to: Person, among: Directory, at: datetime, reason: str = ""
    ) -> bytes:
        """METHOD:DECLINECOUNTER: the time that `to` asked for, for one session or all, is not taken."""
        ...


@dataclass(frozen=True)
class Revision:
    """Which version of a document a feed tells of: enough to see whether the feed has changed."""

    id: str
    version: int


@dataclass(frozen=True)
class ListedConsultation:
    """`changed_at`: when this version was decided. `kept_by`: who takes part no longer, and is told what took place."""

    state: Consultation
    version: int
    changed_at: datetime
    kept_by: str | None = None


@dataclass(frozen=True)
class ListedVisit:
    state: Visit
    version: int
    changed_at: datetime


@dataclass(frozen=True)
class Feed:
    """The bookings of a person, site, department or agreement (`kind`). `name`: the subject's, in `language`.

    `source`: the feed's own address.
    """

    kind: str
    subject: str
    name: str
    language: str
    zone: str
    consultations: Sequence[ListedConsultation] = ()
    visits: Sequence[ListedVisit] = ()
    among: Directory = field(default_factory=lambda: Directory({}, {}))
    source: str = ""


class VisitFiles(Protocol):
    def write(self, method: str, listed: ListedVisit, language: str, among: Directory, *, goes: bool) -> bytes:
        """One iCalendar object, PUBLISH or CANCEL, of the visit as it is listed. `goes`: its reader is a visitor."""
        ...


class Feeds(Protocol):
    def write(self, feed: Feed) -> bytes: ...

    def tag(self, kind: str, subject: str, language: str, revisions: Iterable[Revision]) -> str:
        """The strong ETag, in quotes, of a feed that tells of these versions: bookings, people, sites and all."""
        ...


@dataclass(frozen=True)
class MailedReply:
    """`sender`: the address that the mail is from, lower case."""

    sender: str
    reply: CalendarReply


class ReplyReader(Protocol):
    """Each raises what `replies.refusals` names, `UnknownZone` and `NotOnTheQuarter`."""

    def read(self, content: bytes) -> CalendarReply:
        """A REPLY or COUNTER."""
        ...

    def read_mail(self, raw: bytes) -> MailedReply:
        """The one in a message (RFC 5322)."""
        ...


@dataclass(frozen=True)
class MailedCalendar:
    """`sender`: the address of From, lower case. `content`: the calendar as UTF-8."""

    sender: str
    content: bytes


OpenMail = Callable[[bytes], MailedCalendar]
"""The one calendar of a message (RFC 5322).

Raises `CalendarTooLarge`, `NoSender`, `NoCalendarPart`, `SeveralCalendarParts`.
"""
