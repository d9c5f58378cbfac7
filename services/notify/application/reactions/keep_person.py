"""Exchange tells of a person: notify keeps what it needs to write to them."""

from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.notify.application.ports import People


def keep_person(event: CloudEvent, person: PersonChanged, people: People) -> None:
    """Keeps name, language, zone and address, unless a newer event has told of the person already."""
    people.keep(event, person)
