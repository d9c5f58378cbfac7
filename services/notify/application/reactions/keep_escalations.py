"""Something that needs answers was asked, answered, moved or called off: what waits for them follows."""

from datetime import datetime

from services.notify.application.escalations import Escalations
from services.notify.application.following import Events, keep_up
from services.notify.domain.escalation.escalation import no_escalation_yet
from services.notify.domain.escalation.matters import FOLLOWED


def keep_escalations(events: Events, escalations: Escalations, now: datetime) -> None:
    """Brings every escalation up to what the events say. Raises `WriteConflict` where another process heard something
    meanwhile.
    """
    keep_up(events, FOLLOWED, escalations, no_escalation_yet, now)
