"""Changes to what a site says of itself, to its departments and to its rooms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chassis.kernel.decision import Decision
from services.exchange.domain.directory_refusals import RoomNamedTwice, SeatsHeld
from services.exchange.domain.site import Department, Factsheet, Room, Site, must_be_a_zone
from services.exchange.domain.visit import parts_of_seat_key


def change_site(site: Site, **state: Any) -> Decision[Site]:
    """Names, country, zone, coordinators, managers and languages, all of them. Raises `UnknownZone`."""
    must_be_a_zone(state["zone"])
    return Decision(replace(site, **state), what="changed")


def set_factsheet(site: Site, factsheet: Factsheet) -> Decision[Site]:
    """What visitors are told from now on."""
    return Decision(replace(site, factsheet=factsheet), what="factsheet set")


def add_department(site: Site, department: Department) -> Decision[Site]:
    """A further department hosts."""
    return Decision(replace(site, departments=(*site.departments, department)), what=f"{department.id} added")


def change_department(site: Site, department: Department, held: Sequence[str]) -> Decision[Site]:
    """Its names, seats and fields, all of them. `held`: the keys of its places that visits hold, from today on.

    Raises `SeatsHeld` where visits hold places beyond the new number, `NoSuchDepartment`.
    """
    before = site.department(department.id)
    if department.seats < before.seats:
        _must_be_free(department, held)
    return Decision(with_department(site, department), what=f"{department.id} changed")


def with_department(site: Site, department: Department) -> Site:
    """The site with this department in the place of the one of the same id."""
    kept = (department if each.id == department.id else each for each in site.departments)
    return replace(site, departments=tuple(kept))


def add_room(site: Site, room: Room) -> Decision[Site]:
    """A further room can be sat in together. Raises `RoomNamedTwice`."""
    _must_have_its_own_name(site, room)
    return Decision(replace(site, rooms=(*site.rooms, room)), what=f"{room.id} added")


def change_room(site: Site, room: Room) -> Decision[Site]:
    """Its names and places, all of them. Raises `NoSuchRoom`, `RoomNamedTwice`.

    Fewer places than some consultation needs are no hindrance, and leave that as it is: whether people fit into a room
    is asked when a consultation is planned.
    """
    site.room(room.id)
    _must_have_its_own_name(site, room)
    kept = (room if each.id == room.id else each for each in site.rooms)
    return Decision(replace(site, rooms=tuple(kept)), what=f"{room.id} changed")


def remove_room(site: Site, room_id: str) -> Decision[Site]:
    """Nobody plans with the room any more; consultations that are to sit in it still hold it. Raises `NoSuchRoom`."""
    gone = site.room(room_id)
    kept = tuple(room for room in site.rooms if room is not gone)
    return Decision(replace(site, rooms=kept), what=f"{gone.id} removed")


def _must_have_its_own_name(site: Site, room: Room) -> None:
    for other in site.rooms:
        shared = [name for language, name in room.names.items() if _same(name, other.names.get(language, ""))]
        if shared and other.id != room.id:
            raise RoomNamedTwice(name=shared[0], room=other.id)


def _same(name: str, other: str) -> bool:
    return name.strip().casefold() == other.strip().casefold()


def _must_be_free(department: Department, held: Sequence[str]) -> None:
    places = [parts_of_seat_key(key) for key in held]
    beyond = [(seat, day) for seat, day in places if seat > department.seats]
    if not beyond:
        return
    per_day: dict[str, int] = {}
    for _, day in places:
        per_day[day] = per_day.get(day, 0) + 1
    most, on = max((count, day) for day, count in per_day.items())
    raise SeatsHeld(
        department=department.id,
        asked=department.seats,
        most_held=most,
        most_held_on=on,
        places=sorted({seat for seat, _ in beyond}),
        until=max(day for _, day in beyond),
    )
