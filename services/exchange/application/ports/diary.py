"""Where the diary is read: visits, consultations, people and sites with their stamps; and what writes it for others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.diary.meetings import Attendee, Meeting, Stamp
from services.exchange.domain.diary.times import Time
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit

State = TypeVar("State")
Resource = dict[str, Any]
"""One entry as others read it: JSON values."""


@dataclass(frozen=True)
class Entry(Generic[State]):
    """A document with its stamp."""

    stamp: Stamp
    state: State


@dataclass(frozen=True)
class VisitLine:
    """As much of a visit as tells whether a search means it."""

    id: str
    state: str
    host_site: str
    arrival: date
    changed_at: datetime


@dataclass(frozen=True)
class ConsultationLine:
    """As much of a consultation as tells whether a search means it.

    Its sessions are without answers, and their rosters name sites alone.
    """

    id: str
    state: str
    sites: frozenset[str]
    zone: str
    sessions: tuple[Session, ...]
    changed_at: datetime


class Diary(Protocol):
    """What is booked. Of what does not exist nothing is answered. No order is promised."""

    def visit_lines(self, sites: Iterable[str], first: date | None, last: date | None, limit: int) -> list[VisitLine]:
        """Visits from or to the sites that are to begin from `first` to `last`, both included; at most `limit`.

        So many and no fewer are answered only where there may be more.
        """
        ...

    def consultation_lines(
        self, sites: Iterable[str], first: datetime | None, last: datetime | None, limit: int
    ) -> list[ConsultationLine]:
        """Those of the sites, now or when a session ended, with a session from `first` to `last`; at most `limit`.

        Perhaps some others, too. So many and no fewer are answered only where there may be more.
        """
        ...

    def visits(self, ids: Iterable[str]) -> list[Entry[Visit]]: ...

    def consultations(self, ids: Iterable[str]) -> list[Entry[Consultation]]: ...

    def people(self, ids: Iterable[str]) -> list[Entry[Person]]: ...

    def sites(self, ids: Iterable[str]) -> list[Entry[Site]]: ...

    def visits_of(self, person: str) -> list[Entry[Visit]]:
        """Those on which the person goes, or was to go."""
        ...

    def consultations_of(self, person: str) -> list[Entry[Consultation]]:
        """Those in which the person takes part, or may have to in somebody's place; or did, or might have had to."""
        ...


@dataclass(frozen=True)
class Known:
    """The people and sites that are named."""

    people: Mapping[str, Person]
    sites: Mapping[str, Site]


@dataclass(frozen=True)
class Page:
    """A page of what was found, as resources. `base`: the address under which each is read.

    `asked`: the parameters that were heeded. `total`: how many there are. `following`: where the next page begins.
    """

    base: str
    type: str
    asked: Sequence[tuple[str, str]]
    resources: Sequence[Resource]
    total: int
    following: str | None = None


class Rendering(Protocol):
    """Writes the diary in another system's terms."""

    def appointment(self, meeting: Meeting, known: Known) -> Resource: ...

    def response(self, meeting: Meeting, attendee: Attendee, known: Known) -> Resource:
        """What the attendee said of the meeting; they have said something."""
        ...

    def schedule(self, person: Entry[Person], site: Site) -> Resource: ...

    def slot(self, time: Time) -> Resource: ...

    def site(self, site: Entry[Site]) -> Resource: ...

    def department(self, site: Entry[Site], department: str) -> Resource: ...

    def role(self, person: Entry[Person], site: Site) -> Resource: ...

    def bundle(self, page: Page) -> Resource: ...

    def capabilities(self, base: str, parameters: Mapping[str, Sequence[str]]) -> Resource:
        """What can be asked. `parameters`: by type, those that narrow a search."""
        ...
