"""What people's calendars are told anew: each time the SEQUENCE rises (RFC 5545, 3.8.7.4), and not each asks anew."""

from dataclasses import replace

from services.exchange.domain.consultations.consultation import Consultation


def asked_anew(consultation: Consultation) -> Consultation:
    """Everybody gets a REQUEST: from now on only answers to this one count."""
    return replace(consultation, sequence=consultation.sequence + 1, asked_with=None)


def told_anew(consultation: Consultation) -> Consultation:
    """What was asked stands, or what is left of it: people go on answering the REQUEST that they were asked by."""
    return replace(consultation, sequence=consultation.sequence + 1, asked_with=consultation.answerable_from)
