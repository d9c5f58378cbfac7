"""A site joins the exchange."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived, document_id
from contracts.words import Country, Names
from services.exchange.application.commands.site_parts import NewDepartment, People, SpokenLanguages
from services.exchange.application.ports.directory import Sites
from services.exchange.domain.permissions.directory import may_register
from services.exchange.domain.site import Department, Site, register


class RegisterSite(Command):
    """A partner hospital or commission. `zone` is the IANA zone that it keeps; `country` its ISO 3166 code."""

    names: Names
    country: Country
    zone: Line
    coordinators: People = ()
    managers: People = ()
    departments: Annotated[tuple[NewDepartment, ...], Field(max_length=100)] = ()
    languages: SpokenLanguages = ()


def register_site(command: RegisterSite, context: Context, sites: Sites) -> Receipt:
    """Keeps a new site."""
    may_register(context.actor)
    site = Site(
        id=document_id("sit", context.command_id),
        names=command.names,
        country=command.country,
        zone=command.zone,
        coordinators=command.coordinators,
        managers=command.managers,
        departments=tuple(
            Department(
                document_id("dep", derived(context.command_id, str(number))), new.names, new.seats, fields=new.fields
            )
            for number, new in enumerate(command.departments)
        ),
        languages=command.languages,
    )
    return sites.add(site.id, register(site), context)
