"""What commands about people are made of."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from chassis.commands import Command, EmailAddress, Line
from contracts.words import DepartmentId, Language, SiteId
from services.exchange.application.commands.site_parts import Fields, SpokenLanguages
from services.exchange.application.ports.directory import Sites


def _only_text(value: object) -> object:
    # A number would be taken for seconds since 1970.
    if isinstance(value, date | str):
        return value
    raise ValueError("a day is written as text, like 1970-12-31")


BirthDate = Annotated[date, BeforeValidator(_only_text)]
Sex = Literal["female", "male", "unspecified"]
"""As in the passport: F, M or X (ICAO Doc 9303, part 4)."""


class Particulars(Command):
    """What is known of a person, with the name as in the passport and the name in their own script."""

    passport_name: Line
    local_name: Line
    language: Language
    zone: Line
    email: EmailAddress
    sites: Annotated[tuple[SiteId, ...], Field(min_length=1, max_length=20)]
    fields: Fields = ()
    languages: SpokenLanguages = ()
    home_department: DepartmentId | None = None
    birth_date: BirthDate | None = None
    sex: Sex | None = None

    def state(self) -> dict[str, Any]:
        """The particulars alone, as `Person` has them."""
        return {name: getattr(self, name) for name in Particulars.model_fields}


def departments_of(site_ids: tuple[str, ...], sites: Sites) -> frozenset[str]:
    """Ids of all departments of these sites."""
    return frozenset(department.id for site in sites.named(site_ids).values() for department in site.departments)
