"""Calendars to subscribe to: the bookings of a person, a site, a department or an agreement.

A person's own feed names everybody in their consultations, with addresses and links. The others are read by whoever is
given their address: they tell what, when and where, and have no e-mail address and no link in them.
"""

from collections.abc import Iterable
from hashlib import sha256

from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.blocks import Blocks
from services.exchange.adapters.icalendar.describing import Reader
from services.exchange.adapters.icalendar.events import Telling, vevents
from services.exchange.adapters.icalendar.feed_head import END, head
from services.exchange.adapters.icalendar.named import Named
from services.exchange.adapters.icalendar.visits import VisitReader, visit_event
from services.exchange.application.ports.calendar_files import (
    OF_PERSON,
    Feed,
    ListedConsultation,
    ListedVisit,
    Revision,
)

_WRITING = 3
"""Raised when feeds are written otherwise, so that nobody is told that the file they have still stands."""


class FeedFiles:
    """`Feeds` as iCalendar. It keeps up to `kept` bookings as they were last written, about 2 KB each."""

    def __init__(self, web_url: str, reply_address: str, kept: int = 10_000) -> None:
        self._office = Office.at(web_url, reply_address)
        self._blocks = Blocks(kept)

    def write(self, feed: Feed) -> bytes:
        """The whole file. It has no METHOD, because it invites nobody (RFC 5545, 3.7.2)."""
        named = Named(feed)
        consultations = (self._consultation(each, feed, named) for each in feed.consultations)
        visits = (self._visit(each, feed, named) for each in feed.visits)
        return b"".join([head(feed), *consultations, *visits, END])

    def tag(self, kind: str, subject: str, language: str, revisions: Iterable[Revision]) -> str:
        """Made of versions alone, without any document's content."""
        said = "\n".join(sorted(f"{each.id} {each.version}" for each in revisions))
        return f'"{sha256(f"{_WRITING} {kind} {subject} {language} {said}".encode()).hexdigest()[:32]}"'

    def _consultation(self, listed: ListedConsultation, feed: Feed, named: Named) -> bytes:
        of, private = listed.state, feed.kind == OF_PERSON
        told = Telling(self._office, feed.among, Reader(feed.language, feed.zone), listed.changed_at, private)
        key = (of.id, listed.version, listed.kept_by, feed.language, feed.zone, named.of_consultation(of, private))
        return self._blocks.of(key, lambda: vevents(of, told))

    def _visit(self, listed: ListedVisit, feed: Feed, named: Named) -> bytes:
        visit = listed.state
        key = (visit.id, listed.version, feed.kind == OF_PERSON, feed.language, named.of_visit(visit))
        reader = VisitReader(feed.language, goes=feed.kind == OF_PERSON)
        return self._blocks.of(key, lambda: [visit_event(listed, reader, feed.among, self._office)])
