"""A room changes: its names, its places."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.site_parts import NewRoom, RoomChange
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import changing_site
from services.exchange.domain.permissions.directory import may_run_site
from services.exchange.domain.site import Room


class ChangeRoom(RoomChange):
    """All of it, as it is to stand."""

    room: NewRoom


def change_room(command: ChangeRoom, context: Context, sites: Sites) -> Receipt:
    """Replaces names and places. Consultations that stand keep their room, however small it becomes."""
    site = sites.load(command.site_id)
    may_run_site(context.actor, site.id, "change_room")
    if answer := site.answered(context):
        return answer
    room = Room(command.room_id, command.room.names, command.room.places)
    return sites.save(site, changing_site.change_room(site.state, room), context)
