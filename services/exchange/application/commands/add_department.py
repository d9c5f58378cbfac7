"""A further department hosts visits."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from services.exchange.application.commands.site_parts import NewDepartment, SiteChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_run_site
from services.exchange.domain.site import Department


class AddDepartment(SiteChange):
    """The department; its id is made of the command's."""

    department: NewDepartment


def add_department(command: AddDepartment, context: Context, sites: Sites) -> Receipt:
    """Adds the department to the site."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "add_department")
    if answer := site.answered(context):
        return answer
    new = command.department
    department = Department(document_id("dep", context.command_id), new.names, new.seats, fields=new.fields)
    return sites.save(site, changing_site.add_department(site.state, department), context)
