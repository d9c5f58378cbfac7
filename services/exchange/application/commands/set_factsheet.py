"""A host tells its visitors what they need to know."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.site_parts import HostFactsheet, SiteChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_run_site


class SetFactsheet(SiteChange):
    """The whole factsheet."""

    factsheet: HostFactsheet


def set_factsheet(command: SetFactsheet, context: Context, sites: Sites) -> Receipt:
    """Replaces the factsheet."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "set_factsheet")
    if answer := site.answered(context):
        return answer
    return sites.save(site, changing_site.set_factsheet(site.state, command.factsheet.factsheet()), context)
