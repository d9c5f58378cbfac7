"""A site's own particulars change."""

from chassis.commands import Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import Country, Names
from services.exchange.application.commands.site_parts import People, SiteChange, SpokenLanguages
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_register


class ChangeSite(SiteChange):
    """All of it, as it is to stand: what is left out is empty from then on."""

    names: Names
    country: Country
    zone: Line
    coordinators: People = ()
    managers: People = ()
    languages: SpokenLanguages = ()


def change_site(command: ChangeSite, context: Context, sites: Sites) -> Receipt:
    """Replaces names, country, zone, coordinators, managers and languages."""
    may_register(context.actor)
    site = sites.load(command.site_id)
    if answer := site.answered(context):
        return answer
    state = command.model_dump(exclude={"site_id", "expected_version"})
    return sites.save(site, changing_site.change_site(site.state, **state), context)
