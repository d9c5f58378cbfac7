"""How people want to be told, on MongoDB."""

from collections.abc import Iterable
from typing import Any

from pymongo.collection import Collection

from chassis.store import DocumentStore
from services.notify.adapters.shapes import PREFERENCES_SHAPE
from services.notify.domain.preferences import Preferences, preferences_id, usual


class PreferenceStore(DocumentStore[Preferences]):
    """`PreferencesOfPeople` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, PREFERENCES_SHAPE)

    def of(self, people: Iterable[str]) -> dict[str, Preferences]:
        ids = {person: preferences_id(person) for person in people}
        said = self.named(ids.values())
        return {person: said.get(identity) or usual(person) for person, identity in ids.items()}
