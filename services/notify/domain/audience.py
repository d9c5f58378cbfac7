"""Whom an announcement is for."""

from dataclasses import dataclass

from services.notify.domain.person import Person


@dataclass(frozen=True)
class Audience:
    """People of any of the `sites` who work in any of the `fields`; where one of them is empty, it asks for nothing."""

    sites: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def has(self, person: Person) -> bool:
        """Whether somebody is among them. How a field is written in capitals does not matter."""
        of_site = not self.sites or not set(self.sites).isdisjoint(person.sites)
        return of_site and (not self.fields or not _folded(self.fields).isdisjoint(_folded(person.fields)))

    @property
    def because(self) -> str:
        """What its people are in the matter."""
        if self.sites:
            return "announced-to-site"
        return "announced-to-field" if self.fields else "announced-to-all"


def _folded(fields: tuple[str, ...]) -> set[str]:
    return {field.strip().casefold() for field in fields}
