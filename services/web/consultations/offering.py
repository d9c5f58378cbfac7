"""What the proposal form offers to choose from beside people: conditions, clocks, rooms, rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from services.web.asking import ask
from services.web.consultations.proposal_form import CASES
from services.web.consultations.roster import Roster, sites
from services.web.consultations.session_forms import lengths
from services.web.consultations.wishes import ProposalFields
from services.web.directory import ends_of
from services.web.forms import choices
from services.web.refusals import Known
from services.web.words import named, word

View = Mapping[str, Any]
SET_ASIDE = ("night", "holiday", "weekend")
"""Rules of each site that an urgent consultation may set aside."""


@dataclass(frozen=True)
class Offer(Roster):
    """`agreements`: those in effect, whole."""

    agreements: list[View]

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
        return Known(self.names, ends_of(self.sites.values()))

    def fill(self, form: ProposalFields) -> None:
        """Sets every choice of the form."""
        form.under.choices = choices(self.conditions)
        form.offer_zones(ends_of(self.sites.values()))
        form.minutes.choices = lengths()
        form.rooms.choices = choices(self._rooms())
        form.waived.choices = choices(self._rules())
        self.fill_rows(form)
        for number in range(1, CASES + 1):
            form[f"presenter-{number}"].choices = self.persons()

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
    agreements = [ask("exchange", "agreement", agreement_id=identity) for identity in in_effect]
    return Offer(sites(), ask("exchange", "people")["items"], agreements)
