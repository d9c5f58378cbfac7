"""A site keeps a day of its own: off, or a make-up workday."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.site_parts import Holiday, SiteChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import site_calendar
from services.exchange.domain.permissions.directory import may_run_site


class AddHoliday(SiteChange):
    """The day, its name and whether the site works on it."""

    holiday: Holiday


def add_holiday(command: AddHoliday, context: Context, sites: Sites) -> Receipt:
    """Adds the day to the site's own calendar."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "add_holiday")
    if answer := site.answered(context):
        return answer
    return sites.save(site, site_calendar.add_holiday(site.state, command.holiday.holiday()), context)
