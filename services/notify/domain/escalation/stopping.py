"""Somebody says that a matter need go on no further."""

from collections.abc import Callable
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.escalation.escalation import Escalation, settled
from services.notify.domain.escalation.happenings import STOPPED, Ended
from services.notify.domain.escalation.matters import Matter
from services.notify.domain.refusals import NothingAwaited


def stop(
    escalation: Escalation, theirs: Callable[[Matter], bool], *, by: str | None, reason: str, now: datetime
) -> Decision[Escalation]:
    """Nobody else is told of what waits now; asked anew, it goes on anew. `theirs`: whose matters may be stopped.

    Raises `NothingAwaited` where none of these waits.
    """
    open_ones = [matter for matter in escalation.open if theirs(matter)]
    if not open_ones:
        raise NothingAwaited(about=escalation.about)
    ended = (Ended(matter.anchor, now, STOPPED, by, reason) for matter in open_ones)
    after = escalation.end(*ended)
    return Decision(after, what="stopped", events=settled(escalation, after), why=reason)
