"""Appointments: each visit, and each session of a consultation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from chassis.kernel.errors import Unknown
from services.exchange.application.diary.desk import Desk, Found, page_of
from services.exchange.application.diary.sought import ID, LAST_UPDATED, Sought
from services.exchange.application.ports.diary import ConsultationLine, Resource, VisitLine
from services.exchange.domain.consultations.ending import sites_at
from services.exchange.domain.diary.conferring import session_name, status_of
from services.exchange.domain.diary.dates import Dates, fits, is_open, window_of
from services.exchange.domain.diary.meetings import Meeting
from services.exchange.domain.diary.naming import moment_of, name_of, read, role_in
from services.exchange.domain.diary.refusals import TooManyFound
from services.exchange.domain.permissions.diary import must_see

MOST = 5000
"""How many visits, and how many consultations, one search looks through."""
STATUSES = (
    "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in",
    "waitlist",
)  # fmt: skip
"""All that FHIR knows (appointmentstatus); nothing here is ever `checked-in`."""
SYSTEM = "http://hl7.org/fhir/appointmentstatus"
_A_DAY = timedelta(days=1)


class Listed(Protocol):
    """As much of a meeting as a search looks at."""

    @property
    def name(self) -> str: ...
    @property
    def booking(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def begins(self) -> datetime: ...
    @property
    def changed_at(self) -> datetime: ...


@dataclass(frozen=True)
class Line:
    """A `Listed` of a meeting that is not loaded."""

    name: str
    booking: str
    status: str
    zone: str
    begins: datetime
    changed_at: datetime


def booking_of(name: str) -> str:
    """The visit or consultation that an appointment's name leads to. Raises `Unknown`."""
    return read(name, "con", rest=1).document if name.startswith("con-") else read(name, "vis", rest=0).document


def meeting_named(name: str, desk: Desk) -> Meeting:
    """Raises `Unknown`, also for a meeting that the reader may not see."""
    meeting = next((each for each in desk.booked([booking_of(name)]) if each.name == name), None)
    if meeting is None:
        raise Unknown(kind="Appointment", id=name[:64])
    must_see(desk.actor, meeting)
    return meeting


def meetings_of(roles: Iterable[str], desk: Desk) -> list[Meeting]:
    """All meetings of the people whom these names lead to, at whichever site; a name that leads to nobody has none."""
    people = {name.document for each in roles if (name := role_in(each))}
    found = {meeting.name: meeting for person in people for meeting in desk.of_person(person)}
    return list(found.values())


def meetings_named(names: Iterable[str], desk: Desk) -> list[Meeting]:
    """The meetings of these names, whoever may see them; a name that leads to none is left out."""
    wanted = frozenset(names)
    return [each for each in desk.booked(_bookings(wanted)) if each.name in wanted]


def read_appointment(name: str, desk: Desk) -> Resource:
    meeting = meeting_named(name, desk)
    return desk.rendering.appointment(meeting, desk.known([meeting]))


def search_appointments(sought: Sought, desk: Desk) -> Found:
    """Those that the reader may see, in the order of their beginning. Raises `InvalidParameter`, `TooManyFound`."""
    dates, changes = sought.dates("date"), sought.dates(LAST_UPDATED)
    statuses = sought.codes("status", SYSTEM, STATUSES)
    candidates: Sequence[Listed] = _named_candidates(sought, desk) if _is_named(sought) else _lines(dates, desk)
    found = {
        f"{moment_of(each.begins)}.{each.name}": each
        for each in candidates
        if all(each.status in wanted for wanted in statuses)
        and fits(dates, each.begins, each.zone)
        and fits(changes, each.changed_at, each.zone)
    }
    keys, following = page_of(found, sought)
    wanted = [found[key].name for key in keys]
    whole = {each.name: each for each in desk.booked(found[key].booking for key in keys)}
    page = [whole[name] for name in wanted if name in whole]
    known = desk.known(page)
    return Found([desk.rendering.appointment(each, known) for each in page], len(found), following)


def _is_named(sought: Sought) -> bool:
    return bool(sought.all_of(ID, "actor", "practitioner"))


def _named_candidates(sought: Sought, desk: Desk) -> list[Meeting]:
    names, roles = sought.all_of(ID), sought.names("PractitionerRole", "actor", "practitioner")
    loaded = meetings_named(names[0], desk) if names else meetings_of(roles[0], desk)
    return [
        meeting
        for meeting in desk.seen(loaded)
        if all(meeting.name in each for each in names) and all(meeting.roles & set(each) for each in roles)
    ]


def _bookings(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            yield booking_of(name)
        except Unknown:
            continue


def _lines(dates: Dates, desk: Desk) -> list[Line]:
    """Raises `TooManyFound`."""
    own, (first, last) = desk.own, window_of(dates)
    if first > last:
        return []
    since, until = (None if is_open(edge) else edge for edge in (first, last))
    days = (since and (since - _A_DAY).date(), until and (until + _A_DAY).date())
    visits = desk.diary.visit_lines(own, *days, MOST)
    consultations = desk.diary.consultation_lines(own, since, until, MOST)
    if MOST in (len(visits), len(consultations)):
        raise TooManyFound(type="Appointment", most=MOST)
    of_visits = [_of_visit(each, desk) for each in visits]
    return of_visits + [line for each in consultations for line in _of_sessions(each, own)]


def _of_visit(line: VisitLine, desk: Desk) -> Line:
    host = desk.sites[line.host_site]
    begins = host.begin_of(line.arrival).astimezone(UTC)
    return Line(name_of(line.id), line.id, line.state, host.zone, begins, line.changed_at)


def _of_sessions(line: ConsultationLine, own: frozenset[str]) -> Iterator[Line]:
    for session in line.sessions:
        if own & sites_at(session, line.sites):
            status = status_of(line.state, session)
            yield Line(session_name(line.id, session), line.id, status, line.zone, session.begins, line.changed_at)
