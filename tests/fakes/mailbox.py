"""A mailbox in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chassis.mailbox import Received


@dataclass
class Box:
    """`Mailbox`: what is neither seen nor refused comes again."""

    mails: dict[str, bytes]
    marked: dict[str, str] = field(default_factory=dict)

    def unseen(self, limit: int) -> Iterator[Received]:
        waiting = [Received(each, raw) for each, raw in self.mails.items() if each not in self.marked]
        yield from waiting[:limit]

    def seen(self, message: str) -> None:
        self.marked.setdefault(message, "seen")

    def refuse(self, message: str) -> None:
        self.marked.setdefault(message, "refused")
