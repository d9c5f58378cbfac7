"""How a consultation's sessions are told in RFC 5545: a rule, what it leaves out, and what differs from it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import vRecur

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import CALLED_OFF, Session

Value = TypeVar("Value")


@dataclass(frozen=True)
class Series:
    """`first`: the slot that the rule counts from. `length` and `link`: of most sessions. Moments are UTC.

    `rule`: empty where there is none. `left_out`: occurrences of the rule that are no sessions, or are called off.
    `added`: sessions that the rule does not yield. `different`: sessions that do not begin in their slot, or take
    another time, or have another link, or answers of their own.

    A session that is called off is left out (EXDATE), not told as an occurrence of STATUS:CANCELLED, because a REQUEST
    may only have TENTATIVE and CONFIRMED (RFC 5546, 3.2.2); that it is cancelled is told once, by METHOD:CANCEL.
    """

    first: datetime
    length: timedelta
    link: str
    rule: vRecur | None
    left_out: tuple[datetime, ...]
    added: tuple[datetime, ...]
    different: tuple[Session, ...]


def series_of(consultation: Consultation) -> Series:
    """Of a consultation with several sessions, or with a rule."""
    sessions = consultation.sessions
    slots = [session.slot for session in sessions]
    recurrence = consultation.recurrence.removeprefix("RRULE:")
    zone = zone_named(consultation.zone)
    # Without a rule each session is added, the first as well: ical.js takes DTSTART for none of several otherwise.
    yielded = set(_yielded(recurrence, slots[0], slots[-1], zone)) if recurrence else set()
    off = {session.slot for session in sessions if session.state == CALLED_OFF}
    length, link = most(session.ends - session.begins for session in sessions), most(each.link for each in sessions)
    return Series(
        first=slots[0],
        length=length,
        link=link,
        rule=_bounded(recurrence, slots[-1]) if recurrence else None,
        left_out=tuple(sorted((yielded - set(slots)) | off)),
        added=tuple(slot for slot in slots if slot not in yielded),
        different=tuple(s for s in sessions if s.state != CALLED_OFF and _differs(s, length, link)),
    )


def most(values: Iterable[Value]) -> Value:
    """The most frequent one; of equally frequent ones the first."""
    return Counter(values).most_common(1)[0][0]


def _bounded(recurrence: str, last: datetime) -> vRecur:
    """The rule up to the last slot, in UTC as it has to be beside a zone (RFC 5545, 3.3.10).

    A COUNT would go on counting what is no session any more behind the last one.
    """
    rule: vRecur = vRecur.from_ical(recurrence)
    rule.pop("COUNT", None)
    rule["UNTIL"] = [last.astimezone(UTC)]
    return rule


def _yielded(recurrence: str, first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The rule's occurrences from the first to the last slot, by the clock of the zone."""
    local = first.astimezone(zone).replace(tzinfo=None)
    # Its end stands in UTC, which dateutil does not take beside a beginning by the clock of the wall.
    unended = ";".join(part for part in recurrence.split(";") if not part.upper().startswith("UNTIL="))
    for occurrence in rrulestr(unended, dtstart=local):
        at = occurrence.replace(tzinfo=zone).astimezone(UTC)
        if at > last:
            return
        yield at


def _differs(session: Session, length: timedelta, link: str) -> bool:
    moved = session.begins != session.slot or session.ends - session.begins != length
    return moved or session.link != link or bool(session.answers)
