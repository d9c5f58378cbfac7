"""A department that is closed hosts nobody: a closed period takes its free seats, so that this is never a warning."""

from collections.abc import Iterable

from services.exchange.domain.refusals import DepartmentClosed
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.words import FORBID


def broken(plan: Plan) -> Iterable[DepartmentClosed]:
    """Each closed period that touches the days asked for."""
    for closure in plan.department.closed:
        if closure.covers(plan.first_asked, plan.departure):
            yield DepartmentClosed(
                department=plan.department.id,
                first=closure.first.isoformat(),
                last=closure.last.isoformat(),
                reason=closure.reason,
            )


RULE = Rule("closed-period", FORBID, (DepartmentClosed,), broken)
