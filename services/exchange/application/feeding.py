"""Putting a feed together from what the exchange knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.apart import apart
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.exchange.application.feed_memory import FeedMemory
from services.exchange.application.feed_tags import FeedTags, Tagged, TaggedFeed
from services.exchange.application.feed_told import LOOKS_BACK, Told, last_end
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.calendar_feeds import FeedLines
from services.exchange.application.ports.calendar_files import (
    OF_DEPARTMENT,
    OF_PERSON,
    OF_SITE,
    Directory,
    Feed,
    Feeds,
    ListedConsultation,
    ListedVisit,
    Revision,
)
from services.exchange.application.ports.diary import Diary
from services.exchange.application.ports.directory import People, Sites
from services.exchange.domain.calendar_address import CalendarAddress
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import took_place_with
from services.exchange.domain.consultations.inviting import taking_part
from services.exchange.domain.site import Site
from services.exchange.domain.words import Names

MOST = 2_000
"""Visits, and consultations."""


@dataclass(frozen=True)
class Subject:
    """Whose calendar it is. `names`: by language; `sites`: whose people may read it; `revisions`: of what says so."""

    names: Mapping[str, str]
    zone: str
    sites: frozenset[str]
    revisions: tuple[Revision, ...]


class Feeding:
    """Says whether a feed has changed and writes it."""

    def __init__(
        self,
        lines: FeedLines,
        diary: Diary,
        sites: Sites,
        people: People,
        agreements: Agreements,
        feeds: Callable[[], Feeds],
    ) -> None:
        self._lines, self._sites, self._people = lines, sites, people
        self._visits, self._consultations = FeedMemory(diary.visits), FeedMemory(diary.consultations)
        self._tags = FeedTags(lines.changed)
        self._agreements, self._open_feeds = agreements, feeds
        self._feeds: Feeds | None = None

    @property
    def feeds(self) -> Feeds:
        # Not before one is asked for; then always the same, which remembers what it has written.
        self._feeds = self._feeds or self._open_feeds()
        return self._feeds

    def subject(self, kind: str, subject: str) -> Subject:
        """Raises `Unknown`."""
        if kind == OF_PERSON:
            person = self._people.load(subject)
            names: Mapping[str, str] = {
                "en": person.state.passport_name,
                person.state.language: person.state.local_name,
            }
            return Subject(names, person.state.zone, frozenset(), _revisions(person))
        if kind == OF_SITE:
            site = self._sites.load(subject)
            return Subject(_by_language(site.state.names), site.state.zone, frozenset({subject}), _revisions(site))
        if kind == OF_DEPARTMENT:
            return self._department(subject)
        agreement = self._agreements.load(subject)
        partners = agreement.state.partners
        first = self._sites.load(partners[0])
        names, revisions = _by_language(agreement.state.names), _revisions(agreement, first)
        return Subject(names, first.state.zone, frozenset(partners), revisions)

    def told(self, address: CalendarAddress, now: datetime) -> Told:
        """What stands in the feed now. Of what was told before only the versions are read."""
        kind, subject, since = address.kind, address.subject, now - LOOKS_BACK
        visits = self._visits.of(self._lines.visits(kind, subject, since.date(), MOST))
        consultations = self._consultations.of(self._lines.consultations(kind, subject, MOST))
        return Told(
            tuple(
                ListedVisit(each.state, each.stamp.version, each.stamp.changed_at)
                for each in visits
                if each.state.planned_departure >= since.date()
            ),
            tuple(
                ListedConsultation(of, each.stamp.version, each.stamp.changed_at, None if of is each.state else subject)
                for each in consultations
                if (of := _concerns(each.state, subject) if kind == OF_PERSON else each.state) and last_end(of) >= since
            ),
        )

    def standing_tag(self, address: CalendarAddress, subject: Subject, now: datetime) -> str | None:
        """The tag, where it is sure without reading the feed that nothing has changed since this process read it."""
        return self._tags.standing(_feed(address), subject.revisions, now)

    def tag(self, address: CalendarAddress, subject: Subject, told: Told, now: datetime) -> str:
        """The same as long as nothing of what is told, nor of whom and what it names, has changed."""
        named = self._lines.named(told.people(private=address.kind == OF_PERSON), told.sites)
        versions = [*named, *told.revisions]
        tag = self.feeds.tag(address.kind, address.subject, address.language, [*subject.revisions, *versions])
        self._tags.remember(_feed(address), Tagged.now(tag, subject.revisions, versions, now, told.until))
        return tag

    def written(self, address: CalendarAddress, subject: Subject, told: Told, source: str) -> bytes:
        """The file. `source`: the address itself."""
        people = self._people.named(told.people(private=address.kind == OF_PERSON))
        feed = Feed(
            kind=address.kind,
            subject=address.subject,
            name=subject.names.get(address.language) or subject.names["en"],
            language=address.language,
            zone=subject.zone,
            consultations=told.consultations,
            visits=told.visits,
            among=Directory(people, self._sites.named(told.sites)),
            source=source,
        )
        return apart(self.feeds.write, feed)

    def _department(self, department: str) -> Subject:
        for found in self._sites.all():
            if names := _names_of(found.state, department):
                return Subject(names, found.state.zone, frozenset({found.id}), _revisions(found))
        raise Unknown(kind="department", id=department)


def _names_of(site: Site, department: str) -> Mapping[str, str] | None:
    """The department's, and its site's behind it."""
    found = next((each for each in site.departments if each.id == department), None)
    if found is None:
        return None
    here = _by_language(site.names)
    return {language: f"{name}, {here.get(language, here['en'])}" for language, name in found.names.items()}


def _feed(address: CalendarAddress) -> TaggedFeed:
    return TaggedFeed(address.kind, address.subject, address.language)


def _revisions(*loaded: Loaded[Any]) -> tuple[Revision, ...]:
    return tuple(Revision(each.id, each.version) for each in loaded)


def _by_language(names: Names) -> Mapping[str, str]:
    return {str(language): name for language, name in names.items()}


def _concerns(consultation: Consultation, person: str) -> Consultation | None:
    """What of it does: all where they take part, which a deputy does once they come; else what took place with them."""
    return consultation if person in taking_part(consultation) else took_place_with(consultation, person)
