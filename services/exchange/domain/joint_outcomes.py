"""Joint outcomes: no visit stands under such a condition, yet what visits bring about is what it promises."""

from collections.abc import Iterable
from datetime import datetime

from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_ending import today_of
from services.exchange.domain.agreement_text import JOINT_OUTCOME, Condition
from services.exchange.domain.agreement_version import Version
from services.exchange.domain.visit import Visit


def joint_promises(
    agreement: Agreement, visit: Visit, reported: datetime, zones: Iterable[str]
) -> list[tuple[Condition, int]]:
    """The joint outcomes, each with its year, that a visit's outcome counts toward, besides the visit's own condition.

    Those of the visit's field and direction, by the text that was in force when it was reported; the year is that of
    the report, at the partner where it ends last (`zones` are the partners'). None where the text does not reach it.
    """
    text = _in_force_at(agreement, reported).text
    year = today_of(zones, reported).year
    if year not in text.years:
        return []
    return [(condition, year) for condition in text.conditions if _is_promise_of(condition, visit)]


def _in_force_at(agreement: Agreement, moment: datetime) -> Version:
    by_then = [version for version in agreement.in_force if version.was_in_force(moment)]
    return by_then[-1] if by_then else agreement.in_force[0]


def _is_promise_of(condition: Condition, visit: Visit) -> bool:
    same_field = condition.field.casefold() == visit.field.casefold()
    same_way = (condition.sending_site, condition.host_site) == (visit.sending_site, visit.host_site)
    return condition.kind == JOINT_OUTCOME and same_field and same_way
