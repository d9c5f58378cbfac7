"""A visit or one session of a consultation, as an entry of the diary: nothing of patients, cases or passports."""

from dataclasses import dataclass
from datetime import datetime

from services.exchange.domain.diary.naming import role_name
from services.exchange.domain.visit import PENDING

VISIT, SESSION = "visit", "consultation"
BUSY, TENTATIVELY_BUSY, FREE = "busy", "busy-tentative", "free"


@dataclass(frozen=True)
class Stamp:
    """Which version of its document this is, when that was made and when it last changed."""

    version: int
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Span:
    """From `begins` to before `ends`, UTC: an hour that zones go through twice is none by their own clock."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Said:
    """What was answered, when, and the other time that it asks for, if it does."""

    status: str
    at: datetime
    instead: Span | None = None


@dataclass(frozen=True)
class Attendee:
    """Who or what takes part: a person for a site, or a party, which is a site, a department or a room there.

    `key` names them within the meeting. `role`: `visitor`, a consultation's role, a party of a visit, or `room`.
    `status`: `accepted`, `declined`, `tentative` or `needs-action`. `held`: the time that is kept free for the meeting.
    """

    key: str
    role: str
    status: str
    site: str | None
    person: str | None = None
    within: str | None = None
    required: bool = True
    said: Said | None = None
    held: Span | None = None


@dataclass(frozen=True)
class Meeting:
    """`name` is what it is called elsewhere, `booking` the document. `zone`: whose time is kept where it is
    booked; `begins` and `ends` are UTC, as a `Span` is.

    `status` is FHIR's word. `what` is a visit's kind. `declined_by`: the party for which it was called off.
    """

    name: str
    booking: str
    kind: str
    status: str
    what: str
    field: str
    zone: str
    begins: datetime
    ends: datetime
    sites: frozenset[str]
    attendees: tuple[Attendee, ...]
    stamp: Stamp
    urgent: bool = False
    declined_by: str | None = None

    @property
    def hold(self) -> str:
        """How firmly the time is kept of whoever's time is."""
        return TENTATIVELY_BUSY if self.status == PENDING else BUSY

    @property
    def changed_at(self) -> datetime:
        """When its booking last changed."""
        return self.stamp.changed_at

    def attendee(self, key: str) -> Attendee | None:
        return next((each for each in self.attendees if each.key == key), None)

    @property
    def people(self) -> frozenset[str]:
        return frozenset(each.person for each in self.attendees if each.person)

    @property
    def roles(self) -> frozenset[str]:
        """What those who take part are called, each at the site for which they do."""
        return frozenset(role_name(each.person, each.site) for each in self.attendees if each.person and each.site)
