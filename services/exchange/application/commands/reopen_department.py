"""A department hosts again."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from services.exchange.application.commands.site_parts import DepartmentChange
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import ClosedPlaces
from services.exchange.domain import closing
from services.exchange.domain.permissions.directory import may_run_site

ClosureId = Annotated[str, StringConstraints(pattern=r"^clo_[0-9a-z-]{1,60}$")]


class ReopenDepartment(DepartmentChange):
    """The closed period that ends, as the department's view names it."""

    closure_id: ClosureId


def reopen_department(
    command: ReopenDepartment, context: Context, sites: Sites, closed_places: ClosedPlaces
) -> Receipt:
    """Gives back the places that the closed period took, in the same write."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "reopen_department")
    if answer := site.answered(context):
        return answer
    decision = closing.reopen(site.state, command.department_id, command.closure_id)
    taken = closed_places.load(command.closure_id)

    def both(within: Transaction) -> Receipt:
        closed_places.save(taken, closing.give_back(taken.state), context, within)
        return sites.save(site, decision, context, within)

    return sites.atomically(both)
