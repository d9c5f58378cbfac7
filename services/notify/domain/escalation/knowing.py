"""Somebody says that they know of what they were told: it goes on to nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.asking import ASKING
from services.notify.domain.escalation.escalation import Escalation, settled
from services.notify.domain.escalation.happenings import ACKNOWLEDGED, Ended
from services.notify.domain.escalation.matters import Matter
from services.notify.domain.escalation.steps import STEPS, step_id
from services.notify.domain.must_be_known import MUST_BE_KNOWN, VISIT_OVERDUE
from services.notify.domain.notification import Notification

_TO_BE_KNOWN = {name for (purpose, _), known in MUST_BE_KNOWN.items() for name in (purpose, known.overdue)}
_OF_VISITS = {purpose for (purpose, _), known in MUST_BE_KNOWN.items() if known.overdue == VISIT_OVERDUE}
_OF_REPLIES = ASKING.keys() - _TO_BE_KNOWN
"""Who acknowledges one of these is waited for with their reply."""


@dataclass(frozen=True)
class Acknowledgement:
    """A person's, of a message for the purpose, to which the event, or the step of an escalation, led. `version`: of
    the thing, as the message tells it.
    """

    person: str
    purpose: str
    event: str
    at: datetime
    version: int


def acknowledgements(messages: Iterable[Notification]) -> tuple[Acknowledgement, ...]:
    """Those of the messages that were acknowledged."""
    return tuple(
        Acknowledgement(each.recipient, each.purpose, each.cause.event, each.acknowledged_at, each.cause.version)
        for each in messages
        if each.acknowledged_at
    )


def know(escalation: Escalation, known: Acknowledgement) -> Decision[Escalation] | None:
    """Ends what the acknowledgement answers; `None` where it answers nothing that is awaited."""
    ends = [ended for matter in escalation.open if (ended := ended_by(escalation, matter, [known], now=known.at))]
    if not ends:
        return None
    after = escalation.end(*ends)
    return Decision(after, what=ACKNOWLEDGED, events=settled(escalation, after))


def ended_by(
    escalation: Escalation, matter: Matter, known: Iterable[Acknowledgement], *, now: datetime
) -> Ended | None:
    """That the matter is over, by the first of these who was told of it; `None` where none of them was."""
    answers = sorted({each.person for each in known if _answers(escalation, matter, each)})
    return Ended(matter.anchor, now, ACKNOWLEDGED, answers[0]) if answers else None


def _answers(escalation: Escalation, matter: Matter, known: Acknowledgement) -> bool:
    if known.person not in told_of(escalation, matter) or known.at < escalation.since[matter.anchor]:
        return False
    if not matter.purpose:
        return known.purpose in _OF_REPLIES
    return known.event in _led_by(escalation, matter) or _tells_more(escalation, matter, known)


def _tells_more(escalation: Escalation, matter: Matter, known: Acknowledgement) -> bool:
    """Whether the message told of a visit as it stood later: whoever knows that has to know nothing earlier."""
    earlier = any(each.matter == matter and each.version < known.version for each in escalation.to_know)
    return earlier and known.purpose in _OF_VISITS


def _led_by(escalation: Escalation, matter: Matter) -> set[str]:
    """What led to the messages about what is to be known: the event, and the steps."""
    events = (each.event for each in escalation.to_know if each.matter == matter)
    return {*events, *(step_id(escalation.id, matter.anchor, step) for step in STEPS)}


def told_of(escalation: Escalation, matter: Matter) -> set[str]:
    """Everybody who was asked, or told at a step."""
    told = (each for raised in escalation.steps_of(matter) for each in raised.told)
    return {*matter.asked, *told}
