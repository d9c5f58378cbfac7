"""The host has to be asked early enough: for the visa and, for clinical work, for the permit to practise."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from services.exchange.domain.refusals import TooShortNotice
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID, WARN

CLINICAL_WORK = "clinical-work"
PERMIT_DAYS: Mapping[str, int] = {"CN": 30}
"""By host country, the days that its authority may take for a foreign doctor's short-term practice permit.

China: 30 days from the day on which the application is accepted (Interim Measures for the Administration of Foreign
Doctors' Short-term Medical Practice in China, ministry of health order 24, article 9).
"""


def visa(plan: Plan) -> Iterable[TooShortNotice]:
    """Abroad: fewer days are left than the host's factsheet asks for."""
    if _abroad(plan):
        yield from _too_short(plan, "visa", plan.host.factsheet.lead_days)


def permit(plan: Plan) -> Iterable[TooShortNotice]:
    """Clinical work abroad: fewer days are left than the host country's authority may take."""
    if plan.condition.kind == CLINICAL_WORK and _abroad(plan):
        yield from _too_short(plan, "permit", PERMIT_DAYS.get(plan.host.country, 0))


def _abroad(plan: Plan) -> bool:
    return plan.sending.country != plan.host.country


def _too_short(plan: Plan, what: str, needed: int) -> Iterable[TooShortNotice]:
    notice = (plan.arrival - plan.today).days
    if notice < needed:
        yield TooShortNotice(
            what=what,
            kind=plan.condition.kind,
            country=plan.host.country,
            needed=needed,
            notice=notice,
            arrival=plan.arrival.isoformat(),
            earliest=(plan.today + timedelta(days=needed)).isoformat(),
        )


VISA = Rule("visa-lead-time", FORBID, (TooShortNotice,), visa, asked_again=False)
PERMIT = Rule("permit-lead-time", WARN, (TooShortNotice,), permit, asked_again=False)
