"""What happens in a consultation's life, each with the file that tells people's calendars of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation
from services.exchange.domain.consultations.participants import SPECIALIST, Participant
from services.exchange.domain.consultations.sessions import CALLED_OFF, HELD, Session
from services.exchange.domain.parties import DECLINED, TENTATIVE
from services.exchange.domain.person import Person
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, PENDING
from tests.unit.exchange.given import GILGIT, NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    BEGINS,
    DEPUTY,
    KHAN,
    YUSUF,
    ZHANG,
    answer,
    consultation,
    directory,
    invitations,
    participants,
    people,
    session,
    weekly,
)

BEFORE_SUMMER = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
"""Berlin's clocks change on 29 March 2026: a weekly series from here on has sessions on both sides."""
AFTER_SUMMER = datetime(2026, 10, 13, 8, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """What was told of which consultation; `slot`: of the one session that it is about."""

    method: str
    of: Consultation
    file: bytes
    slot: datetime | None = None
    only: str = ""
    """The one person that it is about."""


def lives() -> dict[str, Told]:
    return {name: told for family in (_alone(), _replies(), _series(), _over()) for name, told in family}


def request(of: Consultation, to: str = ZHANG) -> Told:
    return Told("REQUEST", of, invitations().request(of, people()[to], directory(), NOW))


def series(**different: Any) -> Consultation:
    return weekly(5, "Europe/Berlin", BEFORE_SUMMER, **different)


def changed(of: Consultation, number: int, **different: Any) -> Consultation:
    """With one session different, announced anew."""
    sessions = list(of.sessions)
    sessions[number] = replace(sessions[number], **different)
    return replace(of, sessions=tuple(sessions), sequence=of.sequence + 1)


def later(planned: Session, by: timedelta) -> dict[str, datetime]:
    return {"begins": planned.begins + by, "ends": planned.ends + by}


def _alone() -> Iterator[tuple[str, Told]]:
    planned, booked = session(), consultation(state=BOOKED, sequence=1)
    yield "proposed", request(consultation())
    yield "waiting list", request(consultation(state=WAITLIST))
    yield "urgent", request(consultation(urgent=True))
    yield "booked", request(booked)
    yield "moved", request(changed(booked, 0, **later(planned, 26 * HOURS)))
    yield "longer", request(changed(booked, 0, ends=planned.ends + HOURS / 4))
    yield "under way", request(replace(booked, state=ARRIVED))
    yield "in UTC", request(replace(booked, zone="UTC"))
    yield "for a reader elsewhere", request(booked, YUSUF)


def _replies() -> Iterator[tuple[str, Told]]:
    more = (*participants(), Participant(DEPUTY, SPECIALIST, GILGIT, required=False))
    fewer = participants()[:-1]
    some = {ZHANG: answer(), KHAN: answer(DECLINED), YUSUF: answer(TENTATIVE)}
    pending = consultation(state=PENDING, answers=some)
    yield "accepted by some", request(pending)
    yield "a deputy comes", request(replace(pending, answers={**some, BANO: answer(deputy=DEPUTY)}))
    both = {BANO: answer(deputy=DEPUTY)}
    yield "a participant is a deputy, too", request(replace(pending, participants=more, answers=both))
    yield "participant added", request(replace(pending, participants=more, sequence=1))
    yield "participant removed, for the others", request(replace(pending, participants=fewer, sequence=1))
    gone = replace(pending, participants=fewer, sequence=1)
    yield "participant removed, for them", Told("CANCEL", gone, _to(invitations().remove, gone, YUSUF), only=YUSUF)
    declined = invitations().decline_counter(pending, None, people()[YUSUF], directory(), NOW, "Zhang Wei has surgery")
    yield "counter declined", Told("DECLINECOUNTER", pending, declined, only=YUSUF)


def _series() -> Iterator[tuple[str, Told]]:
    booked = series(state=BOOKED)
    second = booked.sessions[1]
    yield "series in spring", request(booked)
    yield "series in autumn", request(weekly(5, "Europe/Berlin", AFTER_SUMMER))
    yield "series until", request(replace(booked, recurrence="FREQ=WEEKLY;UNTIL=20260414T090000Z"))
    yield "series until a day", request(replace(booked, recurrence="FREQ=WEEKLY;UNTIL=20260414"))
    yield "series without an end", request(replace(booked, recurrence="FREQ=WEEKLY"))
    yield "one moved", request(changed(booked, 1, **later(second, 2 * HOURS)))
    yield "one moved over the next", request(changed(booked, 1, **later(second, 200 * HOURS)))
    yield "first moved", request(changed(booked, 0, **later(booked.sessions[0], 3 * HOURS)))
    yield "one called off", request(changed(booked, 2, state=CALLED_OFF))
    yield "first called off", request(changed(booked, 0, state=CALLED_OFF))
    yield "last called off", request(changed(booked, 4, state=CALLED_OFF))
    yield "one moved, one called off", request(changed(changed(booked, 1, **later(second, HOURS)), 3, state=CALLED_OFF))
    yield "one with a link of its own", request(changed(booked, 1, link="https://meet.example/other"))
    yield "one with an answer of its own", request(changed(booked, 1, answers={KHAN: answer(DECLINED)}))
    yield "one held already", request(changed(booked, 0, state=HELD))
    without = replace(booked, sessions=(*booked.sessions[:1], *booked.sessions[2:]))
    yield "exception from the start", request(without)
    extra = session(BEGINS + 3 * HOURS)
    yield "one more than the rule says", request(replace(booked, sessions=_in_order(*booked.sessions, extra)))
    yield "several without a rule", request(consultation(sessions=(session(), session(BEGINS + 30 * HOURS))))
    yield from _rescheduled()
    off = changed(booked, 2, state=CALLED_OFF)
    yield "one cancelled", _of_session(off, off.sessions[2].slot)
    moved_off = changed(changed(booked, 2, **later(booked.sessions[2], HOURS)), 2, state=CALLED_OFF)
    yield "a moved one cancelled", _of_session(moved_off, moved_off.sessions[2].slot)
    slot = booked.sessions[3].slot
    declined = invitations().decline_counter(booked, slot, people()[YUSUF], directory(), NOW)
    yield "counter for one declined", Told("DECLINECOUNTER", booked, declined, slot, only=YUSUF)


def _rescheduled() -> Iterator[tuple[str, Told]]:
    """What took place stays as it was, and the rest follows a rule of its own."""
    held = session(BEFORE_SUMMER, state=HELD)
    for name, by in (("weeks later", 336 * HOURS), ("weeks later at another hour", 338 * HOURS)):
        days = [session(BEFORE_SUMMER + by + number * 24 * HOURS) for number in range(3)]
        of = consultation(zone="Asia/Karachi", recurrence="FREQ=DAILY;COUNT=3", sessions=(held, *days), sequence=1)
        yield f"the rest {name}", request(of)
        off = replace(session(days[-1].slot + 240 * HOURS), state=CALLED_OFF)
        yield f"the rest {name}, a far one called off", request(replace(of, sessions=(held, *days, off)))
    years = tuple(session(datetime(2026 + number, 3, 17, 9, tzinfo=UTC)) for number in (0, 9, 10, 11))
    yield "the rest years later", request(consultation(zone="UTC", recurrence="FREQ=YEARLY;COUNT=3", sessions=years))


def _over() -> Iterator[tuple[str, Told]]:
    for name, of in (("single", consultation()), ("series", series())):
        over = replace(of, state=CANCELLED, sequence=3)
        yield f"{name} cancelled", Told("CANCEL", over, _to(invitations().cancel, over, BANO))


def _in_order(*sessions: Session) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda each: each.slot))


def _of_session(of: Consultation, slot: datetime) -> Told:
    return Told(
        "CANCEL", of, invitations().cancel_session(of, slot, people()[KHAN], directory(), NOW, "No cases"), slot
    )


def _to(write: Callable[[Consultation, Person, Directory, datetime], bytes], of: Consultation, person: str) -> bytes:
    return write(of, people()[person], directory(), NOW)
