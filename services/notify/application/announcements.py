"""Announcements: where they are kept, and what their notifications say."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from services.notify.domain.announcement import ANNOUNCEMENT, Announcement
from services.notify.domain.notification import Notification

Announced = Mapping[str, Announcement]
"""Announcements by their ids."""


class Announcements(Documents[Announcement], Protocol):
    """Everything that was ever announced."""

    def newest(self, sites: Collection[str] | None, limit: int) -> list[Loaded[Announcement]]:
        """The newest first, without their recipients; where sites are given, those for people of any of them."""
        ...


def announced_in(notifications: Iterable[Notification], announcements: Announcements) -> Announced:
    """The announcements that notifications tell of."""
    asked = {each.about for each in notifications if each.purpose == ANNOUNCEMENT}
    return announcements.named(asked) if asked else {}


def spelt_out(notification: Notification, announced: Announced) -> Notification:
    """The notification with what its announcement says, if it tells of one: that stands there alone."""
    if notification.purpose != ANNOUNCEMENT:
        return notification
    facts = {**notification.cause.facts, **_said(announced.get(notification.about))}
    return replace(notification, cause=replace(notification.cause, facts=facts))


def is_withdrawn(notification: Notification, announced: Announced) -> bool:
    """Whether what it tells of was announced and is withdrawn."""
    if notification.purpose != ANNOUNCEMENT:
        return False
    announcement = announced.get(notification.about)
    return announcement is None or announcement.withdrawn_at is not None


def _said(announcement: Announcement | None) -> Mapping[str, object]:
    if announcement is None:
        return {"title": {"en": "…"}, "text": {"en": "…"}, "link": "", "withdrawn": True}
    wording = announcement.wording
    return {
        "title": dict(wording.title),
        "text": dict(wording.text),
        "link": wording.link,
        "withdrawn": announcement.withdrawn_at is not None,
    }
