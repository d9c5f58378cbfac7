"""A message is acknowledged, and what waited for that goes on to nobody else: in one write."""

from collections.abc import Callable
from typing import Any

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded
from services.notify.application.escalations import Escalations
from services.notify.application.ports import Notifications
from services.notify.domain.escalation.knowing import acknowledgements, know
from services.notify.domain.notification import Notification

Write = Callable[[Any], Receipt]
"""What is done within a transaction."""


def together(*writes: Write) -> Write:
    """All of them in one transaction; the answer is that of the last."""

    def all_of_them(within: Any) -> Receipt:
        return [write(within) for write in writes][-1]

    return all_of_them


def writes_of(
    found: Loaded[Notification],
    known: Decision[Notification],
    context: Context,
    notifications: Notifications,
    escalations: Escalations,
) -> tuple[Write, ...]:
    """What an acknowledgement writes: the escalation that it ends, if any, and last the message itself."""
    noted = notifications.saving(found, known, context)
    standing = escalations.about([found.state.about]).values()
    (acknowledged,) = acknowledgements([known.state])
    ends = ((waiting, know(waiting.state, acknowledged)) for waiting in standing)
    return (*(escalations.saving(waiting, end, context) for waiting, end in ends if end), noted)
