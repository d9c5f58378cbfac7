"""A staff visit as an all-day VEVENT, from its planned arrival to its planned departure."""

from datetime import timedelta

from icalendar import Event

from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.attending import name_for
from services.exchange.adapters.icalendar.texts import plain
from services.exchange.adapters.icalendar.wording import field_in, say
from services.exchange.adapters.printing import name_in
from services.exchange.application.ports.calendar_files import OF_PERSON, Feed, ListedVisit
from services.exchange.domain.visit import CANCELLED, ENTERED_IN_ERROR, OPEN, Visit


def visit_event(listed: ListedVisit, feed: Feed, office: Office) -> Event:
    """Its days are calendar days at the host, wherever they are read. Its purpose is not told, nor any address."""
    visit = listed.state
    event = Event()
    event.add("UID", office.uid(visit.id))
    event.add("SEQUENCE", listed.version)
    event.add("DTSTAMP", listed.changed_at)
    event.add("DTSTART", visit.planned_arrival)
    # DTEND is the first day that is not part of it (RFC 5545, 3.6.1).
    event.add("DTEND", visit.planned_departure + timedelta(days=1))
    event.add("STATUS", _status(visit))
    field = field_in(visit.field, feed.language)
    event.add("SUMMARY", plain(say("visit", feed.language, host=_host(visit, feed), field=field)))
    event.add("DESCRIPTION", plain(_description(visit, feed)))
    event.add("LOCATION", plain(_place(visit, feed)))
    event.add("CATEGORIES", [plain(visit.field)])
    event.add("COLOR", "royalblue")
    # Who travels is away; who is visited has the day's hours.
    event.add("TRANSP", "OPAQUE" if feed.kind == OF_PERSON else "TRANSPARENT")
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
    names = [name_for(feed.among.people[each.person], feed.language) for each in visit.going]
    sending = name_in(feed.among.sites[visit.sending_site].names, feed.language)
    visitors = say("between", feed.language).join(names)
    return "\n".join([say("visitors", feed.language, names=visitors), say("from", feed.language, site=sending)])
