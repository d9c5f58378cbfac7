"""Which messages ask their reader for an answer, and for which: one table, by purpose.

An acknowledgement is notify's own. What is accepted or declined is the exchange's, which says whether it may be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notify.domain.lines import Facts
from services.notify.domain.must_be_known import CLEARANCE_OVERDUE, VISIT_OVERDUE, acknowledge_by
from services.notify.domain.notification import Notification
from services.notify.domain.reminders.of_visits import awaited
from services.notify.domain.roles import HOST_COORDINATOR, SENDING_COORDINATOR

ACCEPTED, TENTATIVE, DECLINED, ACKNOWLEDGED = "accepted", "tentative", "declined", "acknowledged"
_OPEN = ("proposed", "pending")
_SENDS = "sending-site"
"""The party that the sending site speaks for; the host speaks for all others."""
TO_ACKNOWLEDGE = timedelta(days=60)
"""How long a message can be acknowledged by its link."""


@dataclass(frozen=True)
class Question:
    """What a message asks. `until`: when it is too late. What the exchange needs to know of the answer:

    of a visit the `party` that answers and the `site` whose coordinator does; of a consultation whose answer it is, the
    `slot` of the session where it is about one alone, and how often it had been announced anew.
    """

    answers: tuple[str, ...]
    until: datetime
    party: str | None = None
    site: str | None = None
    participant: str | None = None
    slot: str | None = None
    announcement: int | None = None


def _of_coordinator(notification: Notification) -> Question | None:
    """Asked is the first party that is awaited and that the coordinator's site speaks for."""
    facts, is_sending = notification.cause.facts, notification.because == SENDING_COORDINATOR
    own = [party for party in awaited(facts) if (party == _SENDS) == is_sending]
    coordinates = is_sending or notification.because == HOST_COORDINATOR
    if facts["state"] not in _OPEN or not coordinates or not own:
        return None
    site = facts["sending_site" if is_sending else "host_site"]["id"]
    return Question((ACCEPTED, DECLINED), datetime.fromisoformat(facts["reply_by"]), party=own[0], site=site)


def _of_participant(notification: Notification) -> Question | None:
    """Asked are those who take part and have not accepted, of what has not begun; of deputies those who come."""
    facts, asked = notification.cause.facts, _who_is_asked(notification)
    coming = [each["begins"] for each in facts["sessions"] if _is_meant(each, notification)]
    goes_on_without = facts.get("method", "REQUEST") != "REQUEST" or facts.get("audience") == "leavers"
    if goes_on_without or asked is None or not coming:
        return None
    until = min(coming) if facts["state"] not in _OPEN else min(*coming, facts["reply_by"])
    return Question(
        (ACCEPTED, TENTATIVE, DECLINED),
        datetime.fromisoformat(until),
        participant=asked,
        slot=facts.get("slot"),
        announcement=facts["announcement"],
    )


def _who_is_asked(notification: Notification) -> str | None:
    for each in notification.cause.facts["participants"]:
        if notification.recipient in (each["person"], each["comes"]):
            return str(each["person"]) if each["status"] != ACCEPTED else None
    return None


def _is_meant(session: Facts, notification: Notification) -> bool:
    slot = notification.cause.facts.get("slot")
    is_to_come = datetime.fromisoformat(session["begins"]) > notification.cause.happened_at
    return session["state"] == "planned" and is_to_come and slot in (None, session["slot"])


def _of_next_in_line(notification: Notification) -> Question | None:
    """Asked of who speaks for those that did not answer is what these were asked; others can only push them."""
    facts = notification.cause.facts
    unanswered = facts["unanswered"]
    if not unanswered["may_answer"]:
        return None
    return Question(
        (ACCEPTED, DECLINED) if unanswered["party"] else (ACCEPTED, TENTATIVE, DECLINED),
        datetime.fromisoformat(unanswered["until"]),
        party=unanswered["party"],
        site=unanswered["site"],
        participant=unanswered["participant"],
        announcement=facts.get("announcement"),
    )


def _to_acknowledge(notification: Notification) -> Question:
    return Question((ACKNOWLEDGED,), notification.queued_at + TO_ACKNOWLEDGE)


def _to_acknowledge_unless_own_deed(notification: Notification) -> Question | None:
    return None if _is_own_deed(notification) else _to_acknowledge(notification)


def _is_own_deed(notification: Notification) -> bool:
    """They did it themselves, and are told of it for their calendar's sake: they need not say that they know."""
    return notification.cause.facts.get("by") == notification.recipient


def _to_acknowledge_in_time(notification: Notification) -> Question | None:
    return _to_acknowledge(notification) if known_by(notification) else None


def known_by(notification: Notification) -> datetime | None:
    """By when the message has to be acknowledged, or it goes on to others; nothing where it need not be."""
    if notification.purpose in (VISIT_OVERDUE, CLEARANCE_OVERDUE):
        return datetime.fromisoformat(notification.cause.facts["unanswered"]["until"])
    if _is_own_deed(notification):
        return None
    cause = notification.cause
    return acknowledge_by(notification.purpose, notification.because, cause.facts, cause.happened_at)


ASKING: Mapping[str, Callable[[Notification], Question | None]] = {
    "reply-asked": _of_coordinator,
    "reply-awaited": _of_coordinator,
    "visit-rescheduled": _of_coordinator,
    "reply-overdue": _of_next_in_line,
    "consultation-reply-overdue": _of_next_in_line,
    "consultation-invited": _of_participant,
    "consultation-reply-awaited": _of_participant,
    "visit-booked-for-you": _to_acknowledge,
    "visit-rescheduled-for-you": _to_acknowledge_unless_own_deed,
    "visit-cancelled-for-you": _to_acknowledge_unless_own_deed,
    "consultation-actions": _to_acknowledge,
    "visit-cancelled": _to_acknowledge_in_time,
    "clearance-expired": _to_acknowledge_in_time,
    VISIT_OVERDUE: _to_acknowledge,
    CLEARANCE_OVERDUE: _to_acknowledge,
}
"""Purpose -> what its message asks; nothing where this one asks for nothing."""


def question_of(notification: Notification) -> Question | None:
    """What the message asks of its reader, if anything."""
    asks = ASKING.get(notification.purpose)
    return asks(notification) if asks else None
