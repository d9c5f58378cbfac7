"""AppointmentResponse: what a party of a visit, or a participant of a session, said."""

from services.exchange.adapters.fhir.participants import actor, contained, role
from services.exchange.adapters.fhir.parts import Json, instant, reference, resource
from services.exchange.application.ports.diary import Known
from services.exchange.domain.diary.meetings import Attendee, Meeting
from services.exchange.domain.diary.times import entry_name


def appointment_response(meeting: Meeting, attendee: Attendee, known: Known) -> Json:
    """`start` and `end` are there where another time is asked for."""
    instead = attendee.said.instead if attendee.said else None
    place = contained(attendee, known)
    return resource(
        "AppointmentResponse",
        entry_name(meeting, attendee),
        meeting.stamp,
        contained=[place] if place else None,
        appointment=reference("Appointment", meeting.name),
        start=instant(instead.begins, meeting.zone) if instead else None,
        end=instant(instead.ends, meeting.zone) if instead else None,
        participantType=[role(attendee)],
        actor=actor(attendee, known),
        participantStatus=attendee.said.status if attendee.said else attendee.status,
    )
