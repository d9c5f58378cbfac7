"""A person of the exchange. Exchange owns people; others keep copies."""

from dataclasses import dataclass
from datetime import date

from chassis.kernel.decision import Decision
from services.exchange.domain.events import PersonRegistered
from services.exchange.domain.site import must_be_a_zone


@dataclass(frozen=True)
class Passport:
    """A passport as it may be kept: `sealed` is the number encrypted; nobody reads it by looking here."""

    sealed: str
    last_four: str
    expires_on: date


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


def register(person: Person) -> Decision[Person]:
    """A person joins. Raises `UnknownZone`."""
    must_be_a_zone(person.zone)
    return Decision(person, what="registered", events=(PersonRegistered(person),))
