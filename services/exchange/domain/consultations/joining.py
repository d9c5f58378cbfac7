"""Another link by which people join, where that is all that changes."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.announcing import told_anew
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.events import ConsultationRescheduled
from services.exchange.domain.consultations.recurring.reading import read_rule
from services.exchange.domain.consultations.recurring.rule import Rule
from services.exchange.domain.consultations.standing import with_session
from services.exchange.domain.visit_refusals import NothingChanges


def goes_by(consultation: Consultation, zone: str, recurrence: str) -> bool:
    """Whether what is to come goes by this clock and rule already; one session needs none.

    Where a rule ends its sessions tell, of which some may be over.
    """
    is_one = len(consultation.planned) == 1
    return consultation.zone == zone and (is_one or _endless(consultation.recurrence) == _endless(recurrence))


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


def _endless(recurrence: str) -> Rule | None:
    return replace(read_rule(recurrence), count=None, until=None) if recurrence else None
