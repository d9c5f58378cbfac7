"""Copies of people, as the exchange tells of them."""

from collections.abc import Iterable
from typing import Any

from pymongo.collection import Collection

from chassis.copies import Copies
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.notify.domain.person import Person


class PeopleCopies:
    """`People` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        self._copies = Copies(collection)

    def keep(self, event: CloudEvent, person: PersonChanged) -> bool:
        return self._copies.keep(event, person.model_dump(mode="json", exclude={"person"}))

    def named(self, ids: Iterable[str]) -> dict[str, Person]:
        return {person: _person(copy) for person, copy in self._copies.of(ids).items()}

    def everybody(self) -> list[Person]:
        return [_person(copy) for copy in self._copies.all()]


def _person(copy: dict[str, Any]) -> Person:
    return Person(
        id=copy["_id"],
        passport_name=copy["passport_name"],
        local_name=copy["local_name"],
        language=copy["language"],
        zone=copy["zone"],
        email=copy["email"],
        # Copies made before these were told have none.
        sites=tuple(copy.get("sites", ())),
        fields=tuple(copy.get("fields", ())),
    )
