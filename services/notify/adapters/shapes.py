"""How notify's documents are kept: their moments and events."""

from chassis.store import Shape, one_by_one
from services.notify.adapters.published_events import published
from services.notify.domain.notification import Notification, due

NOTIFICATION_SHAPE = Shape(
    service="notify",
    kind="notification",
    model=Notification,
    state_word=lambda notification: notification.email.state,
    publish=one_by_one(published),
    due=due,
)
