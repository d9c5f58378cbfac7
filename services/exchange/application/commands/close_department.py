"""A department closes for some days."""

from collections.abc import Callable

from chassis.commands import Day, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import HoldTaken, Transaction
from chassis.kernel.errors import WriteConflict
from chassis.kernel.ids import document_id
from services.exchange.application.commands.site_parts import DepartmentChange
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import ClosedPlaces, Visits
from services.exchange.domain import closing
from services.exchange.domain.permissions.directory import may_run_site
from services.exchange.domain.site import Closure

TRIES = 20
"""How often the free places are looked up again when bookings take some of them meanwhile."""


class CloseDepartment(DepartmentChange):
    """Days at the site, both included, and why."""

    first: Day
    last: Day
    reason: FullParagraph


def close_department(
    command: CloseDepartment, context: Context, sites: Sites, visits: Visits, closed_places: ClosedPlaces
) -> Receipt:
    """Takes every free place of those days in the same write that tells of the closed period.

    What is booked stays booked, and is listed by the question about the department.
    """
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "close_department")
    if answer := site.answered(context):
        return answer
    closure = Closure(command.first, command.last, command.reason, document_id("clo", context.command_id))
    decision = closing.close(site.state, command.department_id, closure, today=site.state.today(context.now))
    department = site.state.department(command.department_id)

    def both(within: Transaction) -> Receipt:
        taken = closing.take(department, closure, visits.held_keys(closing.all_places(department, closure)))
        closed_places.add(closure.id, taken, context, within)
        return sites.save(site, decision, context, within)

    return _again_while_beaten(sites, both, site.id)


def _again_while_beaten(sites: Sites, both: Callable[[Transaction], Receipt], site_id: str) -> Receipt:
    for _ in range(TRIES):
        try:
            return sites.atomically(both)
        except HoldTaken:
            # A booking took one of the places in between: it stays, and the others are asked for again.
            continue
    raise WriteConflict(id=site_id)
