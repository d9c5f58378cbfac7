"""A person's inbox, in their language."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from contracts.words import NotificationId
from services.notify.application.announcements import Announcements, announced_in, spelt_out
from services.notify.application.ports import Inboxes, Notifications, People, Writer
from services.notify.application.queries.views import View, text_of
from services.notify.domain.asking import known_by
from services.notify.domain.inbox import MOST_COUNTED, Inbox, has_seen
from services.notify.domain.notification import Notification
from services.notify.domain.permissions import own_inbox
from services.notify.domain.person import Person, stranger
from services.notify.domain.telling import people_in


class AskInbox(Command):
    """`after` is the `next` of the page before."""

    after: NotificationId | None = None
    limit: PageSize = 50


def inbox(
    asked: AskInbox,
    actor: Actor,
    notifications: Notifications,
    inboxes: Inboxes,
    announcements: Announcements,
    people: People,
    writer: Writer,
) -> View:
    """`{language, unread, unseen, items, next}`: the actor's own notifications, newest first, in words of `language`.
    Raises `NotAllowed` for the system.

    `unread` and `unseen` say at most `MOST_COUNTED`.
    `acknowledge_by` of an item: when it has to be acknowledged by, or it goes on to others; null where it need not.
    `leads_to` of an item: the path of the page where one goes on, null where there is none.
    `unseen` are those queued since the inbox was last seen; `seen` of an item, whether it was shown by then.
    """
    person = own_inbox(actor)
    page = notifications.inbox(person, after=asked.after, limit=asked.limit)
    mentioned = {each for found in page for each in people_in(found.state.cause.facts)}
    known = people.named(mentioned | {person})
    reader = known.get(person) or stranger(person)
    own = inboxes.of(person)
    announced = announced_in([found.state for found in page], announcements)
    shown = [spelt_out(found.state, announced) for found in page]
    return {
        "language": reader.language,
        "unread": notifications.unread(person),
        "unseen": _unseen(shown, asked, own, notifications),
        "items": [_item(each, reader, known, writer) | {"seen": has_seen(own, each)} for each in shown],
        "next": page[-1].id if len(page) == asked.limit else None,
    }


def _unseen(shown: list[Notification], asked: AskInbox, own: Inbox, notifications: Notifications) -> int:
    fresh = sum(not has_seen(own, each) for each in shown)
    # A first page that goes back to what was seen has on it all that came since: nothing else has to be counted.
    if asked.after is None and fresh < len(shown):
        return min(fresh, MOST_COUNTED)
    return notifications.unseen(own.person, own.seen_until)


def _item(notification: Notification, reader: Person, people: dict[str, Person], writer: Writer) -> View:
    subject, text = writer.line(notification, reader, people)
    return {
        "id": notification.id,
        "purpose": notification.purpose,
        "about": notification.about,
        "subject": subject,
        "text": text,
        "leads_to": writer.leads_to(notification),
        "at": notification.cause.happened_at.isoformat(),
        "read_at": text_of(notification.read_at),
        "acknowledged_at": text_of(notification.acknowledged_at),
        "acknowledge_by": text_of(known_by(notification)),
        "deliveries": [{"channel": each.channel, "state": each.state} for each in notification.deliveries],
    }
