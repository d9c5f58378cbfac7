"""Something that needs answers was asked, answered, moved or called off: what waits for them follows."""

from datetime import datetime

from services.notify.application.escalations import Escalations
from services.notify.application.following import Events, keep_up
from services.notify.domain.escalation.escalation import no_escalation_yet
from services.notify.domain.escalation.matters import FOLLOWED
from services.notify.domain.must_be_known import ASKED_BY

HEARD = (*FOLLOWED, *(each for each in ASKED_BY if each not in FOLLOWED))
"""The types of the events that tell what is asked, or what is to be known in time."""


def keep_escalations(events: Events, escalations: Escalations, now: datetime) -> None:
    """Brings every escalation up to what the events say. Raises `WriteConflict` where another process heard something
    meanwhile.
    """
    keep_up(events, HEARD, escalations, no_escalation_yet, now)
