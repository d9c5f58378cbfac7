"""What answers are made of: plain JSON values; instants are ISO 8601 text."""

from datetime import date
from typing import Any

from contracts.words import AgreementId, AgreementTrackId, AnnouncementId, ConsultationId, ImportId, OutcomeId, VisitId

View = dict[str, Any]

About = VisitId | ConsultationId | OutcomeId | AgreementId | AgreementTrackId | ImportId | AnnouncementId
"""What messages are about."""


def text_of(moment: date | None) -> str | None:
    """A day or an instant as ISO 8601 text, or null."""
    return moment.isoformat() if moment else None
