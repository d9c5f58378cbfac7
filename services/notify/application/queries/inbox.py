"""A person's inbox, in their language."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import NotificationId
from services.notify.application.ports import Notifications, People, Writer
from services.notify.application.queries.views import View, text_of
from services.notify.domain.notification import Notification
from services.notify.domain.permissions import own_inbox
from services.notify.domain.person import Person, stranger
from services.notify.domain.telling import people_in


class AskInbox(Command):
    """`after` is the `next` of the page before."""

    after: NotificationId | None = None
    limit: PageSize = 50


def inbox(asked: AskInbox, actor: Actor, notifications: Notifications, people: People, writer: Writer) -> View:
    """`{unread, items, next}`: the actor's own notifications, newest first. Raises `NotAllowed` for the system."""
    person = own_inbox(actor)
    page = notifications.inbox(person, after=asked.after, limit=asked.limit)
    mentioned = {each for found in page for each in people_in(found.state.cause.facts)}
    known = people.named(mentioned | {person})
    reader = known.get(person) or stranger(person)
    return {
        "unread": notifications.unread(person),
        "items": [_item(found, reader, known, writer) for found in page],
        "next": page[-1].id if len(page) == asked.limit else None,
    }


def _item(found: Loaded[Notification], reader: Person, people: dict[str, Person], writer: Writer) -> View:
    notification = found.state
    subject, text = writer.line(notification, reader, people)
    return {
        "id": found.id,
        "purpose": notification.purpose,
        "about": notification.about,
        "subject": subject,
        "text": text,
        "at": notification.cause.happened_at.isoformat(),
        "read_at": text_of(notification.read_at),
        "acknowledged_at": text_of(notification.acknowledged_at),
        "email": {"state": notification.email.state, "attempts": len(notification.email.attempts)},
    }
