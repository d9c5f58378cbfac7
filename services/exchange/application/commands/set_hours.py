"""A site tells when it works."""

from typing import Annotated

from pydantic import Field, model_validator

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.site_parts import SeasonOfHours, SiteChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import site_calendar
from services.exchange.domain.permissions.directory import may_run_site


class SetHours(SiteChange):
    """All its seasons: those of every year, and those with dates of their own (Ramadan), which go before them."""

    seasons: Annotated[tuple[SeasonOfHours, ...], Field(max_length=50)]

    @model_validator(mode="after")
    def _days_of_one_kind(self) -> "SetHours":
        if any(len(season.first) != len(season.last) for season in self.seasons):
            raise ValueError("a season's first and last are both MM-DD or both YYYY-MM-DD")
        return self


def set_hours(command: SetHours, context: Context, sites: Sites) -> Receipt:
    """Replaces the working hours."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "set_hours")
    if answer := site.answered(context):
        return answer
    seasons = [season.season() for season in command.seasons]
    return sites.save(site, site_calendar.set_hours(site.state, seasons), context)
