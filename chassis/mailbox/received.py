"""Messages as they come, and the mailbox that they come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

MOST_BYTES = 2 * 1024 * 1024
"""Of a larger message so much and a byte more is fetched: enough to be refused as too large by whoever reads it."""


@dataclass(frozen=True)
class Received:
    """A message as it came (RFC 5322). `id`: by which the mailbox knows it."""

    id: str
    raw: bytes


class Mailbox(Protocol):
    """Each method raises `MailboxAway`."""

    def unseen(self, limit: int) -> Iterator[Received]:
        """Messages that were not yet dealt with, oldest first. What is not marked comes again."""
        ...

    def seen(self, message: str) -> None:
        """It is dealt with. A message that is gone, or is so already, is left alone."""
        ...

    def refuse(self, message: str) -> None:
        """It is kept apart, for people to look at."""
        ...
