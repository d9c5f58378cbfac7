"""A visit's entry as a file of its own, to be put into people's calendars, and to be taken out of them again.

It is published (RFC 5546, 3.2.1 and 4.1), not requested: nobody answers to a visit by calendar, since who answers for
which party is the agreement's business. So it has an ORGANIZER and no ATTENDEE, and programs show no buttons that would
lead nowhere. What was published is cancelled by the same UID with a higher SEQUENCE (4.1.3).
"""

from icalendar import Calendar

from services.exchange.adapters.icalendar.addresses import PRODUCT, Office, mailbox
from services.exchange.adapters.icalendar.values import put, word
from services.exchange.adapters.icalendar.visits import VisitReader, visit_event
from services.exchange.adapters.printing import name_in
from services.exchange.application.ports.calendar_files import Directory, ListedVisit


class PublishedVisits:
    """`VisitFiles` as iCalendar. UID, SEQUENCE and DTSTAMP are those of the entry in the feeds (`feeds`)."""

    def __init__(self, web_url: str, reply_address: str) -> None:
        self._office = Office.at(web_url, reply_address)

    def write(self, method: str, listed: ListedVisit, language: str, among: Directory, *, goes: bool) -> bytes:
        event = visit_event(listed, VisitReader(language, goes), among, self._office)
        if method == "CANCEL":
            # For who withdrew alone, too, while the visit stands.
            event["STATUS"] = word("CANCELLED")
        host = name_in(among.sites[listed.state.host_site].names, language)
        put(event, "ORGANIZER", mailbox(self._office.reply_address, host))
        calendar = Calendar()
        calendar.add("PRODID", PRODUCT)
        calendar.add("VERSION", "2.0")
        calendar.add("CALSCALE", "GREGORIAN")
        calendar.add("METHOD", method)
        calendar.add_component(event)
        return bytes(calendar.to_ical())
