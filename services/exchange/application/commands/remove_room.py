"""A room is planned with no more."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.site_parts import RoomChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_run_site


class RemoveRoom(RoomChange):
    """The room that goes."""


def remove_room(command: RemoveRoom, context: Context, sites: Sites) -> Receipt:
    """Takes the room out of the site. Consultations that were to sit in it keep their time, and hold the room still."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "remove_room")
    if answer := site.answered(context):
        return answer
    return sites.save(site, changing_site.remove_room(site.state, command.room_id), context)
