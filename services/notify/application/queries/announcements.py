"""What was announced, and how far it has come."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from contracts.words import AnnouncementId
from services.notify.application.announcements import Announcements
from services.notify.application.ports import Notifications
from services.notify.application.queries.views import View, text_of
from services.notify.domain.announcement import Announcement
from services.notify.domain.announcing_permissions import may_see_announcements, sees_announcement


class AskAnnouncements(Command):
    """Those that the actor looks after: an administrator all, a programme manager those for their sites."""

    limit: PageSize = 50


class AskAnnouncement(Command):
    announcement_id: AnnouncementId


def announcements(asked: AskAnnouncements, actor: Actor, kept: Announcements) -> View:
    """`{items}`: the newest first. Raises `NotAllowed`."""
    sites = may_see_announcements(actor)
    return {"items": [_item(each) for each in kept.newest(sites, asked.limit)]}


def announcement(asked: AskAnnouncement, actor: Actor, kept: Announcements, notifications: Notifications) -> View:
    """One, with `deliveries`: how many people have been reached so far, by the state of what was sent to them, and
    `read`: how many have read it. Raises `NotAllowed`, `Unknown`.
    """
    sites = may_see_announcements(actor)
    found = kept.load(asked.announcement_id)
    if not sees_announcement(found.state, sites):
        raise Unknown(kind="announcement", id=asked.announcement_id)
    deliveries, read = notifications.how_far(found.id)
    return _item(found) | {"deliveries": dict(deliveries), "read": read}


def _item(found: Loaded[Announcement]) -> View:
    said = found.state
    return {
        "id": found.id,
        "version": found.version,
        "state": said.state,
        "title": dict(said.wording.title),
        "text": dict(said.wording.text),
        "urgent": said.wording.urgent,
        "link": said.wording.link or None,
        "sites": list(said.audience.sites),
        "fields": list(said.audience.fields),
        "by": said.announced_by,
        "at": said.announced_at.isoformat(),
        "people": said.people,
        "told": said.told,
        "withdrawn_at": text_of(said.withdrawn_at),
        "withdrawn_why": said.withdrawn_why,
    }
