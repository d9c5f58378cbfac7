"""What is looked for among notifications."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SoughtNotifications:
    """Everything given has to fit. `state` and `channel` are those of one delivery, where both are given.

    `since` and `until`: when it was queued, the first included and the last not.
    """

    about: str | None = None
    recipient: str | None = None
    state: str | None = None
    channel: str | None = None
    purpose: str | None = None
    since: datetime | None = None
    until: datetime | None = None
