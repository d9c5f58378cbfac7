"""A person of the exchange. Exchange owns people; others keep copies."""

from dataclasses import dataclass

from chassis.kernel.decision import Decision
from services.exchange.domain.events import PersonRegistered
from services.exchange.domain.site import must_be_a_zone


@dataclass(frozen=True)
class Person:
    """`passport_name` is the name as in the passport, `local_name` the one in the person's own script."""

    id: str
    passport_name: str
    local_name: str
    language: str
    zone: str
    email: str
    sites: tuple[str, ...]


def register(person: Person) -> Decision[Person]:
    """A person joins. Raises `UnknownZone`."""
    must_be_a_zone(person.zone)
    return Decision(person, what="registered", events=(PersonRegistered(person),))
