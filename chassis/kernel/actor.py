"""Who asks."""

from dataclasses import dataclass

PROGRAMME_MANAGER = "programme-manager"
COORDINATOR = "coordinator"
VISITOR = "visitor"
OBSERVER = "observer"
ADMINISTRATOR = "administrator"

ROLES = frozenset({PROGRAMME_MANAGER, COORDINATOR, VISITOR, OBSERVER, ADMINISTRATOR})


@dataclass(frozen=True)
class Actor:
    """A person, what they are in the programme and the sites they belong to.

    `person` is a `per_…` id, or `None` for the system itself (a timer, an event).
    """

    person: str | None
    roles: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    @property
    def is_system(self) -> bool:
        return self.person is None

    def has(self, role: str, *, at: str | None = None) -> bool:
        """Whether the actor has the role, and belongs to the site `at` when one is named."""
        return role in self.roles and (at is None or at in self.sites)


SYSTEM = Actor(person=None)
"""The system itself: timers and event handlers act as this."""
