"""What people are told when something goes on to them."""

from collections.abc import Mapping
from typing import Any

from services.notify.domain.escalation.going_on import ToTell
from services.notify.domain.escalation.steps import MANAGER
from services.notify.domain.lines import Facts
from services.notify.domain.must_be_known import CLEARANCE_OVERDUE, MUST_BE_KNOWN, VISIT_OVERDUE
from services.notify.domain.roles import PROGRAMME_MANAGER, STANDS_IN
from services.notify.domain.telling import Telling

OF_VISIT, OF_CONSULTATION = "reply-overdue", "consultation-reply-overdue"
OF_REPLIES = (OF_VISIT, OF_CONSULTATION)
PURPOSES = (*OF_REPLIES, VISIT_OVERDUE, CLEARANCE_OVERDUE)
"""Each has a template."""

_OF_WHAT_IS_KNOWN = {purpose: each for (purpose, _), each in MUST_BE_KNOWN.items()}


def told_next(to_tell: ToTell) -> Telling:
    """Whom, for which purpose, and because they are what."""
    matter = to_tell.moment.matter
    known = _OF_WHAT_IS_KNOWN.get(matter.purpose)
    of_reply = OF_CONSULTATION if matter.participant else OF_VISIT
    at_last = known.last if known else PROGRAMME_MANAGER
    because = at_last if to_tell.moment.step == MANAGER else STANDS_IN
    return Telling(to_tell.recipient, known.overdue if known else of_reply, because)


def facts_for(to_tell: ToTell, facts: Facts) -> Mapping[str, Any]:
    """What the thing's newest event told, and as `unanswered` who was asked when.

    `may_answer`: whether they speak for who was asked; `site`: the one that is asked; `anchor`: which answer it is.
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
        "anchor": matter.anchor,
        "may_answer": to_tell.recipient in matter.speak,
    }
    return {**facts, "unanswered": unanswered}
