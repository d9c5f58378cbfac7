"""What the proposal form offers to choose from: conditions, people, clocks, rooms, languages, rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectChoice

from services.web.asking import ask
from services.web.consultations.forms import lengths
from services.web.consultations.proposal_form import CASES, ROWS
from services.web.consultations.wishes import ProposalFields
from services.web.directory import ends_of
from services.web.forms import choices
from services.web.refusals import Known
from services.web.words import named, spoken, word

View = Mapping[str, Any]
SET_ASIDE = ("night", "holiday", "weekend")
"""Rules of each site that an urgent consultation may set aside."""


@dataclass(frozen=True)
class Offer:
    """`agreements`: those in effect, whole."""

    agreements: list[View]
    sites: Mapping[str, View]
    people: list[View]

    @cached_property
    def conditions(self) -> list[tuple[str, str]]:
        """Under what a consultation can be held."""
        return [
            (f"{agreement['id']}@{each['id']}", f"{word(each['field'], 'field')} · {named(agreement['names'])}")
            for agreement in self.agreements
            for each in agreement["conditions"]
            if each["kind"] == "consultation"
        ]

    @property
    def known(self) -> Known:
        """Names of everybody and everything that may be chosen, by id."""
        rooms = {room["id"]: named(room["names"]) for site in self.sites.values() for room in site["rooms"]}
        places = {identity: named(site["names"]) for identity, site in self.sites.items()}
        people = {person["id"]: person["passport_name"] for person in self.people}
        return Known({**people, **places, **rooms}, ends_of(self.sites.values()))

    def fill(self, form: ProposalFields) -> None:
        """Sets every choice of the form."""
        form.under.choices = choices(self.conditions)
        form.offer_zones(ends_of(self.sites.values()))
        form.minutes.choices = lengths()
        form.rooms.choices = choices(self._rooms())
        form.waived.choices = choices(self._rules())
        nobody, people = SelectChoice("", "—"), list(self._people())
        persons = [nobody, *choices(self._names())]
        pairs = choices([("", "—"), *self._pairs()])
        for number in range(1, ROWS + 1):
            person, _role, _comes, languages, deputy = form.rows_of(number)
            person.choices, languages.choices, deputy.choices = [nobody, *people], pairs, persons
        for number in range(1, CASES + 1):
            form[f"presenter-{number}"].choices = persons

    def _people(self) -> Iterator[SelectChoice]:
        """Everybody, for each of their sites, site by site."""
        for identity, site in self.sites.items():
            for person in self.people:
                if identity in person["sites"]:
                    yield SelectChoice(f"{person['id']}@{identity}", _called(person), optgroup=named(site["names"]))

    def _names(self) -> list[tuple[str, str]]:
        return [(person["id"], _called(person)) for person in self.people]

    def _pairs(self) -> list[tuple[str, str]]:
        """Every two languages that somebody speaks."""
        codes = sorted({code for person in self.people for code in person["languages"]})
        return [(f"{one} {other}", f"{spoken(one)} ↔ {spoken(other)}") for one, other in combinations(codes, 2)]

    def _rooms(self) -> Iterator[tuple[str, str]]:
        for identity, site in self.sites.items():
            for room in site["rooms"]:
                places = _("%(room)s, %(places)d places", room=named(room["names"]), places=room["places"])
                yield f"{identity}@{room['id']}", f"{named(site['names'])}: {places}"

    def _rules(self) -> Iterator[tuple[str, str]]:
        for identity, site in self.sites.items():
            for rule in SET_ASIDE:
                yield f"{rule}:{identity}", f"{word(rule, 'time-rule')}: {named(site['names'])}"


def offer() -> Offer:
    """Asks exchange for all of it."""
    listed = ask("exchange", "agreements")["items"]
    in_effect = [item["id"] for item in listed if item["state"] == "in-effect"]
    return Offer(
        [ask("exchange", "agreement", agreement_id=identity) for identity in in_effect],
        {site["id"]: site for site in ask("exchange", "sites")["items"]},
        ask("exchange", "people")["items"],
    )


def _called(person: View) -> str:
    return f"{person['passport_name']} · {person['local_name']}"
