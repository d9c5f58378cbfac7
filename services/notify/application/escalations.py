"""What escalating needs from outside, and what decides who is next."""

from collections.abc import Iterable
from typing import Protocol

from chassis.kernel.documents import Loaded
from contracts.envelope import version_in
from services.notify.application.deputies import Deputies, deputies_of
from services.notify.application.erasures import Erased
from services.notify.application.following import Followers
from services.notify.application.ports import Notifications
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.escalation.escalation import Escalation
from services.notify.domain.escalation.going_on import Around
from services.notify.domain.escalation.knowing import acknowledgements
from services.notify.domain.escalation.pointless import is_pointless, may_become_pointless
from services.notify.domain.notification import Notification

_MANY = 1000


class Escalations(Followers[Escalation], Protocol):
    """What waits for answers."""

    def open_ones(self) -> list[Loaded[Escalation]]:
        """Those in which an answer is awaited, the oldest first."""
        ...


def around(escalation: Escalation, deputies: Deputies, notifications: Notifications, erased: Erased) -> Around:
    """Who stands in for those who are asked, who has said that they know of it, and who was erased."""
    asked = {person for matter in escalation.open for person in matter.asked}
    told = notifications.search(SoughtNotifications(about=escalation.about), after=None, limit=_MANY)
    return Around(deputies_of(asked, deputies), acknowledgements(each.state for each in told), erased(asked))


def settled_among(waiting: Iterable[Notification], escalations: Escalations) -> frozenset[str]:
    """Those of these messages that tell of an answer that others owed and that is not awaited any more."""
    asked = [each for each in waiting if may_become_pointless(each)]
    standing = escalations.about({each.about for each in asked}) if asked else {}
    known = [(each, standing[each.about].state) for each in asked if each.about in standing]
    return frozenset(
        each.id for each, escalation in known if is_pointless(each, escalation, _version_heard(escalation))
    )


def _version_heard(escalation: Escalation) -> int:
    return version_in(escalation.sequence) if escalation.sequence else 0
