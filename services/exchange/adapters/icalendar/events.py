"""A consultation as VEVENTs: one alone, or a series and what differs from it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from icalendar import Event, vUri

from chassis.kernel.zones import zone_named
from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.attending import attendees, organizer
from services.exchange.adapters.icalendar.describing import Reader, description, location
from services.exchange.adapters.icalendar.series import Series, series_of
from services.exchange.adapters.icalendar.values import at, number, put, text, utc, word
from services.exchange.adapters.icalendar.wording import say
from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.ending import as_it_met
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.visit import CANCELLED, ENTERED_IN_ERROR

URGENT, USUAL = 1, 5
"""PRIORITY: 1 is the highest, 5 the middle (RFC 5545, 3.8.1.9)."""


@dataclass(frozen=True)
class Telling:
    """How a consultation is told. `at`: the DTSTAMP.

    `private`: to people who take part, with everybody's address and the link; what others read has neither.
    `briefly`: sessions that differ from their series name the chair alone, for the file to be of a size.
    """

    office: Office
    among: Directory
    reader: Reader
    at: datetime
    private: bool = True
    briefly: bool = False


def vevents(of: Consultation, told: Telling) -> list[Event]:
    """The consultation as it stands. One session alone is one event at its time, wherever it was first to be."""
    if len(of.sessions) == 1 and not of.recurrence:
        return [whole(of, of.sessions[0], told)]
    series = series_of(of)
    return [_master(of, series, told), *(occurrence(of, session, told) for session in series.different)]


def whole(of: Consultation, session: Session, told: Telling) -> Event:
    """One that is over with those who were to meet in it, where they were."""
    met = as_it_met(of, session)
    event = _timed(met, session.begins, session.ends, told)
    _say(event, met, (session,), told, session.link)
    _name_people(event, met, told, session)
    return event


def occurrence(of: Consultation, session: Session, told: Telling) -> Event:
    """One session of a series, named by its slot."""
    event = whole(of, session, told)
    event.add("RECURRENCE-ID", session.slot.astimezone(zone_named(of.zone)))
    return event


def bare(of: Consultation, told: Telling) -> Event:
    """What every event of a consultation has."""
    event = Event()
    put(event, "UID", text(told.office.uid(of.id)))
    put(event, "SEQUENCE", number(of.sequence))
    put(event, "DTSTAMP", utc(told.at))
    return event


def status(of: Consultation) -> str:
    if of.state in (CANCELLED, ENTERED_IN_ERROR):
        return "CANCELLED"
    return "TENTATIVE" if of.state in OPEN else "CONFIRMED"


def _timed(of: Consultation, begins: datetime, ends: datetime, told: Telling) -> Event:
    event = bare(of, told)
    put(event, "DTSTART", at(begins, of.zone))
    put(event, "DTEND", at(ends, of.zone))
    put(event, "STATUS", word(status(of)))
    return event


def _master(of: Consultation, series: Series, told: Telling) -> Event:
    zone = zone_named(of.zone)
    event = _timed(of, series.first, series.first + series.length, told)
    _say(event, of, of.sessions, told, series.link)
    _name_people(event, of, told)
    if series.rule:
        event.add("RRULE", series.rule)
    for name, slots in (("EXDATE", series.left_out), ("RDATE", series.added)):
        if slots:
            event.add(name, [slot.astimezone(zone) for slot in slots])
    return event


def _say(event: Event, of: Consultation, sessions: tuple[Session, ...], told: Telling, link: str) -> None:
    """What people read."""
    link = quote(link, safe="%:/?#[]@!$&'()*+,;=-._~") if told.private else ""
    put(event, "SUMMARY", text(of.title))
    put(event, "DESCRIPTION", text(description(of, sessions, told.reader, told.among, link)))
    put(event, "CATEGORIES", word(of.field))
    put(event, "PRIORITY", number(URGENT if of.urgent else USUAL))
    put(event, "COLOR", word("crimson" if of.urgent else "teal"))
    if rooms := location(of, told.reader, told.among):
        put(event, "LOCATION", text(rooms))
    if link:
        put(event, "URL", vUri(link))
        label = say("conference", told.reader.language)
        put(event, "CONFERENCE", vUri(link, params={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": label}))


def _name_people(event: Event, of: Consultation, told: Telling, session: Session | None = None) -> None:
    if not told.private:
        return
    language = told.reader.language
    put(event, "ORGANIZER", organizer(of, told.office, told.among, language))
    briefly = told.briefly and session is not None
    for attendee in attendees(of, told.among, language, session, briefly=briefly):
        put(event, "ATTENDEE", attendee)


def span(of: Consultation) -> tuple[datetime, datetime]:
    """The first and the last moment that any of its events names."""
    return min(min(each.slot, each.begins) for each in of.sessions), max(each.ends for each in of.sessions)
