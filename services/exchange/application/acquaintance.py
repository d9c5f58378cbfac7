"""People as a command names them."""

from chassis.kernel.errors import Unknown
from services.exchange.application.ports.directory import People
from services.exchange.domain.person import Person


def known(people: People, *ids: str) -> tuple[Person, ...]:
    """The people, in the order of their ids. Raises `Unknown` for the first that nobody registered."""
    named = people.named(ids)
    for person_id in ids:
        if person_id not in named:
            raise Unknown(kind="person", id=person_id)
    return tuple(named[person_id] for person_id in ids)
