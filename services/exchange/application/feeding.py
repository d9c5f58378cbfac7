"""Putting a feed together from what the exchange knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.apart import apart
from chassis.kernel.errors import Unknown
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.calendar_feeds import FeedLine, FeedLines
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
from services.exchange.domain.consultations.inviting import taking_part
from services.exchange.domain.site import Site
from services.exchange.domain.words import Names

LOOKS_BACK = timedelta(days=90)
MOST = 2_000
"""Visits, and consultations."""


@dataclass(frozen=True)
class Subject:
    """Whose calendar it is. `names`: by language; `sites`: whose people may read it; `revision`: of what it is."""

    names: Mapping[str, str]
    zone: str
    sites: frozenset[str]
    revision: Revision


@dataclass(frozen=True)
class Written:
    """`changed_at`: when what is told last changed; nothing where nothing is told."""

    content: bytes
    changed_at: datetime | None


class Feeding:
    """Says whether a feed has changed without reading what it tells of, and writes it."""

    def __init__(
        self,
        lines: FeedLines,
        diary: Diary,
        sites: Sites,
        people: People,
        agreements: Agreements,
        feeds: Callable[[], Feeds],
    ) -> None:
        self._lines, self._diary, self._sites, self._people = lines, diary, sites, people
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
            return Subject(names, person.state.zone, frozenset(), Revision(person.id, person.version))
        if kind == OF_SITE:
            site = self._sites.load(subject)
            return Subject(
                _by_language(site.state.names), site.state.zone, frozenset({subject}), Revision(site.id, site.version)
            )
        if kind == OF_DEPARTMENT:
            return self._department(subject)
        agreement = self._agreements.load(subject)
        partners = agreement.state.partners
        zone = self._sites.load(partners[0]).state.zone
        names, revision = _by_language(agreement.state.names), Revision(agreement.id, agreement.version)
        return Subject(names, zone, frozenset(partners), revision)

    def lines(self, address: CalendarAddress, now: datetime) -> list[FeedLine]:
        return self._lines.lines(address.kind, address.subject, now - LOOKS_BACK, MOST)

    def tag(self, address: CalendarAddress, subject: Subject, lines: list[FeedLine]) -> str:
        """The same as long as nothing of what is told, nor of whom and what it names, has changed."""
        named = self._lines.revisions(_all(line.people for line in lines), _all(line.sites for line in lines))
        told = [Revision(line.id, line.version) for line in lines]
        revisions = [subject.revision, *named, *told]
        return self.feeds.tag(address.kind, address.subject, address.language, revisions)

    def written(self, address: CalendarAddress, subject: Subject, lines: list[FeedLine], source: str) -> Written:
        """Reads all that is told, and writes it."""
        visits = [
            ListedVisit(each.state, each.stamp.version, each.stamp.changed_at)
            for each in self._diary.visits(line.id for line in lines if line.id.startswith("vis_"))
        ]
        consultations = [
            ListedConsultation(each.state, each.stamp.version, each.stamp.changed_at)
            for each in self._diary.consultations(line.id for line in lines if line.id.startswith("con_"))
            if address.kind != OF_PERSON or _concerns(each.state, address.subject)
        ]
        feed = Feed(
            kind=address.kind,
            subject=address.subject,
            name=subject.names.get(address.language) or subject.names["en"],
            language=address.language,
            zone=subject.zone,
            consultations=consultations,
            visits=visits,
            among=self._named(consultations, visits),
            source=source,
        )
        moments = [*(each.changed_at for each in visits), *(each.changed_at for each in consultations)]
        return Written(apart(self.feeds.write, feed), max(moments, default=None))

    def _named(self, consultations: Iterable[ListedConsultation], visits: Iterable[ListedVisit]) -> Directory:
        """Whom and what these may name, as they were read: their lines may be older."""
        people, sites = set[str](), set[str]()
        for of in (each.state for each in consultations):
            people.update((of.organiser, *(who for each in of.participants for who in (each.person, *each.deputies))))
            sites.update(of.sites)
        for visit in (each.state for each in visits):
            people.update(visitor.person for visitor in visit.visitors)
            sites.update((visit.sending_site, visit.host_site))
        return Directory(self._people.named(sorted(people)), self._sites.named(sorted(sites)))

    def _department(self, department: str) -> Subject:
        for found in self._sites.all():
            if names := _names_of(found.state, department):
                zone, revision = found.state.zone, Revision(found.id, found.version)
                return Subject(names, zone, frozenset({found.id}), revision)
        raise Unknown(kind="department", id=department)


def _names_of(site: Site, department: str) -> Mapping[str, str] | None:
    """The department's, and its site's behind it."""
    found = next((each for each in site.departments if each.id == department), None)
    if found is None:
        return None
    here = _by_language(site.names)
    return {language: f"{name}, {here.get(language, here['en'])}" for language, name in found.names.items()}


def _by_language(names: Names) -> Mapping[str, str]:
    return {str(language): name for language, name in names.items()}


def _concerns(consultation: Consultation, person: str) -> bool:
    """Whether they take part; a deputy does once they come."""
    return person in taking_part(consultation)


def _all(parts: Iterable[frozenset[str]]) -> list[str]:
    return sorted(frozenset().union(*parts))
