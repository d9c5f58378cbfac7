"""What happened, in notify's own words; adapters turn these into the events of the contracts."""

from dataclasses import dataclass

from services.notify.domain.delivery import Delivery
from services.notify.domain.notification import Notification


@dataclass(frozen=True)
class NotificationHappening:
    """Base: something happened to a notification, which now stands as `notification`, by one channel."""

    notification: Notification
    delivery: Delivery


@dataclass(frozen=True)
class NotificationSent(NotificationHappening):
    pass


@dataclass(frozen=True)
class NotificationUndelivered(NotificationHappening):
    pass


@dataclass(frozen=True)
class NotificationBounced(NotificationHappening):
    """`for_good`: the address will take nothing tomorrow either."""

    for_good: bool
