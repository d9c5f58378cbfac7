"""A staff visit as an all-day VEVENT, from its planned arrival to its planned departure."""

from dataclasses import dataclass
from datetime import timedelta

from icalendar import Event

from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.attending import name_for
from services.exchange.adapters.icalendar.values import day, number, put, text, utc, word
from services.exchange.adapters.icalendar.wording import field_in, say
from services.exchange.adapters.printing import name_in
from services.exchange.application.ports.calendar_files import Directory, ListedVisit
from services.exchange.domain.visit import CANCELLED, ENTERED_IN_ERROR, OPEN, Visit


@dataclass(frozen=True)
class VisitReader:
    """Who reads it: `language`; `goes`: one of the visitors."""

    language: str
    goes: bool


def visit_event(listed: ListedVisit, reader: VisitReader, among: Directory, office: Office) -> Event:
    """Its days are calendar days at the host, wherever they are read. Its purpose is not told, nor any address."""
    visit = listed.state
    event = Event()
    put(event, "UID", text(office.uid(visit.id)))
    put(event, "SEQUENCE", number(listed.version))
    put(event, "DTSTAMP", utc(listed.changed_at))
    put(event, "DTSTART", day(visit.planned_arrival))
    # DTEND is the first day that is not part of it (RFC 5545, 3.6.1).
    put(event, "DTEND", day(visit.planned_departure + timedelta(days=1)))
    put(event, "STATUS", word(_status(visit)))
    language, field = reader.language, field_in(visit.field, reader.language)
    put(event, "SUMMARY", text(say("visit", language, host=_host(visit, language, among), field=field)))
    put(event, "DESCRIPTION", text(_description(visit, language, among)))
    put(event, "LOCATION", text(_place(visit, language, among)))
    put(event, "CATEGORIES", word(visit.field))
    put(event, "COLOR", word("royalblue"))
    # Who travels is away; who is visited has the day's hours.
    put(event, "TRANSP", word("OPAQUE" if reader.goes else "TRANSPARENT"))
    return event


def _status(visit: Visit) -> str:
    if visit.state in (CANCELLED, ENTERED_IN_ERROR):
        return "CANCELLED"
    return "TENTATIVE" if visit.state in OPEN else "CONFIRMED"


def _host(visit: Visit, language: str, among: Directory) -> str:
    return name_in(among.sites[visit.host_site].names, language)


def _place(visit: Visit, language: str, among: Directory) -> str:
    department = among.sites[visit.host_site].department(visit.host_department)
    return say("place", language, department=name_in(department.names, language), host=_host(visit, language, among))


def _description(visit: Visit, language: str, among: Directory) -> str:
    people = among.people
    names = [name_for(people[each.person], language) for each in visit.going if each.person in people]
    sending = name_in(among.sites[visit.sending_site].names, language)
    visitors = say("between", language).join(names)
    return "\n".join([say("visitors", language, names=visitors), say("from", language, site=sending)])
