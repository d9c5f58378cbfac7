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
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.inbox import Inbox
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.preferences import Preferences

Made = tuple[Loaded[Notification], Decision[Notification], Context]
"""What was decided on a document as it was read, and the circumstances."""


class Queue(Protocol):
    """What waits to be sent."""

    def due(self, channel: str, now: datetime, limit: int) -> list[str]:
        """The ids of those whose delivery by the channel is due by now, at most `limit`, oldest first."""
        ...

    def lease(self, ids: Sequence[str], channel: str, now: datetime) -> list[Loaded[Notification]]:
        """Takes those of them that are still due by the channel for this process and a while, in their order; leaves
        out those that another has taken.
        """
        ...

    def record(self, made: Sequence[Made], channel: str) -> set[str]:
        """Writes the decisions about leased ones in one go, and ends their leases.

        Returns the ids of those that changed since they were read, of which nothing was written.
        """
        ...

    def load(self, document_id: str) -> Loaded[Notification]:
        """It as it stands now. Raises `Unknown`."""
        ...


class Notifications(Documents[Notification], Queue, Protocol):
    """Every notification."""

    def add_new(self, queued: Sequence[tuple[Decision[Notification], Context]]) -> None:
        """Keeps those that are not kept yet, in one go; nothing for whoever was erased."""
        ...

    def forget(self, before: datetime, limit: int) -> int:
        """Deletes those queued before a moment, at most `limit`, the oldest first; returns how many. What waits to be
        sent, or to be told of, stays.
        """
        ...

    def overtaken(self, waiting: Sequence[Notification]) -> dict[str, str]:
        """Of these, the ones that a later notification withdraws, each with that one's id."""
        ...

    def awaiting_digest(self, recipient: str, channel: str, moment: datetime) -> list[Notification]:
        """A person's notifications that wait for the digest of the moment by the channel."""
        ...

    def inbox(self, recipient: str, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        """A person's notifications, newest first, from behind the notification `after`."""
        ...

    def unread(self, recipient: str) -> int:
        """How many of a person's notifications are not read, at most `MOST_COUNTED`."""
        ...

    def unseen(self, recipient: str, since: datetime | None) -> int:
        """How many were queued for a person after a moment, or ever where there is none, at most `MOST_COUNTED`."""
        ...

    def how_far(self, about: str) -> tuple[Mapping[str, int], int]:
        """How many of the notifications about something stand in each state, and how many are read."""
        ...

    def waiting(self, most: int) -> Mapping[tuple[str, str], int]:
        """How many deliveries wait, by channel and state: of those that wait, at most so many are looked at."""
        ...

    def search(self, sought: SoughtNotifications, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        """Notifications that fit, newest first, from behind the notification `after`."""
        ...


class Inboxes(Documents[Inbox], Protocol):
    """How far people have seen their inboxes."""

    def of(self, person: str) -> Inbox:
        """A person's inbox; one of which nothing is seen where they have not opened it."""
        ...


class PreferencesOfPeople(Documents[Preferences], Protocol):
    """How people want to be told."""

    def of(self, people: Iterable[str]) -> dict[str, Preferences]:
        """Those of each of these people; the usual ones of whoever has said nothing."""
        ...


class People(Protocol):
    """The copies of people."""

    def keep(self, event: CloudEvent, person: PersonChanged) -> bool:
        """Makes what the event tells the person's copy; false where as new a copy, or a newer one, stands."""
        ...

    def named(self, ids: Iterable[str]) -> dict[str, Person]:
        """The people with these ids; those of whom no copy has come are left out."""
        ...

    def everybody(self) -> list[Person]:
        """Everybody of whom a copy has come."""
        ...


@dataclass(frozen=True)
class Offer:
    """What a mail offers its reader: these answers, under this token."""

    token: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A message in its reader's language. `pace_link`: where its reader says how soon they want others of its kind."""

    subject: str
    text: str
    html: str
    language: str
    pace_link: str = ""


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
    """A letter on its way. `id` makes the Message-ID, the same at each attempt; `thread` is what it is about.

    `again`: how often somebody had it sent once more, which mailboxes are to tell from an attempt.
    """

    id: str
    thread: str
    to: Person
    letter: Letter
    at: datetime
    invitation: Invitation | None = None
    again: int = 0


@dataclass(frozen=True)
class Message:
    """A notification with what it takes to put it into words: its reader, the people whom the words may name, what a
    digest tells of, the answers that the mail offers, and the secret by which its reader asks for fewer such mails.
    """

    notification: Notification
    reader: Person
    people: Mapping[str, Person]
    items: Sequence[Notification] = ()
    offer: Offer | None = None
    pace_token: str = ""


class Writer(Protocol):
    """Puts notifications into words. `people` are those whom the words may name."""

    def letter(self, message: Message) -> Letter:
        """The whole mail, with the links by which it can be answered."""
        ...

    def line(self, notification: Notification, reader: Person, people: Mapping[str, Person]) -> tuple[str, str]:
        """Subject and one or two sentences, as plain text, for the inbox."""
        ...

    def leads_to(self, notification: Notification) -> str | None:
        """The path of the page that the inbox offers with it, from the root on; `None` where there is none."""
        ...
