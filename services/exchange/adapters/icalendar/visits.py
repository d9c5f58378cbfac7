"""A staff visit as an all-day VEVENT, from its planned arrival to its planned departure."""

from datetime import timedelta

from icalendar import Event

from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.attending import name_for
from services.exchange.adapters.icalendar.values import day, number, put, text, utc, word
from services.exchange.adapters.icalendar.wording import field_in, say
from services.exchange.adapters.printing import name_in
from services.exchange.application.ports.calendar_files import OF_PERSON, Feed, ListedVisit
from services.exchange.domain.visit import CANCELLED, ENTERED_IN_ERROR, OPEN, Visit


def visit_event(listed: ListedVisit, feed: Feed, office: Office) -> Event:
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
    field = field_in(visit.field, feed.language)
    put(event, "SUMMARY", text(say("visit", feed.language, host=_host(visit, feed), field=field)))
    put(event, "DESCRIPTION", text(_description(visit, feed)))
    put(event, "LOCATION", text(_place(visit, feed)))
    put(event, "CATEGORIES", word(visit.field))
    put(event, "COLOR", word("royalblue"))
    # Who travels is away; who is visited has the day's hours.
    put(event, "TRANSP", word("OPAQUE" if feed.kind == OF_PERSON else "TRANSPARENT"))
    return event


def _status(visit: Visit) -> str:
    if visit.state in (CANCELLED, ENTERED_IN_ERROR):
        return "CANCELLED"
    return "TENTATIVE" if visit.state in OPEN else "CONFIRMED"


def _host(visit: Visit, feed: Feed) -> str:
    return name_in(feed.among.sites[visit.host_site].names, feed.language)


def _place(visit: Visit, feed: Feed) -> str:
    department = feed.among.sites[visit.host_site].department(visit.host_department)
    return say("place", feed.language, department=name_in(department.names, feed.language), host=_host(visit, feed))


def _description(visit: Visit, feed: Feed) -> str:
    people = feed.among.people
    names = [name_for(people[each.person], feed.language) for each in visit.going if each.person in people]
    sending = name_in(feed.among.sites[visit.sending_site].names, feed.language)
    visitors = say("between", feed.language).join(names)
    return "\n".join([say("visitors", feed.language, names=visitors), say("from", feed.language, site=sending)])
