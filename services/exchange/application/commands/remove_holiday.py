"""A site's own day is as any other again."""

from chassis.commands import Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.site_parts import SiteChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import site_calendar
from services.exchange.domain.permissions.directory import may_run_site


class RemoveHoliday(SiteChange):
    """The day whose entry goes."""

    day: Day


def remove_holiday(command: RemoveHoliday, context: Context, sites: Sites) -> Receipt:
    """Removes the day from the site's own calendar."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "remove_holiday")
    if answer := site.answered(context):
        return answer
    return sites.save(site, site_calendar.remove_holiday(site.state, command.day), context)
