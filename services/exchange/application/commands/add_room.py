"""A site has a further room to sit in together."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from services.exchange.application.commands.site_parts import NewRoom, SiteChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_run_site
from services.exchange.domain.site import Room


class AddRoom(SiteChange):
    """The room; its id is made of the command's."""

    room: NewRoom


def add_room(command: AddRoom, context: Context, sites: Sites) -> Receipt:
    """Adds the room to the site."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "add_room")
    if answer := site.answered(context):
        return answer
    room = Room(document_id("rom", context.command_id), command.room.names, command.room.places)
    return sites.save(site, changing_site.add_room(site.state, room), context)
