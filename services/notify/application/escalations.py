"""What escalating needs from outside, and what decides who is next."""

from datetime import datetime
from typing import Protocol

from chassis.kernel.documents import Loaded
from services.notify.application.deputies import Deputies, deputies_of
from services.notify.application.following import Followers
from services.notify.application.ports import Notifications
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.asking import ASKING
from services.notify.domain.escalation.escalation import Escalation
from services.notify.domain.escalation.going_on import Around

_MANY = 1000


class Escalations(Followers[Escalation], Protocol):
    """What waits for answers."""

    def open_ones(self) -> list[Loaded[Escalation]]:
        """Those in which an answer is awaited, the oldest first."""
        ...


def around(escalation: Escalation, deputies: Deputies, notifications: Notifications) -> Around:
    """Who stands in for those who are asked, and who has said that they know of it."""
    asked = {person for matter in escalation.open for person in matter.asked}
    return Around(deputies_of(asked, deputies), _acknowledged(escalation.about, notifications))


def _acknowledged(about: str, notifications: Notifications) -> dict[str, datetime]:
    """Who has acknowledged a message that asks something about the thing, and when they did so last."""
    told = notifications.search(SoughtNotifications(about=about), after=None, limit=_MANY)
    known: dict[str, datetime] = {}
    for each in (found.state for found in told if found.state.purpose in ASKING):
        if at := each.acknowledged_at:
            known[each.recipient] = max(at, known.get(each.recipient, at))
    return known
