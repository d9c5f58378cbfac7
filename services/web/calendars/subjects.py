"""Whose calendars there are: what each is called, and which of them is offered to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectChoice

from chassis.kernel.actor import Actor
from services.web.asking import ask
from services.web.clients import Refused
from services.web.directory import name_of
from services.web.presentation import runs_the_programme
from services.web.words import named

View = Mapping[str, Any]


@dataclass(frozen=True)
class Subjects:
    """Sites, agreements and people as exchange lists them; empty for who may not look them up."""

    sites: Sequence[View]
    agreements: Sequence[View]
    people: Sequence[View]

    @cached_property
    def names(self) -> dict[str, str]:
        """What each is called in the page's language, by id; a department with its site behind it."""
        named_so = {each["id"]: named(each["names"]) for each in (*self.sites, *self.agreements)}
        people = {person["id"]: name_of(person) for person in self.people}
        return named_so | people | {each["id"]: called for site in self.sites for each, called in _departments(site)}

    def offered(self, actor: Actor) -> list[SelectChoice]:
        """The actor's own calendar first, then what their sites and their part in the programme lead to.

        Which of them they may read is for the exchange to say.
        """
        return [SelectChoice(actor.person, _("My own calendar")), *self._of_sites(actor), *self._of_agreements(actor)]

    def _of_sites(self, actor: Actor) -> Iterator[SelectChoice]:
        own = [site for site in self.sites if site["id"] in actor.sites] if runs_the_programme() else []
        for site in own:
            yield SelectChoice(site["id"], named(site["names"]), optgroup=_("Sites"))
        for site in own:
            for each, called in _departments(site):
                yield SelectChoice(each["id"], called, optgroup=_("Departments"))

    def _of_agreements(self, actor: Actor) -> Iterator[SelectChoice]:
        for agreement in self.agreements:
            if any(partner["id"] in actor.sites for partner in agreement["partners"]):
                yield SelectChoice(agreement["id"], named(agreement["names"]), optgroup=_("Agreements"))


def subjects() -> Subjects:
    """Asks exchange for all of them."""
    return Subjects(_listed("sites"), _listed("agreements"), _listed("people"))


def _listed(method: str) -> Sequence[View]:
    """Who has no role in the programme looks nothing up, and has a calendar all the same."""
    try:
        found: Sequence[View] = ask("exchange", method)["items"]
    except Refused:
        return ()
    return found


def _departments(site: View) -> Iterator[tuple[View, str]]:
    for each in site["departments"]:
        yield each, f"{named(each['names'])} · {named(site['names'])}"
