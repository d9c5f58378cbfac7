"""What took place, in the words of the event that tells of it."""

from datetime import UTC, date

from chassis.kernel.zones import zone_named
from contracts.exchange.consultations import ConsultationSessionHeld
from contracts.exchange.v1 import VisitFulfilled
from services.research.domain.occurrence import Occurrence
from services.research.domain.outcome import CONSULTATION, VISIT


def visit_of(visit: VisitFulfilled) -> Occurrence:
    """The agreement counts it in the year of the arrival that was planned; it began on the day of the actual one."""
    ends = (visit.sending_site, visit.host_site)
    return Occurrence(
        kind=VISIT,
        id=visit.visit,
        slot=None,
        agreement=visit.agreement,
        condition=visit.condition,
        field=visit.field,
        title=visit.purpose,
        year=visit.planned_arrival.year,
        began=visit.actual_arrival,
        sites=tuple(site.id for site in ends),
        zones={site.id: site.zone for site in ends},
        lead=visit.leader,
        people=visit.visitors,
        followers=_each_once(visit.proposer, *visit.sending_site.coordinators, *visit.host_site.coordinators),
    )


def session_of(held: ConsultationSessionHeld) -> Occurrence:
    """The session of the event's slot, with those who attended it."""
    day = _day(held)
    return Occurrence(
        kind=CONSULTATION,
        id=held.consultation,
        slot=held.slot.astimezone(UTC),
        agreement=held.agreement,
        condition=held.condition,
        field=held.field,
        title=held.title,
        year=day.year,
        began=day,
        sites=tuple(site.id for site in held.sites),
        zones={site.id: site.zone for site in held.sites},
        lead=held.chair,
        people=held.attended,
        followers=_each_once(held.organiser, *(person for site in held.sites for person in site.coordinators)),
    )


def _day(held: ConsultationSessionHeld) -> date:
    """The session's calendar day where the consultation is organised: the agreement counts it in that day's year."""
    begins = {session.slot: session.begins for session in held.sessions}[held.slot]
    return begins.astimezone(zone_named(held.zone)).date()


def _each_once(*people: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(people))
