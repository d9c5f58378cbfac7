"""Rooms of a site: added, changed and removed by its people, each with a name of its own."""

from typing import Any

import pytest

from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, StaleVersion
from services.exchange.adapters.shapes import SITE_SHAPE
from services.exchange.domain.directory_refusals import NoSuchRoom, RoomNamedTwice
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange import given
from tests.unit.exchange.test_site_commands import change, shown, version

HALL = {"names": {"en": "Hall", "zh": "会议室"}, "places": 12}
WARD = {"names": {"en": "Ward round room"}, "places": 4}


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def rooms(alliance: AllianceInMemory) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shown(alliance)["rooms"]
    return found


def added(alliance: AllianceInMemory, room: dict[str, Any], actor: Actor = ADMIN) -> str:
    change(alliance, "add_room", actor, room=room)
    return str(rooms(alliance)[-1]["id"])


def changed(alliance: AllianceInMemory, room_id: str, actor: Actor = ADMIN, **room: Any) -> Receipt:
    return change(alliance, "change_room", actor, room_id=room_id, room={**HALL, **room})


def facts_of(refused: pytest.ExceptionInfo[Refusal]) -> dict[str, Any]:
    return refused.value.facts


def test_rooms_are_shown_in_the_order_in_which_they_were_added(alliance: AllianceInMemory) -> None:
    ids = [added(alliance, room) for room in (HALL, WARD)]
    assert rooms(alliance) == [{"id": ids[0], **HALL}, {"id": ids[1], **WARD}]
    assert all(each.startswith("rom_") for each in ids)
    listed = {site["id"]: site["rooms"] for site in alliance.exchange.sites(ADMIN)["items"]}
    assert listed == {alliance.host: rooms(alliance), alliance.sending: []}


def test_a_room_is_changed_whole_and_stays_where_it_is(alliance: AllianceInMemory) -> None:
    hall, ward = added(alliance, HALL), added(alliance, WARD)
    changed(alliance, hall, names={"en": "Small hall"}, places=1)
    assert rooms(alliance) == [{"id": hall, "names": {"en": "Small hall"}, "places": 1}, {"id": ward, **WARD}]


def test_a_room_that_is_removed_is_gone_and_its_name_is_free(alliance: AllianceInMemory) -> None:
    hall, ward = added(alliance, HALL), added(alliance, WARD)
    change(alliance, "remove_room", room_id=hall)
    assert [room["id"] for room in rooms(alliance)] == [ward]
    gone: dict[str, dict[str, Any]] = {"remove_room": {}, "change_room": {"room": HALL}}
    for intent, fields in gone.items():
        with pytest.raises(NoSuchRoom) as refused:
            change(alliance, intent, room_id=hall, **fields)
        assert facts_of(refused) == {"site": alliance.host, "room": hall}
    assert added(alliance, HALL) != hall


@pytest.mark.parametrize("name", [{"en": "hall"}, {"en": "Hall "}, {"en": "Other", "zh": "会议室"}])
def test_two_rooms_are_not_called_alike_in_a_language(alliance: AllianceInMemory, name: dict[str, str]) -> None:
    hall, ward = added(alliance, HALL), added(alliance, WARD)
    named: dict[str, dict[str, Any]] = {"add_room": {}, "change_room": {"room_id": ward}}
    for intent, fields in named.items():
        with pytest.raises(RoomNamedTwice) as refused:
            change(alliance, intent, room={"names": name, "places": 2}, **fields)
        assert facts_of(refused)["room"] == hall
    assert rooms(alliance)[1] == {"id": ward, **WARD}


def test_a_room_keeps_its_name_when_its_places_change(alliance: AllianceInMemory) -> None:
    hall = added(alliance, HALL)
    changed(alliance, hall, places=3)
    assert rooms(alliance)[0]["places"] == 3


@pytest.mark.parametrize(
    "wrong", [{"places": 0}, {"places": 201}, {"places": "4"}, {"names": {"zh": "会议室"}}, {"seats": 4}]
)
def test_a_room_that_cannot_be_is_refused(alliance: AllianceInMemory, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        change(alliance, "add_room", room={**HALL, **wrong})
    with pytest.raises(InvalidCommand):
        change(alliance, "change_room", room_id="rom_1", room={**HALL, **wrong})
    with pytest.raises(InvalidCommand):
        change(alliance, "remove_room", room_id="dep_1")
    assert version(alliance) == 1


def test_the_sites_own_people_keep_its_rooms_and_those_of_others_do_not(alliance: AllianceInMemory) -> None:
    hall = added(alliance, HALL, alliance.coordinator)
    kept: dict[str, dict[str, Any]] = {"change_room": {"room": WARD}, "remove_room": {}}
    for intent, fields in kept.items():
        with pytest.raises(NotAllowed) as refused:
            change(alliance, intent, alliance.manager, room_id=hall, **fields)
        assert facts_of(refused)["action"] == intent
        with pytest.raises(StaleVersion):
            change(alliance, intent, room_id=hall, expected_version=1, **fields)
        change(alliance, intent, alliance.coordinator, room_id=hall, **fields)
    assert rooms(alliance) == []
    assert [line["what"] for line in shown(alliance)["history"][1:]] == [
        f"{hall} {what}" for what in ("added", "changed", "removed")
    ]


def test_a_site_written_before_it_had_rooms_still_loads() -> None:
    document = {"_id": "sit_1", "version": 1, "names": {"en": "Kashgar"}, "country": "CN", "zone": "Asia/Shanghai"}
    assert SITE_SHAPE.state(document | {"coordinators": [], "departments": []}).rooms == ()
    with pytest.raises(NoSuchRoom):
        given.site().room("rom_1")
