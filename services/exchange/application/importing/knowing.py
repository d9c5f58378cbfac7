"""Who and what a cell means: sites by their English name and country, people by e-mail; and how a cell names them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, TypeVar

from chassis.kernel.cells import writable
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Refusal, Unknown
from services.exchange.application.ports.directory import People, Sites
from services.exchange.domain.importing_rows import Row
from services.exchange.domain.person import Person
from services.exchange.domain.site import Department, Site
from services.exchange.domain.words import Names

LANGUAGES: tuple[Literal["en", "zh", "ur"], ...] = ("en", "zh", "ur")
Found = TypeVar("Found")
_WITH_COUNTRY = re.compile(r"(.*) \[([A-Z]{2})\]\Z", re.DOTALL)


class Ambiguous(Refusal):
    """More than one stored document answers to it. Facts: `kind`, `id`: what the cell says."""


class Known:
    """Sites and people by what a spreadsheet calls them, as they stood when this was made.

    `promised`: ids of people that the same file brings, by e-mail.
    """

    def __init__(self, sites: Sites, people: People, promised: Mapping[str, str] | None = None) -> None:
        self._sites = {each.id: each for each in sites.all()}
        self._people = {each.id: each for each in people.all()}
        self._called: dict[str, list[Loaded[Site]]] = defaultdict(list)
        for site in self._sites.values():
            self._called[writable(site.state.names["en"])].append(site)
        self._addressed: dict[str, list[Loaded[Person]]] = defaultdict(list)
        for person in self._people.values():
            self._addressed[person.state.email.casefold()].append(person)
        self._promised = dict(promised or {})
        self._coming = {person: email for email, person in self._promised.items() if person not in self._people}

    @property
    def sites(self) -> list[Loaded[Site]]:
        return list(self._sites.values())

    @property
    def people(self) -> list[Loaded[Person]]:
        return list(self._people.values())

    def site_by_id(self, site_id: str) -> Site | None:
        """The site of this id, if there is one."""
        return self._sites[site_id].state if site_id in self._sites else None

    def sites_called(self, english: str, country: str | None = None) -> list[Loaded[Site]]:
        """Those of this English name, in this country where one is given."""
        return [each for each in self._called.get(english, []) if country in (None, each.state.country)]

    def people_at(self, email: str) -> list[Loaded[Person]]:
        """Those who have this address, however it is capitalised."""
        return self._addressed.get(email.casefold(), [])

    def site(self, text: str) -> Loaded[Site]:
        """The site that a cell names: `Gilgit [PK]`, `Gilgit`, or its id. Raises `Unknown`, `Ambiguous`."""
        if text in self._sites:
            return self._sites[text]
        named = _WITH_COUNTRY.match(text)
        return _only("site", text, (self.sites_called(*named.groups()) if named else []) or self.sites_called(text))

    def site_text(self, site_id: str) -> str:
        """What a cell calls the site."""
        site = self._sites.get(site_id)
        if site is None or len(self.sites_called(writable(site.state.names["en"]), site.state.country)) != 1:
            return site_id
        return f"{site.state.names['en']} [{site.state.country}]"

    def person_id(self, text: str) -> str:
        """The person that a cell names by e-mail or id. Raises `Unknown`, `Ambiguous`."""
        if text in self._people:
            return text
        found = self.people_at(text)
        if not found and text.casefold() in self._promised:
            return self._promised[text.casefold()]
        return _only("person", text, found).id

    def person_text(self, person_id: str) -> str:
        """What a cell calls the person."""
        if person_id in self._coming:
            return self._coming[person_id]
        person = self._people.get(person_id)
        return person.state.email if person and len(self.people_at(person.state.email)) == 1 else person_id


def department_called(site: Site, english: str) -> Department | None:
    """The site's department of this English name, or id. Raises `Ambiguous`."""
    found = [each for each in site.departments if english in (writable(each.names["en"]), each.id)]
    return _only("department", english, found) if found else None


def names_in(row: Row, before: Names) -> dict[str, str]:
    """The names that a row gives, by language; of a language that has no column, the one that stands."""
    names = {language: row.cells.get(f"name_{language}", before.get(language, "")) for language in LANGUAGES}
    return {language: name for language, name in names.items() if name}


def name_cells(names: Names) -> dict[str, str]:
    """The same as cells."""
    return {f"name_{language}": name for language, name in names.items()}


def says_the_same(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether each cell of the row is as an export would write it."""
    return all(value == writable(cells.get(column, "")) for column, value in row.cells.items())


def _only(kind: str, text: str, found: list[Found]) -> Found:
    if not found:
        raise Unknown(kind=kind, id=text)
    if len(found) > 1:
        raise Ambiguous(kind=kind, id=text)
    return found[0]
