"""The link by which people join."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.announcing import told_anew
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.events import ConsultationRescheduled
from services.exchange.domain.consultations.standing import with_session
from services.exchange.domain.visit_refusals import NothingChanges


def joined_by(consultation: Consultation, link: str, *, by: str | None, reason: str) -> Decision[Consultation]:
    """All that is still to come meets when it was to, by another link. Raises `NothingChanges`."""
    before = consultation.planned
    if all(session.link == link for session in before):
        raise NothingChanges(begins=[session.begins.isoformat() for session in before])
    after = told_anew(consultation)
    for session in before:
        after = with_session(after, replace(session, link=link))
    told = ConsultationRescheduled(after, before, None, by=by, reason=reason)
    return Decision(after, what="link changed", events=(told,), why=reason)
