"""Invitations and what follows them (RFC 5546): REQUEST, CANCEL, DECLINECOUNTER.

They carry no VALARM: we send reminders ourselves, each at the hour that suits its reader.
"""

from dataclasses import replace
from datetime import datetime

from icalendar import Calendar, Event

from chassis.kernel.zones import zone_named
from services.exchange.adapters.icalendar.addresses import PRODUCT, Office
from services.exchange.adapters.icalendar.attending import attendees, organizer, uninvited
from services.exchange.adapters.icalendar.describing import Reader
from services.exchange.adapters.icalendar.events import Telling, bare, span, vevents
from services.exchange.adapters.icalendar.texts import plain
from services.exchange.adapters.icalendar.zones import timezone_of
from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.person import Person


class InvitationFiles:
    """`Invitations` as iCalendar. `reply_address`: where replies of mail programs go."""

    def __init__(self, web_url: str, reply_address: str) -> None:
        self._office = Office.at(web_url, reply_address)

    def request(self, of: Consultation, to: Person, among: Directory, at: datetime, *, briefly: bool = False) -> bytes:
        return _file("REQUEST", of, vevents(of, replace(self._telling(to, among, at), briefly=briefly)))

    def cancel(self, of: Consultation, to: Person, among: Directory, at: datetime, reason: str = "") -> bytes:
        told = self._telling(to, among, at)
        event = self._cancelled(of, told, reason)
        for attendee in attendees(of, among, to.language):
            event.add("ATTENDEE", attendee)
        return _file("CANCEL", of, [_when(event, of, of.sessions[0])])

    def cancel_session(
        self, of: Consultation, slot: datetime, to: Person, among: Directory, at: datetime, reason: str = ""
    ) -> bytes:
        session = of.session(slot)
        event = self._cancelled(of, self._telling(to, among, at), reason)
        event.add("RECURRENCE-ID", slot.astimezone(zone_named(of.zone)))
        for attendee in attendees(of, among, to.language, session):
            event.add("ATTENDEE", attendee)
        return _file("CANCEL", of, [_when(event, of, session)])

    def remove(self, of: Consultation, to: Person, among: Directory, at: datetime, reason: str = "") -> bytes:
        # Without STATUS: it is cancelled for this one attendee only (RFC 5546, 3.2.5).
        event = self._answering(of, self._telling(to, among, at), reason)
        event.add("ATTENDEE", uninvited(to, to.language))
        return _file("CANCEL", of, [_when(event, of, of.sessions[0])])

    def decline_counter(
        self, of: Consultation, slot: datetime | None, to: Person, among: Directory, at: datetime, reason: str = ""
    ) -> bytes:
        event = self._answering(of, self._telling(to, among, at), reason)
        event.add("ATTENDEE", uninvited(to, to.language))
        if slot:
            event.add("RECURRENCE-ID", slot.astimezone(zone_named(of.zone)))
        return _file("DECLINECOUNTER", of, [event])

    def _telling(self, to: Person, among: Directory, at: datetime) -> Telling:
        return Telling(self._office, among, Reader(to.language, to.zone), at)

    def _answering(self, of: Consultation, told: Telling, reason: str) -> Event:
        event = bare(of, told)
        event.add("ORGANIZER", organizer(of, told.office, told.among, told.reader.language))
        event.add("SUMMARY", plain(of.title))
        if reason:
            event.add("COMMENT", plain(reason))
        return event

    def _cancelled(self, of: Consultation, told: Telling, reason: str) -> Event:
        event = self._answering(of, told, reason)
        event.add("STATUS", "CANCELLED")
        return event


def _when(event: Event, of: Consultation, session: Session) -> Event:
    """Outlook shows nothing of a cancellation that does not say when it would have been."""
    zone = zone_named(of.zone)
    event.add("DTSTART", session.begins.astimezone(zone))
    event.add("DTEND", session.ends.astimezone(zone))
    return event


def _file(method: str, of: Consultation, events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    timezone = timezone_of(of.zone, *span(of))
    if timezone:
        calendar.add_component(timezone)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
