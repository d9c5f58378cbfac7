"""Remarks that everybody who takes part reads."""

from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.parties import Note


def add_note(consultation: Consultation, *, text: str, by: str | None, now: datetime) -> Decision[Consultation]:
    """Puts the note behind the others, whatever state it is in. Raises `PatientIdentity`."""
    must_name_no_patient(text=text)
    noted = replace(consultation, notes=(*consultation.notes, Note(by, now, text)))
    return Decision(noted, what="note added")
