"""Which messages have to be acknowledged in time, by whom and by when: one table, and a short one.

Who misses one of these acts wrongly within hours, or does what is no longer allowed. What else is urgent reaches people
at any hour, which is enough: a question that goes on for everything would be heeded for nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notify.domain.lines import Facts
from services.notify.domain.purposes import either_arrival_is_near, first_arrival
from services.notify.domain.reminders.rows import end_of
from services.notify.domain.roles import HOST_COORDINATOR, PROGRAMME_MANAGER, VISITOR
from services.notify.domain.telling_research import CLEARANCE_OWNER, FOLLOWER

LEAST = timedelta(hours=6)
"""So long there is at least: whoever sleeps is to wake before it goes on to everybody."""
TO_STOP_RELYING = timedelta(days=4)
"""A clearance that has expired forbids what it allowed; those who went by it are to be told within the week."""
_DAY = timedelta(days=1)

VISIT_OVERDUE, CLEARANCE_OVERDUE = "visit-unacknowledged", "clearance-unacknowledged"
"""The purposes of the messages that go on."""


@dataclass(frozen=True)
class MustBeKnown:
    """`until`: by when, if at all, of an event's facts and moment. `site`: whose people they are. `managers`: who is
    told last, because they are `last`. `together`: of several who are told, one who knows is enough.
    `overdue`: the purpose for which others are told; `urgent`: it goes on sooner. `which`: of several such things about
    one subject, this one: of each of them they have to know.
    """

    until: Callable[[Facts, datetime], datetime | None]
    site: Callable[[Facts], str]
    managers: Callable[[Facts], Iterable[str]]
    overdue: str
    last: str = PROGRAMME_MANAGER
    together: bool = False
    urgent: bool = True
    which: Callable[[Facts], Iterable[str]] = lambda _: ()


def _before_they_travel(facts: Facts, at: datetime) -> datetime | None:
    """The beginning of the day on which they would arrive; nothing where that is days ahead, or over."""
    day = first_arrival(facts)
    if not either_arrival_is_near(facts, at) or day < at.date() - _DAY:
        return None
    return max(end_of(day - _DAY, facts["host_site"]["zone"]), at + LEAST)


def _if_somebody_cancels(facts: Facts, at: datetime) -> datetime | None:
    # On what lapsed because nobody accepted it, nobody travels.
    return _before_they_travel(facts, at) if facts["by"] else None


def _if_others_cancel(facts: Facts, at: datetime) -> datetime | None:
    host = facts["host_site"]
    theirs = facts["by"] in (*host["coordinators"], *host.get("managers", ()))
    return None if theirs else _if_somebody_cancels(facts, at)


def _if_anybody_had_agreed(facts: Facts, at: datetime) -> datetime | None:
    # On a mere proposal nobody travels. Moved twice, it may have been booked before the first time.
    return None if facts.get("previous_state") == "proposed" else _before_they_travel(facts, at)


def _of(end: str) -> tuple[Callable[[Facts], str], Callable[[Facts], Iterable[str]]]:
    return (lambda facts: facts[end]["id"]), (lambda facts: facts[end].get("managers", ()))


MUST_BE_KNOWN: Mapping[tuple[str, str], MustBeKnown] = {
    ("visit-cancelled-for-you", VISITOR): MustBeKnown(_if_somebody_cancels, *_of("sending_site"), VISIT_OVERDUE),
    ("visit-rescheduled-for-you", VISITOR): MustBeKnown(_if_anybody_had_agreed, *_of("sending_site"), VISIT_OVERDUE),
    ("visit-cancelled", HOST_COORDINATOR): MustBeKnown(
        _if_others_cancel, *_of("host_site"), VISIT_OVERDUE, together=True
    ),
    ("clearance-expired", CLEARANCE_OWNER): MustBeKnown(
        lambda _, at: at + TO_STOP_RELYING,
        lambda facts: facts["owner_site"],
        lambda facts: facts["followers"],
        CLEARANCE_OVERDUE,
        last=FOLLOWER,
        urgent=False,
        which=lambda facts: (facts["requirement"],),
    ),
}
"""Purpose, and what its reader is in the matter -> by when it has to be acknowledged."""

ASKED_BY = (
    "exchange.visit.cancelled.v1",
    "exchange.visit.rescheduled.v1",
    "research.outcome.clearance-expired.v2",
)
"""The types of the events that lead to such messages."""


def acknowledge_by(purpose: str, because: str, facts: Facts, at: datetime) -> datetime | None:
    """By when whoever is told has to acknowledge it; nothing where they need not. `at`: when it happened."""
    known = MUST_BE_KNOWN.get((purpose, because))
    return known.until(facts, at) if known else None
