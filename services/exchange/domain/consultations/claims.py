"""What a consultation takes from its quota: a condition of consultations promises so many sessions a year."""

from collections import Counter
from datetime import date

from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.sessions import HELD, Session, day_of
from services.exchange.domain.ledger import NOTHING, Amounts, Move, ledger_id
from services.exchange.domain.visit import BOOKED, ENTERED_IN_ERROR


def moves(before: Consultation | None, after: Consultation) -> tuple[Move, ...]:
    """What a decision moves, ledger by ledger in the order of their ids; nothing where all stays as it was."""
    held = _difference(_held(before), _held(after))
    used = _difference(_used(before), _used(after))
    covering = _newly_covered(before, after)
    found = (
        Move(ledger, _sessions(held[ledger]), _sessions(used[ledger]), covering=covering.get(ledger))
        for ledger in sorted(held.keys() | used.keys() | covering.keys())
    )
    return tuple(move for move in found if move != Move(move.ledger))


def _held(consultation: Consultation | None) -> Counter[str]:
    if consultation is None or not consultation.is_holding:
        return Counter()
    return Counter(_ledger(consultation, session) for session in consultation.planned)


def _used(consultation: Consultation | None) -> Counter[str]:
    if consultation is None or consultation.state == ENTERED_IN_ERROR:
        return Counter()
    return Counter(_ledger(consultation, session) for session in consultation.sessions if session.state == HELD)


def _newly_covered(before: Consultation | None, after: Consultation) -> dict[str, tuple[date, date]]:
    """First and last day, by ledger, of what is newly held or booked by this: the agreement has to cover them still."""
    if not after.is_holding:
        return {}
    # What is under way was booked before: a session of an agreement that has ended meanwhile is closed all the same.
    booked = before is not None and before.state in OPEN and after.state == BOOKED
    were = (
        set() if before is None or booked or not before.is_holding else {_day(before, each) for each in before.planned}
    )
    days: dict[str, list[date]] = {}
    for session in after.planned:
        if (day := _day(after, session)) not in were:
            days.setdefault(_ledger(after, session), []).append(day)
    return {ledger: (min(new), max(new)) for ledger, new in days.items()}


def _ledger(consultation: Consultation, session: Session) -> str:
    return ledger_id(consultation.agreement, consultation.condition, _day(consultation, session).year)


def _day(consultation: Consultation, session: Session) -> date:
    return day_of(session, consultation.zone)


def _difference(before: Counter[str], after: Counter[str]) -> Counter[str]:
    return Counter({ledger: after[ledger] - before[ledger] for ledger in before.keys() | after.keys()})


def _sessions(number: int) -> Amounts:
    return Amounts(visits=number) if number else NOTHING
