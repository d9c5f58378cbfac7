"""The files that put a visit into people's calendars and take it out again, as other programs read them.

Judged by ical.js (Thunderbird's parser) and vobject; and held against the calendars that people subscribe to, so that
who has both has the visit once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import orjson
import pytest
import vobject

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store.writing import update_of
from contracts.envelope import LARGEST_EVENT
from services.exchange.adapters.icalendar.visit_calendars import VisitCalendars
from services.exchange.adapters.icalendar.visit_files import PublishedVisits
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.adapters.shapes import visit_shape
from services.exchange.application.ports.calendar_files import ListedVisit
from services.exchange.domain.cancelling import cancel
from services.exchange.domain.events import VisitBooked, VisitExtended, VisitProposed, VisitRescheduled
from services.exchange.domain.person import Person
from services.exchange.domain.visit import BOOKED, CANCELLED, PENDING, PROPOSED, Visit, Visitor
from services.exchange.domain.withdrawing import withdraw
from tests.contract.other_parsers import read_by_ical_js
from tests.contract.test_exchange_ports_contract import keep
from tests.fakes.exchange import FakePeople, FakeSites
from tests.fakes.memory import Memory
from tests.unit.exchange.given import GILGIT, KASHGAR, NOW, person, site, visit
from tests.unit.exchange.given_consultation import REPLIES, WEBSITE, directory, feed, feeds, people

LATER = NOW + timedelta(days=3, seconds=7)
UID = "vis_1@khunjerab.example"
ZHANG, HUSSAIN, ALI = "per_zhang", "per_hussain", "per_ali"


def published(*more: Person) -> PublishedEvents:
    """Zhang coordinates the host and reads Chinese, Hussain and Ali the sending site; Bano goes and reads Urdu."""
    sites, known = FakeSites(Memory()), FakePeople(Memory())
    keep(sites, site(names={"en": "Kashgar", "zh": "喀什"}, coordinators=(ZHANG,)))
    keep(sites, site(id=GILGIT, names={"en": "Gilgit"}, zone="Asia/Karachi", coordinators=(HUSSAIN,)))
    english = person(HUSSAIN, passport_name="Sajjad Hussain", language="en")
    for each in (people()[ZHANG], person(), english, person(ALI, language="en"), *more):
        keep(known, each)
    return PublishedEvents(sites, visits=VisitCalendars(lambda: PublishedVisits(WEBSITE, REPLIES), known))


def told(decision: Decision[Visit], version: int = 4, by: PublishedEvents | None = None) -> list[dict[str, Any]]:
    """The data of the events that stand in the write which makes this version of the visit."""
    context = Context("cmd_1", SYSTEM, LATER)
    update, _ = update_of(
        Loaded("vis_1", version - 1, visit()), decision, context, visit_shape((by or published()).publish)
    )
    return [orjson.loads(entry["body"])["data"] for entry in update["$push"]["outbox"]["$each"]]


def booked(**different: Any) -> Decision[Visit]:
    state = visit(BOOKED, **different)
    return Decision(state, "booked", (VisitBooked(state),))


def moved(state: str) -> Decision[Visit]:
    other = visit(state, planned_arrival=date(2026, 5, 4), planned_departure=date(2026, 5, 4))
    told_of = VisitRescheduled(other, date(2026, 4, 6), date(2026, 4, 8), BOOKED, by=ALI, reason="Snow")
    return Decision(other, "rescheduled", (told_of,))


def extended() -> Decision[Visit]:
    longer = visit(BOOKED, planned_departure=date(2026, 4, 20))
    return Decision(longer, "extended", (VisitExtended(longer, date(2026, 4, 8), by=ZHANG, reason="More to learn"),))


DECISIONS: Mapping[str, tuple[Decision[Visit], str, str]] = {
    "booked": (booked(), "PUBLISH", "CONFIRMED"),
    "moved and booked still": (moved(BOOKED), "PUBLISH", "CONFIRMED"),
    "moved and asked anew": (moved(PENDING), "PUBLISH", "TENTATIVE"),
    "moved as a proposal": (moved(PROPOSED), "PUBLISH", "TENTATIVE"),
    "extended": (extended(), "PUBLISH", "CONFIRMED"),
    "cancelled": (cancel(visit(BOOKED), by=ALI, reason="Snow"), "CANCEL", "CANCELLED"),
}
each_decision = pytest.mark.parametrize("name", DECISIONS)


def files(name: str) -> dict[str, bytes]:
    (data,) = told(DECISIONS[name][0])
    return {
        f"{who} {language}": text.encode()
        for who in ("visitors", "others")
        for language, text in data["calendar"][who].items()
    }


@each_decision
def test_ical_js_reads_whole_days_of_one_entry_and_nobody_to_answer(name: str) -> None:
    decision, method, status = DECISIONS[name]
    state = decision.state
    for which, read in read_by_ical_js(files(name)).items():
        (event,) = read["events"]
        assert (read["method"], event["status"], event["uid"]) == (method, status, UID), which
        assert (event["sequence"], event["dtstamp"]) == (4, LATER.timestamp())
        assert event["all_day"]
        days = event["end"] - event["start"]
        assert days == ((state.planned_departure - state.planned_arrival).days + 1) * 86_400
        assert event["attendees"] == []
        assert event["organizer"]["address"] == f"mailto:{REPLIES}"


@each_decision
def test_vobject_reads_the_same(name: str) -> None:
    decision, method, _ = DECISIONS[name]
    for content in files(name).values():
        calendar = vobject.readOne(content.decode())
        assert calendar.method.value == method
        assert calendar.vevent.dtstart.value == decision.state.planned_arrival
        assert calendar.vevent.dtend.value == decision.state.planned_departure + timedelta(days=1)


@each_decision
def test_the_entry_is_the_one_of_the_calendar_that_people_subscribe_to(name: str) -> None:
    state = DECISIONS[name][0].state
    listed = (ListedVisit(state, 4, LATER),)
    subscribed = {
        "visitors": feeds().write(feed(visits=listed, consultations=())),
        "others": feeds().write(feed("site", visits=listed, consultations=())),
    }
    mailed = {who: files(name)[f"{who} en"] for who in subscribed}
    for who in subscribed:
        one, other = (vobject.readOne(text[who].decode()).vevent for text in (subscribed, mailed))
        for line in ("uid", "sequence", "dtstamp", "dtstart", "dtend", "status", "transp", "description"):
            assert getattr(one, line).value == getattr(other, line).value, line


def test_who_goes_is_away_and_everybody_else_is_not() -> None:
    read = {which: vobject.readOne(text.decode()).vevent.transp.value for which, text in files("booked").items()}
    assert read == {
        "visitors en": "OPAQUE",
        "visitors ur": "OPAQUE",
        "others en": "TRANSPARENT",
        "others zh": "TRANSPARENT",
    }


def test_each_language_names_the_host_in_its_own_words() -> None:
    written = {which: text.decode().replace("\r\n ", "") for which, text in files("booked").items()}
    assert "赴喀什访问" in written["others zh"]
    assert "Visit to Kashgar" in written["others en"]
    assert "مہمان" in written["visitors ur"]


def test_a_visits_purpose_is_not_told_to_calendars() -> None:
    for text in files("booked").values():
        assert visit().purpose.encode() not in text.replace(b"\r\n ", b"")


def test_a_cancellation_stands_above_everything_that_was_told_before() -> None:
    (before,), (after,) = told(booked(), 7), told(cancel(visit(BOOKED), by=ALI, reason="Snow"), 8)
    sequences = [vobject.readOne(data["calendar"]["others"]["en"]).vevent.sequence.value for data in (before, after)]
    assert sequences == ["7", "8"]


def test_who_withdraws_alone_has_the_entry_taken_out_and_for_the_others_it_stands() -> None:
    state = visit(BOOKED, visitors=(Visitor("per_bano", 1), Visitor(HUSSAIN, 2)), leader="per_bano")
    decision = withdraw(state, person=HUSSAIN, new_leader=None, by=HUSSAIN, reason="Ill")
    (before,), (data,) = told(booked(), 4), told(decision, 5)
    # In no other visitor's language: nobody else is to have it.
    assert (data["calendar"]["method"], set(data["calendar"]["visitors"])) == ("CANCEL", {"en"})
    assert "others" not in data["calendar"]
    entered = vobject.readOne(before["calendar"]["visitors"]["en"]).vevent
    gone = vobject.readOne(data["calendar"]["visitors"]["en"])
    assert (gone.method.value, gone.vevent.status.value, gone.vevent.sequence.value) == ("CANCEL", "CANCELLED", "5")
    assert gone.vevent.uid.value == entered.uid.value
    (read,) = read_by_ical_js({"en": data["calendar"]["visitors"]["en"].encode()}).values()
    assert [(each["status"], each["sequence"]) for each in read["events"]] == [("CANCELLED", 5)]


def test_other_events_of_a_visit_carry_no_file_and_ask_for_nobody() -> None:
    state = visit()
    (data,) = told(Decision(state, "proposed", (VisitProposed(state),)))
    assert "calendar" not in data


def test_who_is_registered_no_longer_spoils_nothing() -> None:
    (data,) = told(booked(proposer="per_gone", visitors=(Visitor("per_gone", 1),)))
    assert set(data["calendar"]["visitors"]) == {"en"}


def test_the_largest_party_with_the_longest_names_stays_far_below_what_travels() -> None:
    many = [
        person(
            f"per_{number:032}", passport_name="W" * 200, local_name="ش" * 200, language=("en", "zh", "ur")[number % 3]
        )
        for number in range(60)
    ]
    decision = booked(visitors=tuple(Visitor(each.id, number) for number, each in enumerate(many)))
    (data,) = told(decision, by=published(*many))
    assert len(orjson.dumps(data)) < LARGEST_EVENT / 4


@pytest.mark.parametrize("moment", [LATER, datetime.fromisoformat("2026-12-31T23:59:59.999+00:00")])
def test_the_moment_of_an_entry_is_that_of_the_decision(moment: datetime) -> None:
    listed = ListedVisit(replace(visit(BOOKED), state=CANCELLED), 9, moment)
    text = PublishedVisits(WEBSITE, REPLIES).write("CANCEL", listed, "en", directory(), goes=False)
    assert vobject.readOne(text.decode()).vevent.dtstamp.value == moment.replace(microsecond=0)


def test_it_is_from_the_host_at_the_address_of_the_office() -> None:
    text = PublishedVisits(WEBSITE, REPLIES).write(
        "PUBLISH", ListedVisit(visit(), 1, NOW), "en", directory(), goes=True
    )
    organizer = vobject.readOne(text.decode()).vevent.organizer
    assert (organizer.value, organizer.params["CN"]) == (f"mailto:{REPLIES}", [directory().sites[KASHGAR].names["en"]])
