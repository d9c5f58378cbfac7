"""What others are told of escalations; adapters turn these into the events of the contracts."""

from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.escalation.happenings import Ended, Raised
from services.notify.domain.escalation.matters import Matter


@dataclass(frozen=True)
class EscalationRaised:
    """What is asked about `about` since a moment has gone on to others."""

    escalation: str
    about: str
    matter: Matter
    since: datetime
    raised: Raised


@dataclass(frozen=True)
class EscalationSettled:
    """What had gone on goes no further. `ended`: why; nothing where it is not awaited any more: it was answered, moved
    or called off.
    """

    escalation: str
    about: str
    matter: Matter
    ended: Ended | None
