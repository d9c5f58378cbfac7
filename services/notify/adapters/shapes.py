"""How notify's documents are kept: their moments and events."""

from chassis.store import Shape, one_by_one, tells_nobody
from contracts.notify.versions import earlier
from services.notify.adapters.published_events import published
from services.notify.domain.admin import erasing
from services.notify.domain.admin.erasing import Erasure
from services.notify.domain.inbox import Inbox
from services.notify.domain.notification import Notification, due
from services.notify.domain.preferences import Preferences

NOTIFICATION_SHAPE = Shape(
    service="notify",
    kind="notification",
    model=Notification,
    state_word=lambda notification: notification.state,
    publish=one_by_one(published),
    earlier=earlier,
    due=due,
)

PREFERENCES_SHAPE = Shape(
    service="notify",
    kind="preferences",
    model=Preferences,
    state_word=lambda _: "kept",
    publish=tells_nobody,
)

INBOX_SHAPE = Shape(
    service="notify",
    kind="inbox",
    model=Inbox,
    state_word=lambda _: "seen",
    publish=tells_nobody,
)

ERASURE_SHAPE = Shape(
    service="notify",
    kind="erasure",
    model=Erasure,
    state_word=lambda erasure: erasure.state,
    publish=tells_nobody,
    due=erasing.due,
)
