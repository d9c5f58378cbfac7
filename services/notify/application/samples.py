"""Messages that nobody gets, to be looked at."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from services.notify.domain.notification import Notification
from services.notify.domain.person import Person


class Samples(Protocol):
    """Notifications that nobody gets, for previews."""

    def purposes(self) -> Sequence[str]:
        """Every purpose that there is."""
        ...

    def of(self, purpose: str) -> Mapping[str, Notification]:
        """One for everything that its reader may be in the matter (`because`); none where nobody knows the purpose."""
        ...

    def read_by(self, notification: Notification, language: str) -> tuple[Person, Mapping[str, Person]]:
        """Its recipient as a reader of the language, and everybody whom it may name."""
        ...
