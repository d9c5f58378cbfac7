"""Who comes, or is kept free to come, in a participant's place."""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.events import ConsultationHappening
from services.exchange.domain.consultations.quarters import key_of, quarters
from services.exchange.domain.consultations.sessions import Session

NOTHING: frozenset[str] = frozenset()


def standing_in(decided: Decision[Consultation], taken: Container[str] = NOTHING) -> Decision[Consultation]:
    """The same decision, with a deputy's time held for everybody who is awaited and whom others have.

    `taken`: the holds of other consultations. Who has no deputy who is free is held themselves, and found taken.
    """
    of = decided.state
    sessions = tuple(replace(each, stand_ins=_stand_ins(of, each, taken)) for each in of.sessions)
    if sessions == of.sessions:
        return decided
    after = replace(of, sessions=sessions)
    events = tuple(
        replace(event, consultation=after) if isinstance(event, ConsultationHappening) else event
        for event in decided.events
    )
    return replace(decided, state=after, events=events)


def deputies_coming(consultation: Consultation, off: Container[datetime] = ()) -> frozenset[str]:
    """Who comes to a session that is planned in a participant's place, or was to come to one of these slots."""
    return frozenset(deputy for deputy, _slot in _deputed(consultation, off))


def relieved(before: Consultation, after: Consultation) -> tuple[str, ...]:
    """Deputies who were to come, and are not any more."""
    return tuple(sorted(deputies_coming(before) - deputies_coming(after)))


def shifted(before: Consultation, after: Consultation) -> tuple[str, ...]:
    """Deputies who were to come and still are, but not to the same sessions."""
    to_others = {deputy for deputy, _slot in _deputed(before) ^ _deputed(after)}
    return tuple(sorted(to_others & deputies_coming(before) & deputies_coming(after)))


def _deputed(consultation: Consultation, off: Container[datetime] = ()) -> frozenset[tuple[str, datetime]]:
    """Each deputy who comes, with the slot of each session that they come to. What is over is nobody's any more."""
    return frozenset(
        (coming, session.slot)
        for participant in consultation.participants
        for session in consultation.sessions
        if session.is_planned or session.slot in off
        if (coming := consultation.comes(participant, session)) and coming != participant.person
    )


def _stand_ins(consultation: Consultation, session: Session, taken: Container[str]) -> dict[str, str]:
    """The first deputy who is free, of each who is awaited in a session that is planned, and is not."""

    def is_free(person: str) -> bool:
        keys = (key_of("person", person, quarter) for quarter in quarters(session.begins, session.ends))
        return not any(key in taken for key in keys)

    return {
        each.person: deputy
        for each in consultation.participants
        if session.is_planned and consultation.is_awaited(each, session) and not is_free(each.person)
        if (deputy := next(filter(is_free, each.deputies), None))
    }
