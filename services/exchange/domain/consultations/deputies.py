"""Who comes in a participant's place."""

from datetime import datetime

from services.exchange.domain.consultations.consultation import Consultation


def deputies_coming(consultation: Consultation) -> frozenset[str]:
    """Who comes to some session in a participant's place."""
    return frozenset(deputy for deputy, _slot in _deputed(consultation))


def relieved(before: Consultation, after: Consultation) -> tuple[str, ...]:
    """Deputies who were to come, and are not any more."""
    return tuple(sorted(deputies_coming(before) - deputies_coming(after)))


def shifted(before: Consultation, after: Consultation) -> tuple[str, ...]:
    """Deputies who were to come and still are, but not to the same sessions."""
    to_others = {deputy for deputy, _slot in _deputed(before) ^ _deputed(after)}
    return tuple(sorted(to_others & deputies_coming(before) & deputies_coming(after)))


def _deputed(consultation: Consultation) -> frozenset[tuple[str, datetime]]:
    """Each deputy who comes, with the slot of each session that they come to."""
    return frozenset(
        (coming, session.slot)
        for participant in consultation.participants
        for session in consultation.sessions
        if (coming := consultation.comes(participant, session)) and coming != participant.person
    )
