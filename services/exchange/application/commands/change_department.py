"""A department changes: its names, its seats, its fields."""

from dataclasses import replace

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from services.exchange.application.commands.site_parts import DepartmentChange, NewDepartment
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.seats_held import seats_held
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_run_site


class ChangeDepartment(DepartmentChange):
    """All of it, as it is to stand."""

    department: NewDepartment


def change_department(command: ChangeDepartment, context: Context, sites: Sites, visits: Visits) -> Receipt:
    """Replaces names, seats and fields; fewer seats than visits hold from today on are refused.

    Nobody is given a seat between the look at what is held and the write.
    """
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "change_department")
    if answer := site.answered(context):
        return answer
    before, new = site.state.department(command.department_id), command.department
    department = replace(before, names=new.names, seats=new.seats, fields=new.fields)
    today = site.state.today(context.now)

    def looked_at_and_saved(within: Transaction) -> Receipt:
        sites.has_seats(site.id, department.id, new.seats, within)
        held = seats_held(visits, department.id, since=today, within=within)
        return sites.save(site, changing_site.change_department(site.state, department, held), context, within)

    return sites.atomically(looked_at_and_saved)
