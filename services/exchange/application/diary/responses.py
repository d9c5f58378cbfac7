"""What was said of appointments: by each participant of a session, and by each party of a visit."""

from collections.abc import Iterable

from chassis.kernel.errors import Unknown
from services.exchange.application.diary.appointments import meeting_named, meetings_named, meetings_of
from services.exchange.application.diary.desk import Desk, Found, page_of
from services.exchange.application.diary.sought import ID, Sought
from services.exchange.application.ports.diary import Resource
from services.exchange.domain.diary.meetings import Attendee, Meeting
from services.exchange.domain.diary.naming import role_name
from services.exchange.domain.diary.times import entry_name

STATUSES = ("accepted", "declined", "tentative", "needs-action", "completed", "in-process", "entered-in-error")
"""All that FHIR knows (participationstatus)."""
SYSTEM = "http://hl7.org/fhir/participationstatus"

Answered = tuple[Meeting, Attendee]


def read_response(name: str, desk: Desk) -> Resource:
    meeting, attendee = attended(name, desk)
    if attendee.said is None:
        raise Unknown(kind="AppointmentResponse", id=name[:64])
    return desk.rendering.response(meeting, attendee, desk.known([meeting]))


def attended(name: str, desk: Desk) -> Answered:
    """The meeting and the attendee whom a name leads to. Raises `Unknown`."""
    of_meeting, _, key = name.rpartition(".")
    meeting = meeting_named(of_meeting, desk)
    attendee = meeting.attendee(key)
    if attendee is None:
        raise Unknown(kind="entry", id=name[:64])
    return meeting, attendee


def search_responses(sought: Sought, desk: Desk) -> Found:
    """Those of appointments that the reader may see. Raises `InvalidParameter`, `ParameterNeeded`."""
    sought.must_have(ID, "appointment", "actor", "practitioner")
    statuses = sought.codes("part-status", SYSTEM, STATUSES)
    roles = sought.names("PractitionerRole", "actor", "practitioner")
    found = {
        name: (meeting, attendee)
        for name, meeting, attendee in _answered(desk.seen(_candidates(sought, desk)))
        if all(attendee.said and attendee.said.status in wanted for wanted in statuses)
        and all(_role(attendee) in wanted for wanted in roles)
        and all(meeting.name in wanted for wanted in sought.names("Appointment", "appointment"))
        and all(name in wanted for wanted in sought.all_of(ID))
    }
    keys, following = page_of(found, sought)
    known = desk.known(found[key][0] for key in keys)
    return Found([desk.rendering.response(*found[key], known) for key in keys], len(found), following)


def _answered(meetings: Iterable[Meeting]) -> list[tuple[str, Meeting, Attendee]]:
    return [(entry_name(each, by), each, by) for each in meetings for by in each.attendees if by.said]


def _candidates(sought: Sought, desk: Desk) -> list[Meeting]:
    if named := sought.names("Appointment", "appointment"):
        return meetings_named(named[0], desk)
    if ids := sought.all_of(ID):
        return meetings_named((each.rpartition(".")[0] for each in ids[0]), desk)
    return meetings_of(sought.names("PractitionerRole", "actor", "practitioner")[0], desk)


def _role(attendee: Attendee) -> str | None:
    return role_name(attendee.person, attendee.site) if attendee.person and attendee.site else None
