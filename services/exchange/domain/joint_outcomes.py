"""Joint outcomes: nothing is booked under such a condition, yet what visits and consultations bring about keeps it."""

from collections.abc import Iterable
from datetime import datetime

from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_ending import today_of
from services.exchange.domain.agreement_text import JOINT_OUTCOME, Condition
from services.exchange.domain.agreement_version import Version
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import sites_that_met
from services.exchange.domain.consultations.sessions import HELD
from services.exchange.domain.visit import Visit


def joint_promises(
    agreement: Agreement,
    origin: Visit | Consultation,
    reported: datetime,
    zones: Iterable[str],
    slot: datetime | None = None,
) -> list[tuple[Condition, int]]:
    """The joint outcomes, each with its year, that an outcome counts toward, besides its origin's own condition.

    Those of the origin's field, and of the visit's direction or between sites that met in the session of this `slot`,
    or in any where none is named, by the text that was in force when it was reported; the year is that of the report,
    at the partner where it ends last (`zones` are the partners'). None where the text does not reach it.
    """
    text = _in_force_at(agreement, reported).text
    year = today_of(zones, reported).year
    if year not in text.years:
        return []
    return [(condition, year) for condition in text.conditions if _is_promise_of(condition, origin, slot)]


def _in_force_at(agreement: Agreement, moment: datetime) -> Version:
    by_then = [version for version in agreement.in_force if version.was_in_force(moment)]
    return by_then[-1] if by_then else agreement.in_force[0]


def _is_promise_of(condition: Condition, origin: Visit | Consultation, slot: datetime | None) -> bool:
    same_field = condition.field.casefold() == origin.field.casefold()
    return condition.kind == JOINT_OUTCOME and same_field and _is_between(condition, origin, slot)


def _is_between(condition: Condition, origin: Visit | Consultation, slot: datetime | None) -> bool:
    if isinstance(origin, Visit):
        return (condition.sending_site, condition.host_site) == (origin.sending_site, origin.host_site)
    # Who meets sends nobody anywhere: it is of both ways.
    both = {condition.sending_site, condition.host_site}
    held = (each for each in origin.sessions if each.state == HELD and slot in (None, each.slot))
    return any(both <= sites_that_met(origin, session) for session in held)
