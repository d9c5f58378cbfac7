"""Who may be named as somebody who takes part, and for which hospital."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Self

from wtforms import SelectChoice

from services.web.asking import ask
from services.web.clients import Refused
from services.web.consultations.reading import ConsultationPage
from services.web.consultations.rows_form import RowsForm
from services.web.forms import choices
from services.web.words import named, spoken

View = Mapping[str, Any]


@dataclass(frozen=True)
class Roster:
    """`sites`: by id; `people`: as the directory lists them."""

    sites: Mapping[str, View]
    people: list[View]

    @property
    def names(self) -> dict[str, str]:
        """Names of everybody and everything that may be chosen, by id."""
        rooms = {room["id"]: named(room["names"]) for site in self.sites.values() for room in site["rooms"]}
        places = {identity: named(site["names"]) for identity, site in self.sites.items()}
        people = {person["id"]: person["passport_name"] for person in self.people}
        return {**people, **places, **rooms}

    def fill_rows(self, form: RowsForm) -> None:
        """Sets every choice in the form's rows."""
        people = [SelectChoice("", "—"), *self._people()]
        pairs, persons = choices([("", "—"), *self._pairs()]), self.persons()
        for number in range(1, form.rows + 1):
            person, _role, _comes, languages, *deputies = form.row(number)
            person.choices, languages.choices = people, pairs
            for deputy in deputies:
                deputy.choices = persons

    def persons(self) -> list[SelectChoice]:
        """Everybody, and nobody."""
        return choices([("", "—"), *((person["id"], _called(person)) for person in self.people)])

    def with_those_of(self, page: ConsultationPage) -> Self:
        """So that whoever takes part now can be chosen as they do, whatever the directory says of them today."""
        people = {person["id"]: person for person in self.people}
        for each in page.consultation["participants"]:
            for deputy in each["deputies"]:
                people.setdefault(deputy["person"], _met(deputy["person"], deputy["name"]))
            people[each["person"]] = _taking_part(people.get(each["person"]), each)
        own = {site["id"]: {**site, "rooms": []} for site in page.consultation["sites"]}
        return replace(self, sites={**own, **self.sites}, people=list(people.values()))

    def _people(self) -> Iterator[SelectChoice]:
        """Everybody, for each of their sites, site by site."""
        for identity, site in self.sites.items():
            for person in self.people:
                if identity in person["sites"]:
                    yield SelectChoice(f"{person['id']}@{identity}", _called(person), optgroup=named(site["names"]))

    def _pairs(self) -> list[tuple[str, str]]:
        """Every two languages that somebody speaks."""
        codes = sorted({code for person in self.people for code in person["languages"]})
        return [(f"{one} {other}", f"{spoken(one)} ↔ {spoken(other)}") for one, other in combinations(codes, 2)]


def roster(page: ConsultationPage) -> Roster:
    """Asks exchange for everybody; who may not look them up chooses among those who take part already."""
    try:
        everybody = Roster(sites(), ask("exchange", "people")["items"])
    except Refused:
        everybody = Roster(page.sites, [])
    return everybody.with_those_of(page)


def sites() -> dict[str, View]:
    """Every site by id."""
    return {site["id"]: site for site in ask("exchange", "sites")["items"]}


def _taking_part(known: View | None, participant: View) -> View:
    person = known or _met(participant["person"], participant["name"])
    return {
        **person,
        "sites": _together(person["sites"], [participant["site"]]),
        "languages": _together(person["languages"], participant["languages"]),
    }


def _met(identity: str, name: str | None) -> View:
    return {"id": identity, "passport_name": name or identity, "local_name": "", "sites": [], "languages": []}


def _together(known: Iterable[str], more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*known, *more]))


def _called(person: View) -> str:
    return " · ".join(name for name in (person["passport_name"], person["local_name"]) if name)
