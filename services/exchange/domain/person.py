"""A person of the exchange. Exchange owns people; others keep copies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chassis.kernel.decision import Decision
from services.exchange.domain.directory_refusals import (
    BirthDateImpossible,
    NoPassport,
    NotADepartmentOfTheirs,
)
from services.exchange.domain.events import PersonChanged, PersonRegistered
from services.exchange.domain.passport import Passport, must_be_valid_on
from services.exchange.domain.site import must_be_a_zone

OLDEST = 120
"""Years."""


@dataclass(frozen=True)
class Person:
    """`passport_name` is the name as in the passport, `local_name` the one in the person's own script.

    `language` is the one that messages to them are written in, `languages` are those they speak (ISO 639 codes).
    `sex` is `female`, `male` or `unspecified`, as in the passport.
    """

    id: str
    passport_name: str
    local_name: str
    language: str
    zone: str
    email: str
    sites: tuple[str, ...]
    fields: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    home_department: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    passport: Passport | None = None


def register(person: Person, *, departments: Iterable[str], today: date) -> Decision[Person]:
    """A person joins. `departments`: those of the person's sites.

    Raises `UnknownZone`, `BirthDateImpossible`, `NotADepartmentOfTheirs`.
    """
    _must_be_possible(person, departments, today)
    return Decision(person, what="registered", events=(PersonRegistered(person),))


def change(person: Person, *, departments: Iterable[str], today: date, **state: Any) -> Decision[Person]:
    """Everything that is known of them but the passport, all of it; raises what `register` raises."""
    changed = replace(person, **state)
    _must_be_possible(changed, departments, today)
    return Decision(changed, what="changed", events=(PersonChanged(changed),))


def set_passport(person: Person, passport: Passport, *, today: date) -> Decision[Person]:
    """The passport they travel with from now on. Others hear that something changed. Raises `PassportExpired`."""
    must_be_valid_on(passport.expires_on, today)
    changed = replace(person, passport=passport)
    return Decision(changed, what="passport set", events=(PersonChanged(changed),))


def remove_passport(person: Person) -> Decision[Person]:
    """Its number is kept no more. Raises `NoPassport`."""
    passport_of(person)
    changed = replace(person, passport=None)
    return Decision(changed, what="passport removed", events=(PersonChanged(changed),))


def reveal_passport(person: Person, *, why: str) -> Decision[Person]:
    """Its number was shown to whoever asked; nothing changes but the history. Raises `NoPassport`."""
    passport_of(person)
    return Decision(person, what="passport revealed", why=why)


def reseal_passport(person: Person, sealed: str) -> Decision[Person]:
    """The same number under another key. Raises `NoPassport`."""
    passport = replace(passport_of(person), sealed=sealed)
    return Decision(replace(person, passport=passport), what="passport sealed under another key")


def passport_of(person: Person) -> Passport:
    """Raises `NoPassport`."""
    if person.passport is None:
        raise NoPassport(person=person.id)
    return person.passport


def _must_be_possible(person: Person, departments: Iterable[str], today: date) -> None:
    must_be_a_zone(person.zone)
    born = person.birth_date
    if born and (born > today or born.year < today.year - OLDEST):
        raise BirthDateImpossible(birth_date=born.isoformat(), today=today.isoformat())
    if person.home_department is not None and person.home_department not in departments:
        raise NotADepartmentOfTheirs(department=person.home_department, sites=list(person.sites))
