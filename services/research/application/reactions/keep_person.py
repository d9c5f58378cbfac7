"""Exchange tells of a person: research keeps the name that its histories show, and where they work."""

from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.research.application.ports.copies import People


def keep_person(event: CloudEvent, person: PersonChanged, people: People) -> None:
    """Keeps both, unless a newer event has told of the person already."""
    people.keep(event, passport_name=person.passport_name, sites=person.sites)
