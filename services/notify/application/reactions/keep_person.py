"""Exchange tells of a person: notify keeps what it needs to write to them."""

from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.notify.application.erasures import Erased, nobody_was
from services.notify.application.ports import People


def keep_person(event: CloudEvent, person: PersonChanged, people: People, erased: Erased = nobody_was) -> None:
    """Keeps name, language, zone and address, unless a newer event has told of them already, or they were erased."""
    if not erased([person.person]):
        people.keep(event, person)
