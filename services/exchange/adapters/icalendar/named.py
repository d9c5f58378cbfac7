"""What of people and sites stands in an entry: when it changes, the entry is another one, though its version is not."""

from collections.abc import Hashable

from services.exchange.adapters.printing import name_in
from services.exchange.application.ports.calendar_files import Feed
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import every_site_of, everybody_in
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit


class Named:
    """Of everybody and every site that a feed may have to name, looked at once."""

    def __init__(self, feed: Feed) -> None:
        self._people = {key: _of_person(person) for key, person in feed.among.people.items()}
        self._sites = {key: _of_site(site, feed.language) for key, site in feed.among.sites.items()}

    def of_consultation(self, of: Consultation, private: bool) -> Hashable:
        """Sites, and people where the entry names them."""
        sites = tuple(self._sites[site] for site in every_site_of(of))
        if not private:
            return sites
        return sites, tuple(self._people.get(person) for person in everybody_in(of))

    def of_visit(self, visit: Visit) -> Hashable:
        sites = tuple(self._sites[site] for site in (visit.sending_site, visit.host_site))
        return sites, tuple(self._people.get(each.person) for each in visit.going)


def _of_person(person: Person) -> Hashable:
    return person.passport_name, person.local_name, person.language, person.email


def _of_site(site: Site, language: str) -> Hashable:
    rooms = tuple((room.id, name_in(room.names, language)) for room in site.rooms)
    departments = tuple((each.id, name_in(each.names, language)) for each in site.departments)
    return name_in(site.names, language), site.zone, rooms, departments
