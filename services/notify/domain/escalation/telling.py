"""What people are told when something goes on to them."""

from collections.abc import Mapping
from typing import Any

from services.notify.domain.escalation.going_on import ToTell
from services.notify.domain.escalation.steps import MANAGER
from services.notify.domain.lines import Facts
from services.notify.domain.telling import Telling

STANDS_IN, PROGRAMME_MANAGER = "stand-in", "programme-manager"

OF_VISIT, OF_CONSULTATION = "reply-overdue", "consultation-reply-overdue"
PURPOSES = (OF_VISIT, OF_CONSULTATION)
"""Each has a template."""


def told_next(to_tell: ToTell) -> Telling:
    """Whom, for which purpose, and because they are what."""
    purpose = OF_CONSULTATION if to_tell.moment.matter.participant else OF_VISIT
    return Telling(to_tell.recipient, purpose, PROGRAMME_MANAGER if to_tell.moment.step == MANAGER else STANDS_IN)


def facts_for(to_tell: ToTell, facts: Facts) -> Mapping[str, Any]:
    """What the thing's newest event told, and as `unanswered` who was asked when.

    `may_answer`: whether they speak for who was asked; `site`: the one that is asked.
    """
    moment, matter = to_tell.moment, to_tell.moment.matter
    unanswered = {
        "asked": list(matter.asked),
        "in_place_of": list(to_tell.in_place_of),
        "since": moment.since.isoformat(),
        "until": matter.until.isoformat(),
        "site": matter.site,
        "party": matter.party,
        "participant": matter.participant,
        "may_answer": to_tell.recipient in matter.speak,
    }
    return {**facts, "unanswered": unanswered}
