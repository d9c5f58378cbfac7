"""What feeds ask of what is kept: in memory and in the database alike."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.store import database_at
from services.exchange.adapters import shapes
from services.exchange.adapters.calendar_address_store import CalendarAddressStore
from services.exchange.adapters.feed_store import FeedStore
from services.exchange.application.ports.calendar_feeds import CalendarAddresses, FeedLines
from services.exchange.application.ports.calendar_files import Revision
from services.exchange.domain.calendar_address import CalendarAddress, hashed
from services.exchange.domain.consultations.consultation import WAITLIST, with_needs
from services.exchange.domain.visit import ENTERED_IN_ERROR, PROPOSED
from tests.alliance import EXCHANGE_ALONE
from tests.contract.shelves import Shelves, in_database, in_memory
from tests.contract.test_diary_contract import FIRST, consultation
from tests.contract.test_exchange_ports_contract import ADMIN, keep
from tests.fakes.exchange_calendars import FakeCalendarAddresses, FakeFeedLines
from tests.fakes.memory import Memory
from tests.unit.exchange import given

SINCE = date(2026, 4, 1)


@dataclass
class Kept(Shelves):
    """Both ports, and what feeds are read off."""

    lines: FeedLines
    addresses: CalendarAddresses


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "in memory":
        memory = Memory()
        return Kept(in_memory(memory), FakeFeedLines(memory), FakeCalendarAddresses(memory))
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    database = database_at(installation.mongo_url("exchange"))
    addresses = CalendarAddressStore(database["calendar_addresses"], shapes.CALENDAR_ADDRESS_SHAPE)
    return Kept(in_database(database), FeedStore(database), addresses)


def ids(found: list[Revision]) -> list[str]:
    return [each.id for each in found]


def test_visits_are_found_of_whom_they_concern_the_newest_first(kept: Kept) -> None:
    kept.keep(
        "visits",
        given.visit(PROPOSED, id="vis_1"),
        given.visit(PROPOSED, id="vis_2"),
        given.visit(ENTERED_IN_ERROR, id="vis_3"),
        replace(
            given.visit(PROPOSED, id="vis_4"), agreement="agr_other", sending_site="sit_o", host_department="dep_o"
        ),
    )
    visit = given.visit()
    asked = {
        "person": (visit.leader, ["vis_4", "vis_2", "vis_1"]),
        "site": (given.GILGIT, ["vis_2", "vis_1"]),
        "department": (visit.host_department, ["vis_2", "vis_1"]),
        "agreement": ("agr_1", ["vis_2", "vis_1"]),
    }
    for kind, (subject, found) in asked.items():
        assert ids(kept.lines.visits(kind, subject, SINCE, 9)) == found, kind
        # One that is not told is one of so many all the same.
        assert ids(kept.lines.visits(kind, subject, SINCE, 2)) == found[:1], kind
        assert kept.lines.visits(kind, "nobody", SINCE, 9) == [], kind


def test_a_visit_that_ends_on_the_first_day_or_later_is_among_them(kept: Kept) -> None:
    kept.keep("visits", given.visit(PROPOSED, id="vis_1"))
    visit = given.visit()
    for kind, subject in (("site", given.GILGIT), ("department", visit.host_department), ("agreement", "agr_1")):
        assert ids(kept.lines.visits(kind, subject, visit.planned_departure, 9)) == ["vis_1"], kind


def test_consultations_are_found_of_whom_they_concern_the_newest_first(kept: Kept) -> None:
    one, two = (with_needs(consultation(number, FIRST)) for number in (1, 2))
    waits = replace(consultation(3, FIRST), state=WAITLIST)
    wrong = replace(consultation(4, FIRST), state=ENTERED_IN_ERROR)
    other = replace(one, id="con_5", agreement="agr_other", sites=("sit_other",), needs=("per_other",))
    kept.keep("consultations", one, two, with_needs(waits), with_needs(wrong), other)
    asked = {"person": "per_bano", "site": given.KASHGAR, "agreement": "agr_1"}
    for kind, subject in asked.items():
        assert ids(kept.lines.consultations(kind, subject, 9)) == ["con_2", "con_1"], kind
        assert ids(kept.lines.consultations(kind, subject, 3)) == ["con_2"], kind
    assert kept.lines.consultations("department", "dep_surgery", 9) == []


def test_who_took_part_in_what_is_over_is_concerned_by_it_still(kept: Kept) -> None:
    kept.keep("consultations", replace(consultation(1, FIRST), needs=("per_khan",), on_rosters=("per_left",)))
    assert ids(kept.lines.consultations("person", "per_left", 9)) == ["con_1"]
    assert {"per_khan", "per_left"} <= kept.lines.changed(given.NOW, 9)[0].concerns


def test_people_and_sites_are_named_with_their_versions(kept: Kept) -> None:
    kept.keep("people", given.person())
    kept.keep("sites", given.site())
    named = kept.lines.named([given.person().id, "per_nobody"], [given.site().id])
    assert named == [Revision(given.person().id, 1), Revision(given.site().id, 1)]
    assert kept.lines.named([], []) == []


def test_what_changed_since_is_told_with_whom_it_concerns(kept: Kept) -> None:
    visit, met = given.visit(PROPOSED, id="vis_1"), with_needs(consultation(1, FIRST))
    kept.keep("visits", visit)
    kept.keep("consultations", met)
    kept.keep("people", given.person())
    kept.keep("sites", given.site())
    changed = {each.of.id: each for each in kept.lines.changed(given.NOW, 9)}
    assert {each.of.version for each in changed.values()} == {1}
    assert changed["vis_1"].concerns == {
        *(each.person for each in visit.visitors),
        visit.sending_site,
        visit.host_site,
        visit.host_department,
        visit.agreement,
    }
    assert changed["con_1"].concerns == {*met.needs, *met.sites, met.agreement}
    assert changed[given.person().id].concerns == changed[given.site().id].concerns == frozenset()
    assert kept.lines.changed(given.NOW + timedelta(seconds=1), 9) == []


def test_what_was_kept_before_it_had_rosters_is_told_too(kept: Kept) -> None:
    kept.keep("consultations", with_needs(consultation(1, FIRST)))
    if isinstance(kept.lines, FeedStore):
        kept.shelves["consultations"].collection.update_one({"_id": "con_1"}, {"$unset": {"on_rosters": ""}})
    assert [each.of.id for each in kept.lines.changed(given.NOW, 9)] == ["con_1"]


def test_a_decision_makes_a_booking_changed(kept: Kept) -> None:
    kept.keep("visits", given.visit(PROPOSED, id="vis_1"))
    shelf, later = kept.shelves["visits"], given.NOW + timedelta(hours=1)
    loaded = shelf.load("vis_1")
    shelf.save(loaded, Decision(loaded.state, "looked at"), Context("cmd_later", ADMIN, later))
    assert [each.of for each in kept.lines.changed(later, 9)] == [Revision("vis_1", 2)]


def test_of_what_changed_no_more_is_told_than_asked_for(kept: Kept) -> None:
    kept.keep("visits", *(given.visit(PROPOSED, id=f"vis_{number}") for number in range(5)))
    assert len(kept.lines.changed(given.NOW, 3)) == 3


def address(number: int, owner: str = "per_1", **different: Any) -> CalendarAddress:
    usual = CalendarAddress(f"cal_{number}", "person", owner, "en", owner, hashed(f"secret {number}"), given.NOW)
    return replace(usual, **different)


def test_addresses_are_found_by_the_hash_of_their_secret_and_by_their_owner(kept: Kept) -> None:
    revoked = address(2, revoked_at=given.NOW + timedelta(days=1))
    for each in (address(1), revoked, address(3, "per_2")):
        keep(kept.addresses, each)
    assert kept.addresses.with_secret(hashed("secret 2")) == revoked
    assert kept.addresses.with_secret("secret 2") is None
    assert [each.id for each in kept.addresses.page("per_1", after=None, limit=9)] == ["cal_1", "cal_2"]
    assert [each.id for each in kept.addresses.page("per_1", after="cal_1", limit=9)] == ["cal_2"]
    assert [each.id for each in kept.addresses.page(None, after=None, limit=2)] == ["cal_1", "cal_2"]
    assert [kept.addresses.open_of(owner) for owner in ("per_1", "per_2", "per_3")] == [1, 1, 0]
