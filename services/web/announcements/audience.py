"""For whom something can be announced: the hospitals and fields to choose from, and what everything is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from chassis.kernel.actor import ADMINISTRATOR, Actor
from services.web.asking import panel
from services.web.directory import ends_of
from services.web.forms import choices
from services.web.times import End
from services.web.words import WORDS, named, word

View = Mapping[str, Any]


@dataclass(frozen=True)
class Directory:
    """Sites and people as exchange lists them; empty where it does not say."""

    sites: Sequence[View]
    people: Sequence[View]
    is_away: bool

    @cached_property
    def names(self) -> dict[str, str]:
        """What each site and person is called, by id."""
        return {each["id"]: named(each["names"]) for each in self.sites} | {
            each["id"]: each["passport_name"] for each in self.people
        }

    @property
    def ends(self) -> tuple[End, ...]:
        return ends_of(self.sites)

    def sites_for(self, actor: Actor, chosen: Iterable[str]) -> list[Any]:
        """Every site for administrators, for others their own; and what is chosen already, whatever it is."""
        offered = [each["id"] for each in self.sites if actor.has(ADMINISTRATOR) or each["id"] in actor.sites]
        return choices((each, self.names.get(each, each)) for each in dict.fromkeys([*offered, *chosen]))

    def fields(self, chosen: Iterable[str]) -> list[Any]:
        """The programme's fields and those that people work in, however they are written in capitals."""
        worked_in = (field for person in self.people for field in person["fields"])
        offered = {field.casefold(): field for field in [*WORDS["field"], *worked_in, *chosen]}
        return choices((field, word(field, "field")) for field in offered.values())


def directory() -> Directory:
    """Asks exchange, without which an announcement can still be written and sent."""
    sites, people = panel("exchange", "sites"), panel("exchange", "people")
    return Directory(_items(sites.content), _items(people.content), sites.is_away or people.is_away)


def _items(answer: Any) -> Sequence[View]:
    return answer["items"] if answer else ()
