"""What each purpose of telling is: its category, whether it can wait, and which unsent messages it makes pointless."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.notify.domain.lines import Facts

VISITS, CONSULTATIONS, AGREEMENTS, OUTCOMES, IMPORTS = "visits", "consultations", "agreements", "outcomes", "imports"
WEBHOOKS, ANNOUNCEMENTS = "webhooks", "announcements"
CATEGORIES = (VISITS, CONSULTATIONS, AGREEMENTS, OUTCOMES, IMPORTS, WEBHOOKS, ANNOUNCEMENTS)
"""What preferences are said about."""

Urgency = Callable[[Facts, datetime], bool]
"""Whether what the facts tell can wait no longer, at a moment."""

SOON = timedelta(hours=48)


def never(facts: Facts, now: datetime) -> bool:  # noqa: ARG001 (one of several)
    return False


def always(facts: Facts, now: datetime) -> bool:  # noqa: ARG001 (one of several)
    return True


def arrival_is_near(facts: Facts, now: datetime) -> bool:
    """The visitors travel, or are about to."""
    return date.fromisoformat(facts["planned_arrival"]) <= (now + SOON).date()


def first_arrival(facts: Facts) -> date:
    """The day on which the visitors are to arrive; of a visit that was moved, the earlier of the two days."""
    days = (facts["planned_arrival"], facts.get("previous_arrival"))
    return date.fromisoformat(min(day for day in days if day))


def either_arrival_is_near(facts: Facts, now: datetime) -> bool:
    """The visitors travel, or are about to, or were about to before it was moved."""
    return first_arrival(facts) <= (now + SOON).date()


def departure_is_near(facts: Facts, now: datetime) -> bool:
    return date.fromisoformat(facts["planned_departure"]) <= (now + SOON).date()


def reply_is_due(facts: Facts, now: datetime) -> bool:
    """Whoever hears of it much later hears that it has lapsed."""
    return datetime.fromisoformat(facts["reply_by"]) <= now + SOON


def step_is_due(facts: Facts, now: datetime) -> bool:
    return date.fromisoformat(facts["deadline"]) <= (now + SOON).date()


def session_is_near(facts: Facts, now: datetime) -> bool:
    """The session begins within a day, or there is a patient for whom it is urgent."""
    if facts.get("urgency", "routine") != "routine":
        return True
    begins = (facts.get("begins"), *(each.get("begins") for each in facts.get("sessions", ())))
    return any(now <= datetime.fromisoformat(at) <= now + timedelta(hours=24) for at in begins if at)


def as_announced(facts: Facts, now: datetime) -> bool:  # noqa: ARG001 (one of several)
    """Whoever announces something says whether it is."""
    return bool(facts["urgent"])


@dataclass(frozen=True)
class Purpose:
    """`urgent` breaks through quiet hours, digests and limits. `withdraws`: purposes of which an earlier message about
    the same thing to the same person is not sent any more once this one is there.
    """

    category: str
    urgent: Urgency = never
    withdraws: frozenset[str] = frozenset()


def _of(category: str, *names: str, urgent: Urgency = never, withdraws: tuple[str, ...] = ()) -> dict[str, Purpose]:
    return dict.fromkeys(names, Purpose(category, urgent, frozenset(withdraws)))


_PLANS = (
    "reply-asked",
    "reply-awaited",
    "reply-overdue",
    "reply-received",
    "visit-proposed",
    "visit-proposed-for-you",
)
_BOOKINGS = tuple(
    f"visit-{what}{whose}" for what in ("booked", "rescheduled", "extended") for whose in ("", "-for-you")
)
_TRAVEL = ("arrival-near", "arrival-near-for-you", "departure-near", "departure-near-for-you")
_MEETING_PLANS = (
    "consultation-proposed",
    "consultation-waits",
    "consultation-reply-received",
    "consultation-reply-awaited",
    "consultation-reply-overdue",
)
_MEETINGS = ("consultation-booked", "consultation-rescheduled", "consultation-soon")
_OUTCOMES_AWAITED = ("outcome-due-soon", "outcome-overdue", "outcome-overdue-followed")

PURPOSES: Mapping[str, Purpose] = {
    **_of(VISITS, *_PLANS),
    **_of(VISITS, "reply-awaited", "reply-overdue", urgent=reply_is_due),
    **_of(VISITS, "arrival-near", "arrival-near-for-you", urgent=arrival_is_near),
    **_of(VISITS, "departure-near", "departure-near-for-you", urgent=departure_is_near),
    **_of(VISITS, "step-near", "step-near-for-you", urgent=step_is_due),
    **_of(VISITS, "step-overdue", "step-overdue-for-you"),
    **_of(VISITS, *_BOOKINGS, urgent=either_arrival_is_near, withdraws=(*_PLANS, *_BOOKINGS, *_TRAVEL)),
    **_of(VISITS, "dates-proposed", "dates-not-found", "record-overdue"),
    **_of(
        VISITS,
        "visit-cancelled",
        "visit-cancelled-for-you",
        "visit-withdrawn-for-you",
        urgent=arrival_is_near,
        withdraws=(*_PLANS, *_BOOKINGS, *_TRAVEL),
    ),
    **_of(VISITS, "visit-arrived", "visit-fulfilled", "visit-fulfilled-for-you"),
    **_of(VISITS, "visit-unacknowledged", urgent=always),
    **_of(CONSULTATIONS, "consultation-invited", "consultation-soon", urgent=session_is_near),
    **_of(CONSULTATIONS, *_MEETING_PLANS, "consultation-waiting-ended"),
    **_of(CONSULTATIONS, "consultation-reply-awaited", "consultation-reply-overdue", urgent=reply_is_due),
    **_of(
        CONSULTATIONS,
        "consultation-booked",
        "consultation-rescheduled",
        urgent=session_is_near,
        withdraws=(*_MEETING_PLANS, "consultation-booked", "consultation-rescheduled"),
    ),
    **_of(
        CONSULTATIONS,
        "consultation-cancelled",
        "consultation-entered-in-error",
        urgent=session_is_near,
        withdraws=(*_MEETING_PLANS, *_MEETINGS),
    ),
    **_of(CONSULTATIONS, "consultation-session-cancelled", "consultation-participants-changed", urgent=session_is_near),
    **_of(CONSULTATIONS, "consultation-actions", "consultation-held", "consultation-closing-overdue"),
    **_of(CONSULTATIONS, "consultation-action-overdue", "consultation-action-overdue-followed"),
    **_of(AGREEMENTS, "agreement-in-effect", "agreement-ends-soon"),
    **_of(
        AGREEMENTS,
        *(
            f"agreement-track-{what}"
            for what in ("waits", "widening", "step-overdue", "in-force", "expiring", "expired", "ended")
        ),
    ),
    **_of(OUTCOMES, "outcome-expected", "outcome-due-soon", "clearance-expiring", "clearance-expired"),
    **_of(OUTCOMES, "clearance-unacknowledged"),
    **_of(OUTCOMES, "outcome-overdue", "outcome-overdue-followed", withdraws=("outcome-due-soon",)),
    **_of(OUTCOMES, "outcome-reported", "outcome-waived", withdraws=_OUTCOMES_AWAITED),
    **_of(
        OUTCOMES,
        *(
            f"outcome-{what}"
            for what in ("gate-due", "questioned", "settled", "adoption-ended", "follow-up-due", "advanced", "adopted")
        ),
    ),
    **_of(ANNOUNCEMENTS, "announcement", urgent=as_announced),
    **_of(IMPORTS, "import-checked", "import-refused", "import-applied"),
    **_of(WEBHOOKS, "webhook-disabled"),
}

WITHDRAWABLE = frozenset(name for purpose in PURPOSES.values() for name in purpose.withdraws)
"""Purposes of which a message may turn pointless before it is sent."""


def is_urgent(purpose: str, facts: Facts, now: datetime) -> bool:
    """Whether a message breaks through what holds others back."""
    return PURPOSES[purpose].urgent(facts, now)


def withdrawn_by(purpose: str) -> frozenset[str]:
    """The purposes whose messages withdraw an unsent one of this purpose."""
    return frozenset(name for name, each in PURPOSES.items() if purpose in each.withdraws)
