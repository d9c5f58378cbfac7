"""Asking for a time: what is answered, what is refused, and that what would help does help."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from chassis.kernel.actor import COORDINATOR, OBSERVER, VISITOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown
from services.exchange.domain.calendar import Season
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.finding import refusals
from services.exchange.domain.consultations.participants import CHAIR, Participant
from services.exchange.domain.consultations.refusals import (
    ChairNeeded,
    NoSuchSession,
    NotAPartner,
    NotUrgent,
    ParticipantNamedTwice,
    RoomNotNeeded,
)
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.directory_refusals import NoSuchRoom
from services.exchange.domain.holidays import Holiday
from services.exchange.domain.refusals import NoSuchCondition, UnknownZone
from services.exchange.domain.site import Room
from services.exchange.domain.visit import BOOKED, FULFILLED
from tests.unit.exchange.meeting import WEDNESDAY, Meeting, taking_up

DAY = date.fromisoformat(WEDNESDAY)
NINE_IN_GILGIT = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
ALL_DAY = timedelta(hours=24)


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


def consultation(
    meeting: Meeting, *people: str, begins: datetime, lasting: timedelta, **different: Any
) -> Consultation:
    """One that is booked, with a session of that length for each beginning that is named."""
    beginnings = different.pop("beginnings", (begins,))
    participants = tuple(Participant(person, CHAIR, meeting.kashgar) for person in people)
    return replace(
        Consultation(
            id=different.pop("id", "con_1"),
            state=BOOKED,
            agreement=meeting.alliance.agreement,
            condition=meeting.alliance.condition,
            field="liver echinococcosis",
            title="Board",
            organiser=people[0] if people else meeting.li,
            sites=(meeting.kashgar,),
            zone="Asia/Shanghai",
            participants=participants,
            sessions=tuple(Session(at, at, at + lasting) for at in beginnings),
            reply_by=begins,
        ),
        **different,
    )


def busy(
    meeting: Meeting, *people: str, begins: datetime = NINE_IN_GILGIT - ALL_DAY, lasting: timedelta = 2 * ALL_DAY
) -> None:
    """So long; from the day before to the day behind where a test does not say."""
    number = len(meeting.alliance.memory.fake_consultations.kept)
    meeting.put(consultation(meeting, *people, begins=begins, lasting=lasting, id=f"con_{number}"))


def kept_day(meeting: Meeting, country: str, day: date = DAY, **different: Any) -> None:
    meeting.alliance.memory.fake_calendars.countries[country] = {day: Holiday("Feast", **different)}


def test_an_hour_is_found_that_both_ends_work_and_each_clock_is_shown(meeting: Meeting) -> None:
    answer = meeting.found()
    slot = answer["slots"][0]
    assert answer["none_because"] is None
    assert (slot["begins"], slot["ends"]) == ("2026-03-04T04:00:00+00:00", "2026-03-04T05:00:00+00:00")
    assert [(end["site"], end["begins"], end["unsocial_minutes"]) for end in slot["local"]] == [
        (meeting.gilgit, "2026-03-04T09:00:00+05:00", 0),
        (meeting.kashgar, "2026-03-04T12:00:00+08:00", 0),
    ]
    assert (slot["required"], slot["optional"]) == ({"can": 2, "of": 2}, {"can": 0, "of": 0})
    assert (slot["score"], slot["warnings"]) == ({"required": 4, "optional": 0, "unsocial": 0}, [])
    assert json.loads(json.dumps(answer)) == answer


def test_every_time_that_is_offered_lies_within_the_days_asked_for_and_no_two_of_them_overlap(meeting: Meeting) -> None:
    slots = meeting.found(most=50, minutes=90)["slots"]
    times = sorted((datetime.fromisoformat(each["begins"]), datetime.fromisoformat(each["ends"])) for each in slots)
    assert len(times) > 4
    assert all(end <= begin for (_, end), (begin, _) in pairwise(times))
    assert times[0][0] >= datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    assert times[-1][1] <= datetime(2026, 3, 4, 19, 0, tzinfo=UTC)


def test_of_many_days_each_half_day_offers_its_best_before_any_offers_a_second(meeting: Meeting) -> None:
    slots = meeting.found(last="2026-03-06", most=6)["slots"]
    local = [datetime.fromisoformat(each["local"][0]["begins"]) for each in slots]
    assert len({(at.date(), at.hour >= 12) for at in local}) == 6


def test_who_is_optional_makes_a_time_better_and_none_impossible(meeting: Meeting) -> None:
    wang = meeting.person("Wang", meeting.kashgar)
    busy(meeting, wang, begins=NINE_IN_GILGIT, lasting=timedelta(hours=3))
    participants = [*meeting.question()["participants"], meeting.asked(wang, meeting.kashgar, required=False)]
    best = meeting.best(participants=participants)
    assert (best["begins"], best["optional"]) == ("2026-03-04T07:00:00+00:00", {"can": 1, "of": 1})
    busy(meeting, wang)
    best = meeting.best(participants=participants)
    assert (best["begins"], best["optional"]) == ("2026-03-04T04:00:00+00:00", {"can": 0, "of": 1})
    assert best["misses"] == [{"person": wang, "rules": ["busy"]}]
    assert [(each["rule"], each["facts"]["person"]) for each in best["warnings"]] == [("busy", wang)]


def test_a_deputy_stands_in_where_there_is_no_other_way_and_is_worth_less_than_who_is_meant(meeting: Meeting) -> None:
    wang = meeting.person("Wang", meeting.kashgar)
    participants = [
        meeting.asked(meeting.bano, meeting.gilgit, "chair"),
        meeting.asked(meeting.li, meeting.kashgar, deputies=[wang]),
    ]
    busy(meeting, meeting.li, begins=NINE_IN_GILGIT, lasting=timedelta(hours=2))
    best = meeting.best(participants=participants)
    assert (best["begins"], [each["deputy"] for each in best["comes"]]) == ("2026-03-04T06:00:00+00:00", [None, None])
    busy(meeting, meeting.li)
    best = meeting.best(participants=participants)
    assert (best["begins"], [each["deputy"] for each in best["comes"]]) == ("2026-03-04T04:00:00+00:00", [None, wang])
    assert best["score"]["required"] == 3


def test_the_end_that_has_it_worst_counts_more_than_the_sum(meeting: Meeting) -> None:
    # Open from 9 to 11 in Gilgit and from 14 to 16 in Kashgar (11 to 13 in Gilgit): at 10:30 both are half an hour off.
    hours = {meeting.gilgit: ("09:00", "11:00"), meeting.kashgar: ("14:00", "16:00")}
    for site, opening in hours.items():
        meeting.site_is(site, hours=(Season("the year", "01-01", "12-31", dict.fromkeys(range(1, 6), (opening,))),))
    best = meeting.best()
    assert [end["unsocial_minutes"] for end in best["local"]] == [30, 30]
    assert best["score"]["unsocial"] == 60 + 2 * 30


def test_an_open_seat_is_filled_by_somebody_free_who_speaks_both_and_interprets(meeting: Meeting) -> None:
    speaks: dict[str, Any] = {"languages": ["ur", "zh", "en"]}
    meeting.person("Teacher", meeting.gilgit, **speaks, fields=["teaching"])
    meeting.person("Half", meeting.gilgit, languages=["ur"], fields=["interpreting"])
    elsewhere = meeting.site("Hotan", "CN", "Asia/Shanghai")
    first = meeting.person("First", meeting.gilgit, **speaks, fields=["interpreting"])
    second = meeting.person("Second", elsewhere, **speaks, fields=["Interpreting"])
    seat = [["ur", "zh"]]
    found = meeting.best(interpreters=seat)["interpreters"]
    assert found == [{"languages": ["ur", "zh"], "person": first, "site": meeting.gilgit}]
    busy(meeting, first)
    assert [each["person"] for each in meeting.best(interpreters=seat)["interpreters"]] == [second]
    answer = meeting.found(interpreters=[*seat, ["zh", "en"]])
    assert answer["slots"] == []
    assert [each["languages"] for each in answer["none_because"]["interpreters"]] == [["ur", "zh"], ["zh", "en"]]


def test_who_is_on_a_staff_visit_meets_from_the_host_and_that_is_shown(meeting: Meeting) -> None:
    alliance = meeting.alliance
    meeting.agreement_is(kind="training", visitor_days_per_year=99)
    alliance.accept(alliance.propose(meeting.bano, arrival=DAY, days=1))
    meeting.agreement_is(kind="consultation")
    kept_day(meeting, "PK")
    best = meeting.best()
    assert [(end["site"], end["people"], end["visitors"]) for end in best["local"]] == [
        (meeting.kashgar, [meeting.bano, meeting.li], [meeting.bano])
    ]
    assert best["begins"] == "2026-03-04T01:00:00+00:00"
    assert [each["rule"] for each in best["warnings"]] == ["visit"]
    assert meeting.found(first="2026-03-05", last="2026-03-05")["slots"]


def test_who_is_back_from_a_staff_visit_is_at_home(meeting: Meeting) -> None:
    alliance = meeting.alliance
    meeting.agreement_is(kind="training", visitor_days_per_year=99)
    visit = alliance.accept(alliance.propose(meeting.bano, arrival=DAY, days=1)).id
    meeting.agreement_is(kind="consultation")
    kept = alliance.memory.fake_visits.kept
    over = replace(kept[visit].state, state=FULFILLED, actual_arrival=DAY, actual_departure=DAY)
    kept[visit] = replace(kept[visit], state=over)
    assert [end["site"] for end in meeting.best()["local"]] == [meeting.gilgit, meeting.kashgar]


def test_what_the_consultation_holds_itself_is_free_for_it_session_by_session(meeting: Meeting) -> None:
    begins = datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    beginnings = (begins, begins + ALL_DAY)
    meeting.put(consultation(meeting, meeting.li, begins=begins, lasting=ALL_DAY, beginnings=beginnings))
    thursday: Any = {"last": "2026-03-05", "most": 50}
    coordinator = meeting.alliance.coordinator
    assert meeting.found(**thursday)["possible"] == 0
    assert meeting.found(coordinator, **thursday, consultation_id="con_1")["possible"] > 0
    one = meeting.found(coordinator, **thursday, consultation_id="con_1", slot="2026-03-04T00:00:00+05:00")
    assert {each["begins"][:10] for each in one["slots"]} == {WEDNESDAY}
    with pytest.raises(NoSuchSession):
        meeting.found(coordinator, consultation_id="con_1", slot="2026-03-04T01:00:00+05:00")
    with pytest.raises(Unknown):
        meeting.found(consultation_id="con_1")


def test_whoever_runs_one_of_the_ends_may_ask_and_nobody_else(meeting: Meeting) -> None:
    for actor in (meeting.alliance.manager, meeting.alliance.coordinator):
        assert meeting.found(actor)["slots"]
    outside = [(COORDINATOR, "sit_hotan"), (OBSERVER, meeting.gilgit), (VISITOR, meeting.gilgit)]
    for role, site in outside:
        with pytest.raises(NotAllowed):
            meeting.found(Actor("per_x", frozenset({role}), frozenset({site})))


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"zone": "Asia/Khunjerab"}, UnknownZone),
        ({"condition_id": "cnd_none"}, NoSuchCondition),
        ({"agreement_id": "agr_none"}, Unknown),
        ({"urgent": True}, refusals.WaiverNeedsReason),
        ({"urgent": True, "reason": "  "}, refusals.WaiverNeedsReason),
        ({"waive": [{"rule": "night", "site_id": "sit_x"}], "reason": "So."}, NotUrgent),
        ({"rooms": {"sit_elsewhere": "rom_1"}}, RoomNotNeeded),
        ({"consultation_id": "con_none"}, Unknown),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    meeting: Meeting, different: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        meeting.found(**different)


def test_people_sites_rooms_and_conditions_that_do_not_fit_are_refused_by_name(meeting: Meeting) -> None:
    bano, li = meeting.question()["participants"]
    with pytest.raises(Unknown):
        meeting.found(participants=[bano, {**li, "person_id": "per_nobody"}])
    with pytest.raises(Unknown):
        meeting.found(participants=[bano, {**li, "deputies": ["per_nobody"]}])
    with pytest.raises(refusals.NotOfTheSite):
        meeting.found(participants=[bano, li, meeting.asked(meeting.person("Wang", meeting.kashgar), meeting.gilgit)])
    with pytest.raises(NoSuchRoom):
        meeting.found(rooms={meeting.gilgit: "rom_none"})
    meeting.agreement_is(kind="training")
    with pytest.raises(refusals.NotForConsultations):
        meeting.found()


@pytest.mark.parametrize(
    "different",
    [
        {"minutes": 0},
        {"minutes": 50},
        {"minutes": 495},
        {"last": "2026-03-03"},
        {"last": "2026-05-05"},
        {"participants": []},
        {"zone": ""},
        {"interpreters": [["ur"]]},
        {"interpreters": [["ur", "zh"]] * 5},
        {"interpreters": [["ur", "ur"]]},
        {"waive": [{"rule": "busy", "site_id": "sit_x"}]},
        {"slot": "2026-03-04T01:00:00"},
        {"slot": "2026-03-04T01:00:00Z"},
        {"most": 51},
    ],
)
def test_what_is_no_question_is_said_to_be_none(meeting: Meeting, different: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        meeting.found(**different)


def test_what_could_never_be_proposed_is_not_looked_for(meeting: Meeting) -> None:
    bano, li = meeting.question()["participants"]
    with pytest.raises(ParticipantNamedTwice):
        meeting.found(participants=[bano, li, li])
    with pytest.raises(ChairNeeded):
        meeting.found(participants=[bano | {"required": False}, li])
    stranger = meeting.site("Elsewhere", "PK", "Asia/Karachi", partner=False)
    with pytest.raises(NotAPartner):
        meeting.found(participants=[bano, li, meeting.asked(meeting.person("Xia", stranger), stranger)])


def test_sixty_two_days_are_the_longest_window(meeting: Meeting) -> None:
    assert meeting.found(last="2026-05-04")["slots"]


def feast(meeting: Meeting) -> dict[str, Any]:
    kept_day(meeting, "PK")
    return {}


def saturday(meeting: Meeting) -> dict[str, Any]:
    return {"first": "2026-03-07", "last": "2026-03-07"}


def far_apart(meeting: Meeting) -> dict[str, Any]:
    """Kashgar's evening is New York's morning, an hour too early for eight hours in a row."""
    york = meeting.site("New York", "US", "America/New_York")
    smith = meeting.person("Smith", york)
    participants = [*meeting.question()["participants"], meeting.asked(smith, york)]
    return {"participants": participants, "minutes": 240}


def tomorrow(meeting: Meeting) -> dict[str, Any]:
    return {"first": "2026-03-02", "last": "2026-03-02"}


def no_time_at_all(meeting: Meeting) -> dict[str, Any]:
    busy(meeting, meeting.li)
    return {}


def small_room(meeting: Meeting) -> dict[str, Any]:
    meeting.site_is(meeting.kashgar, rooms=(Room("rom_1", {"en": "Room"}, 1),))
    wang = meeting.person("Wang", meeting.kashgar)
    participants = [*meeting.question()["participants"], meeting.asked(wang, meeting.kashgar)]
    return {"participants": participants, "rooms": {meeting.kashgar: "rom_1"}}


def nobody_interprets(meeting: Meeting) -> dict[str, Any]:
    return {"interpreters": [["ur", "zh"]]}


def feast_on_a_saturday_in_two_days(meeting: Meeting) -> dict[str, Any]:
    kept_day(meeting, "PK", date(2026, 3, 7))
    return saturday(meeting)


@pytest.mark.parametrize(
    ("happens", "smallest"),
    [
        (feast, [["urgent", "waive:holiday"]]),
        (saturday, [["urgent", "waive:weekend", "waive:weekend"], ["optional", "urgent", "waive:weekend"]]),
        (far_apart, [["optional"]]),
        (tomorrow, [["urgent"]]),
        (no_time_at_all, [["optional"]]),
        (small_room, [["without-room"]]),
        (nobody_interprets, [["without-interpreter"]]),
        (feast_on_a_saturday_in_two_days, [["urgent", "waive:holiday", "waive:weekend"]]),
    ],
)
def test_the_smallest_changes_are_told_and_each_gives_the_time_that_is_told_with_it(
    meeting: Meeting, happens: Any, smallest: list[list[str]]
) -> None:
    different = happens(meeting)
    answer = meeting.found(**different)
    told = answer["none_because"]["smallest_relaxations"]
    kinds = [
        sorted(":".join(filter(None, (each["change"], each.get("rule")))) for each in one["changes"]) for one in told
    ]
    assert (answer["slots"], answer["possible"]) == ([], 0)
    assert kinds[: len(smallest)] == smallest
    for each in told:
        again = meeting.found(**taking_up(meeting.question(**different), each["changes"]))
        assert again["slots"][0] == each["slot"]


def test_a_waiver_that_is_told_needs_its_reason(meeting: Meeting) -> None:
    told = meeting.found(**feast(meeting))["none_because"]["smallest_relaxations"][0]
    assert told["needs_reason"]
    with pytest.raises(refusals.WaiverNeedsReason):
        meeting.found(**{**taking_up(meeting.question(), told["changes"]), "reason": ""})


def test_why_there_is_none_counts_the_starts_that_each_excludes(meeting: Meeting) -> None:
    kept_day(meeting, "PK")
    busy(meeting, meeting.li, begins=datetime(2026, 3, 4, 0, 0, tzinfo=UTC), lasting=timedelta(hours=2))
    answer = meeting.found()
    bano, li = answer["none_because"]["participants"]
    # 24 hours have 93 starts of an hour each.
    assert (answer["starts"], bano["person"], bano["excluded"], bano["rules"]["holiday"]) == (93, meeting.bano, 93, 93)
    # From an hour before it on, until it is over.
    assert li["rules"]["busy"] == 3 + 8
    assert answer["none_because"]["rules"] == {}


def test_what_the_agreement_does_not_cover_nobody_can_relax(meeting: Meeting) -> None:
    answer = meeting.found(first="2027-01-04", last="2027-01-04")
    assert answer["none_because"]["rules"] == {"agreement": answer["starts"]}
    assert answer["none_because"]["smallest_relaxations"] == []


def test_a_session_over_midnight_at_one_end_keeps_both_days_there() -> None:
    meeting = Meeting()
    fiji = meeting.site("Suva", "FJ", "Pacific/Fiji")
    participants = [
        meeting.asked(meeting.bano, meeting.gilgit, "chair"),
        meeting.asked(meeting.person("Vula", fiji), fiji),
    ]
    waived: Any = {"waive": [{"rule": "night", "site_id": fiji}], "urgent": True, "reason": "No other hour."}
    # 23:30 to 00:30 in Suva is 16:30 to 17:30 in Gilgit.
    slots = meeting.found(participants=participants, most=50, **waived)["slots"]
    over = [
        end for slot in slots for end in slot["local"] if end["site"] == fiji and end["begins"][:10] < end["ends"][:10]
    ]
    assert over
    kept_day(meeting, "FJ", date(2026, 3, 5))
    slots = meeting.found(participants=participants, most=50, **waived)["slots"]
    ends = [end["ends"] for slot in slots for end in slot["local"] if end["site"] == fiji]
    assert max(ends) <= "2026-03-05T00:00:00+12:00"


def test_where_the_new_year_has_begun_already_its_holidays_are_kept(meeting: Meeting) -> None:
    auckland = meeting.site("Auckland", "NZ", "Pacific/Auckland")
    ngata = meeting.asked(meeting.person("Ngata", auckland), auckland)
    asked: Any = {
        "participants": [meeting.asked(meeting.bano, meeting.gilgit, "chair"), ngata],
        "waive": [{"rule": "night", "site_id": site} for site in (meeting.gilgit, auckland)],
        "urgent": True,
        "reason": "No other hour.",
        "first": "2026-12-31",
        "last": "2026-12-31",
        "most": 50,
    }

    def days_there() -> set[str]:
        return {slot["local"][1]["ends"][:10] for slot in meeting.found(**asked)["slots"]}

    assert days_there() == {"2026-12-31", "2027-01-01"}
    kept_day(meeting, "NZ", date(2027, 1, 1))
    # What ends at midnight touches the new day no more.
    assert max(slot["local"][1]["ends"] for slot in meeting.found(**asked)["slots"]) <= "2027-01-01T00:00:00+13:00"


@pytest.mark.parametrize(
    ("zone", "country", "day", "offset"),
    [
        ("Europe/London", "GB", "2026-03-27", "+00:00"),
        ("Europe/London", "GB", "2026-03-30", "+01:00"),
        ("America/New_York", "US", "2026-03-06", "-05:00"),
        ("America/New_York", "US", "2026-03-09", "-04:00"),
        ("Asia/Kolkata", "IN", "2026-03-06", "+05:30"),
        ("Asia/Kathmandu", "NP", "2026-03-06", "+05:45"),
    ],
)
def test_a_site_anywhere_opens_at_nine_by_its_own_clock_before_and_after_it_is_changed(
    meeting: Meeting, zone: str, country: str, day: str, offset: str
) -> None:
    there = meeting.site("There", country, zone)
    near = meeting.site("Near", country, zone)
    people = [
        meeting.asked(meeting.person("Jones", there), there, "chair"),
        meeting.asked(meeting.person("Smith", near), near),
    ]
    theirs = Actor("per_x", frozenset({COORDINATOR}), frozenset({there}))
    best = meeting.found(theirs, participants=people, first=day, last=day, zone=zone)["slots"][0]
    assert best["local"][0]["begins"] == f"{day}T09:00:00{offset}"


def test_a_session_longer_than_any_opening_is_unsocial_and_not_impossible(meeting: Meeting) -> None:
    for site in (meeting.gilgit, meeting.kashgar):
        week = dict.fromkeys(range(1, 6), (("10:00", "12:00"),))
        meeting.site_is(site, hours=(Season("the year", "01-01", "12-31", week),))
    best = meeting.best(minutes=480)
    assert all(end["unsocial_minutes"] >= 360 for end in best["local"])


def test_a_days_notice_is_kept_to_the_quarter(meeting: Meeting) -> None:
    meeting.alliance.clock.moment = NINE_IN_GILGIT - ALL_DAY + timedelta(minutes=1)
    assert meeting.best(most=50)["begins"] == "2026-03-04T04:15:00+00:00"
