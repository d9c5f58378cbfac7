"""Appointment: a visit, or a session of a consultation. Of free text nothing is told: no purpose, no title, no case."""

from services.exchange.adapters.fhir.participants import contained, participant
from services.exchange.adapters.fhir.parts import Json, given, instant, own_concept, reference, resource
from services.exchange.application.ports.diary import Known
from services.exchange.domain.diary.meetings import SESSION, Attendee, Meeting
from services.exchange.domain.diary.times import entry_name

DESCRIPTIONS = {"visit": "Staff visit", "consultation": "Online consultation"}
URGENT = 1
"""The highest of RFC 5545's priorities, which FHIR takes over."""


def appointment(meeting: Meeting, known: Known) -> Json:
    """`start` and `end` have the offset of where it is booked: a visit's days begin and end at the host's midnight."""
    places = [each for attendee in meeting.attendees if (each := contained(attendee, known))]
    return resource(
        "Appointment",
        meeting.name,
        meeting.stamp,
        contained=places,
        status=meeting.status,
        cancelationReason=_reason(meeting),
        serviceType=[own_concept("booking", meeting.what)],
        specialty=[given(text=meeting.field)],
        priority=URGENT if meeting.urgent else None,
        description=DESCRIPTIONS[meeting.kind],
        start=instant(meeting.begins, meeting.zone),
        end=instant(meeting.ends, meeting.zone),
        minutesDuration=_minutes(meeting),
        slot=[_slot(meeting, each) for each in meeting.attendees if each.held],
        created=instant(meeting.stamp.made_at, meeting.zone),
        participant=[participant(each, known) for each in meeting.attendees],
    )


def _reason(meeting: Meeting) -> Json | None:
    """Of what was written nothing is told, only which party declined."""
    return own_concept("declined-by", meeting.declined_by) if meeting.declined_by else None


def _minutes(meeting: Meeting) -> int | None:
    """A visit takes days, of which its `start` and `end` tell."""
    return int((meeting.ends - meeting.begins).total_seconds() // 60) if meeting.kind == SESSION else None


def _slot(meeting: Meeting, attendee: Attendee) -> Json:
    return reference("Slot", entry_name(meeting, attendee))
