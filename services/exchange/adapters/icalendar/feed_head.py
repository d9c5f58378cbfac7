"""What stands before the bookings of a feed: its name, how often to ask again, and the zones of its times."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from icalendar import Calendar, Timezone, vDuration, vUri

from services.exchange.adapters.icalendar.addresses import PRODUCT
from services.exchange.adapters.icalendar.events import span
from services.exchange.adapters.icalendar.texts import plain
from services.exchange.adapters.icalendar.zones import timezone_of
from services.exchange.application.ports.calendar_files import OF_AGREEMENT, OF_DEPARTMENT, OF_PERSON, OF_SITE, Feed

ASK_AGAIN_AFTER = timedelta(hours=1)
COLOURS = {OF_PERSON: "teal", OF_SITE: "steelblue", OF_DEPARTMENT: "seagreen", OF_AGREEMENT: "goldenrod"}
END = b"END:VCALENDAR\r\n"


def head(feed: Feed) -> bytes:
    """Everything before the first booking. Names twice: as RFC 7986 has them, and as programs knew them before."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", plain(feed.name))
    calendar.add("X-WR-CALNAME", plain(feed.name))
    calendar.add("X-WR-TIMEZONE", feed.zone)
    calendar.add("COLOR", COLOURS[feed.kind])
    calendar.add("REFRESH-INTERVAL", vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(ASK_AGAIN_AFTER))
    if feed.source:
        calendar.add("SOURCE", vUri(feed.source), parameters={"VALUE": "URI"})
    for timezone in _timezones(feed):
        calendar.add_component(timezone)
    return bytes(calendar.to_ical()).removesuffix(END)


def _timezones(feed: Feed) -> Iterator[Timezone]:
    """One of each zone that is named, over all that is told in it."""
    spans: dict[str, tuple[datetime, datetime]] = {}
    for listed in feed.consultations:
        first, last = span(listed.state)
        known = spans.get(listed.state.zone, (first, last))
        spans[listed.state.zone] = min(first, known[0]), max(last, known[1])
    for zone, (first, last) in sorted(spans.items()):
        timezone = timezone_of(zone, first, last)
        if timezone:
            yield timezone
