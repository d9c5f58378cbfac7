"""One site, whole: its calendar, its factsheet and what was decided about it."""

from datetime import timedelta

from chassis.commands import Command, Day
from chassis.kernel.actor import Actor
from contracts.words import SiteId
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.queries.directory import particulars
from services.exchange.application.queries.views import View, history_view
from services.exchange.domain.calendar import Season
from services.exchange.domain.permissions.directory import may_look_up
from services.exchange.domain.site import Factsheet, Site
from services.exchange.domain.working_days import is_working_day, open_hours, own_holiday


class AskSite(Command):
    """`week_of`: a day; the seven days from it on are shown with their hours."""

    site_id: SiteId
    week_of: Day | None = None


def site(asked: AskSite, actor: Actor, kept: Sites, people: People) -> View:
    """The site, with `hours`, `holidays`, `factsheet`, `history`, and `week` where a day was named."""
    may_look_up(actor)
    found = kept.recorded(asked.site_id)
    return {
        "id": found.id,
        "version": found.version,
        **particulars(found.state),
        "hours": [_season(season) for season in found.state.hours],
        "holidays": [
            {"day": each.day.isoformat(), "name": each.name, "works": each.works} for each in found.state.holidays
        ],
        "factsheet": factsheet_view(found.state.factsheet),
        "week": _week(found.state, asked),
        "history": history_view(found.history, people),
    }


def factsheet_view(factsheet: Factsheet) -> View:
    """`{visa, housing, insurance, lead_days}`; each text by language."""
    return {
        "visa": dict(factsheet.visa),
        "housing": dict(factsheet.housing),
        "insurance": dict(factsheet.insurance),
        "lead_days": factsheet.lead_days,
    }


def _season(season: Season) -> View:
    weekdays = {str(day): [list(hours) for hours in each] for day, each in sorted(season.weekdays.items())}
    return {"name": season.name, "first": season.first, "last": season.last, "weekdays": weekdays}


def _week(site: Site, asked: AskSite) -> list[View]:
    if asked.week_of is None:
        return []
    days = [asked.week_of + timedelta(days=number) for number in range(7)]
    return [
        {
            "day": day.isoformat(),
            "works": is_working_day(site, day),
            "hours": [list(hours) for hours in open_hours(site, day)],
            "holiday": entry.name if (entry := own_holiday(site, day)) else None,
        }
        for day in days
    ]
