"""Public holidays at both ends, with each site's own days put over its country's."""

from collections.abc import Iterable

from services.exchange.domain.holidays import Calendar, Holiday
from services.exchange.domain.refusals import OnPublicHoliday
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.rules.rule import Rule
from services.exchange.domain.site import Site
from services.exchange.domain.words import WARN


def certain(plan: Plan) -> Iterable[OnPublicHoliday]:
    """For either end the holidays among the days asked for."""
    return _at_both_ends(plan, provisional=False)


def provisional(plan: Plan) -> Iterable[OnPublicHoliday]:
    """For either end the days asked for that may become holidays: not decreed yet, or waiting for the moon."""
    return _at_both_ends(plan, provisional=True)


def _at_both_ends(plan: Plan, *, provisional: bool) -> Iterable[OnPublicHoliday]:
    yield from _at("host", plan.host, plan.host_calendar, plan, provisional=provisional)
    yield from _at("sending", plan.sending, plan.sending_calendar, plan, provisional=provisional)


def _at(end: str, site: Site, calendar: Calendar, plan: Plan, *, provisional: bool) -> Iterable[OnPublicHoliday]:
    def counts(holiday: Holiday) -> bool:
        return not holiday.works and holiday.provisional == provisional

    days = sorted(day for day, holiday in calendar.items() if plan.asks_for(day) and counts(holiday))
    if days:
        yield OnPublicHoliday(
            end=end,
            site=site.id,
            country=site.country,
            provisional=provisional,
            days=[day.isoformat() for day in days],
            names=[calendar[day].name for day in days],
            names_by_language=[dict(calendar[day].names) for day in days],
        )


RULE = Rule("public-holiday", WARN, (OnPublicHoliday,), certain)
# What nobody has decreed yet cannot forbid anything.
PROVISIONAL = Rule("provisional-holiday", WARN, (OnPublicHoliday,), provisional)
