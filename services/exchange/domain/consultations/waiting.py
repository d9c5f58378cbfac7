"""Who waits for a time that is taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation
from services.exchange.domain.consultations.events import ConsultationBooked, ConsultationHappening, WaitingEnded
from services.exchange.domain.consultations.standing import first_begins, reply_by, state_after
from services.exchange.domain.visit import BOOKED, PENDING


def take_what_is_free(consultation: Consultation, *, reply_days: int, now: datetime) -> Decision[Consultation] | None:
    """What it waited for is held from now on, and its participants are asked. `None` where it waits no longer.

    It holds before anybody else accepts: whoever comes next would take the time again.
    """
    if consultation.state != WAITLIST:
        return None
    first = first_begins(consultation.planned)
    if first <= now:
        return None
    holding = replace(consultation, state=PENDING, reply_by=reply_by(first, reply_days, now))
    holding = replace(holding, state=state_after(holding, now))
    booked: tuple[ConsultationHappening, ...] = ()
    if holding.state == BOOKED:
        booked = (ConsultationBooked(holding),)
    return Decision(holding, what="off the waiting list", events=(WaitingEnded(holding), *booked))


def in_turn(waiting: Sequence[Consultation]) -> list[Consultation]:
    """Urgent ones first, then who waits longest: ids are in the order in which they were made."""
    return sorted(waiting, key=lambda each: (not each.urgent, each.id))
