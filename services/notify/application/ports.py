"""What notify needs from outside, in its own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Documents, Loaded
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.notify.domain.delivery import Answer
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person


class Notifications(Documents[Notification], Protocol):
    """Every notification."""

    def add_new(self, queued: Sequence[tuple[Decision[Notification], Context]]) -> None:
        """Keeps those that are not kept yet, in one go."""
        ...

    def due(self, now: datetime, limit: int) -> list[Loaded[Notification]]:
        """Those whose mail is to be tried by now, at most `limit`."""
        ...

    def lease(self, waiting: Loaded[Notification]) -> bool:
        """Takes the coming attempt for this process, for a while; false when another has it or it changed meanwhile."""
        ...

    def inbox(self, recipient: str, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        """A person's notifications, newest first, from behind the notification `after`."""
        ...

    def unread(self, recipient: str) -> int:
        """How many of a person's notifications are not read."""
        ...

    def search(
        self, *, about: str | None, recipient: str | None, state: str | None, limit: int
    ) -> list[Loaded[Notification]]:
        """Notifications that fit everything given, newest first."""
        ...


class People(Protocol):
    """The copies of people."""

    def keep(self, event: CloudEvent, person: PersonChanged) -> bool:
        """Makes what the event tells the person's copy; false where as new a copy, or a newer one, stands."""
        ...

    def named(self, ids: Iterable[str]) -> dict[str, Person]:
        """The people with these ids; those of whom no copy has come are left out."""
        ...


@dataclass(frozen=True)
class Offer:
    """What a mail offers its reader: these answers, under this token."""

    token: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A message in its reader's language."""

    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True)
class Invitation:
    """A calendar file on its way. `method` as in the file.

    `reply_to`: where the mail program sends its answer; empty where none is asked for.
    """

    method: str
    reply_to: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A letter on its way. `id` makes the Message-ID, the same at each attempt; `thread` is what it is about."""

    id: str
    thread: str
    to: Person
    letter: Letter
    at: datetime
    invitation: Invitation | None = None


class Writer(Protocol):
    """Puts notifications into words. `people` are those whom the words may name."""

    def letter(
        self, notification: Notification, reader: Person, people: Mapping[str, Person], offer: Offer | None = None
    ) -> Letter:
        """The whole mail, with the links by which it can be answered."""
        ...

    def line(self, notification: Notification, reader: Person, people: Mapping[str, Person]) -> tuple[str, str]:
        """Subject and one or two sentences, as plain text, for the inbox."""
        ...


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


class Postman(Protocol):
    """Hands mails over to the next hop."""

    def send(self, mail: Mail) -> Answer:
        """Hands one mail over and tells what came of it; raises nothing that the mail or the server is to blame for."""
        ...

    def hang_up(self) -> None:
        """Ends the conversation that `send` began, if any."""
        ...
