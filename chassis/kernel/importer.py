"""Whoever brings a file, or confirms what it would do: the work is done later, on their behalf."""

from dataclasses import dataclass

from chassis.kernel.actor import Actor


@dataclass(frozen=True)
class Importer:
    """With what they were when they asked; in order, so that the same people make the same document."""

    person: str | None
    roles: tuple[str, ...]
    sites: tuple[str, ...]

    @property
    def actor(self) -> Actor:
        """As they were then."""
        return Actor(self.person, frozenset(self.roles), frozenset(self.sites))


def importer(actor: Actor) -> Importer:
    """As they are now."""
    return Importer(actor.person, tuple(sorted(actor.roles)), tuple(sorted(actor.sites)))
