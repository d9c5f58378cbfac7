"""When what nobody answers goes on, and to whom: docs/notify/escalation.md has the same table for readers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.ids import derived
from services.notify.domain.escalation.matters import Matter

DEPUTY, MANAGER = "deputy", "manager"
STEPS = (DEPUTY, MANAGER)
"""Deputies of those who were asked; programme managers. In stored ids: never change one."""
LAST = "last"
"""The moment at which it is too late for an acknowledgement."""

USUAL: Mapping[str, float] = {DEPUTY: 0.5, MANAGER: 0.75}
URGENT: Mapping[str, float] = {DEPUTY: 0.25, MANAGER: 0.5}
"""Step -> how much of the time between the asking and the last moment for an answer has gone by."""


@dataclass(frozen=True)
class Moment:
    """One step of one matter, asked `since`; it makes no sense any more once the matter's `until` has come."""

    matter: Matter
    step: str
    since: datetime
    at: datetime

    def id_in(self, escalation_id: str) -> str:
        """What leads to the messages of this step."""
        return step_id(escalation_id, self.matter.anchor, self.step)


def step_id(escalation_id: str, anchor: str, step: str) -> str:
    """One for document, matter and step."""
    return derived(escalation_id, anchor, step)


def moments(matter: Matter, since: datetime) -> tuple[Moment, ...]:
    """Every step of a matter, in order; none where it was asked too late for any answer."""
    if since >= matter.until:
        return ()
    share = URGENT if matter.urgent else USUAL
    left = matter.until - since
    # Whole seconds: the database keeps no more than milliseconds, and what it hands out must not be early.
    at = {step: (since + share[step] * left).replace(microsecond=0) for step in STEPS}
    return tuple(Moment(matter, step, since, at[step]) for step in STEPS)
