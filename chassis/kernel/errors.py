"""The one error tree.

A `Refusal` is an answer: a rule said no, and asking again changes nothing.
`Unavailable` is no answer: something is away, and asking again may help.
"""

from typing import Any


class KhunjerabError(Exception):
    """Base of every error that this project raises on purpose."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts: dict[str, Any] = facts

    @property
    def name(self) -> str:
        """The error's name as callers see it, such as `HostFull`."""
        return type(self).__name__

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.name}({facts})"


class Refusal(KhunjerabError):
    """A rule said no. `facts` are the plain JSON values that led to it; nothing was written."""


class InvalidCommand(Refusal):
    """A field is missing, unknown, of the wrong type or out of bounds. Facts: `problems` of `field` and `problem`."""


class NotAllowed(Refusal):
    """The actor may not do this. Facts: `action`, `needs`."""


class Unknown(Refusal):
    """No such document, or none that the actor may see. Facts: `kind`, `id`."""


class StaleVersion(Refusal):
    """The document changed since the caller saw it. Facts: `id`, `expected`, `actual`."""


class Unavailable(KhunjerabError):
    """Something that is needed does not answer."""


class WriteConflict(Unavailable):
    """Another decision on the same document came in between; deciding again on the new state may succeed."""


class NotYet(Unavailable):
    """Another event is needed first and has not come: it may yet. Facts: `kind`, `id` of what is missing."""


class DeadlineExceeded(Unavailable):
    """The caller stopped waiting before this was saved; nothing was written."""
