"""Visitors stay longer: the further days are put to the rules, an arrival that does not move is not, come or booked."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.errors import Refusal
from services.exchange.application import commands, queries
from services.exchange.domain import refusals, seating
from services.exchange.domain.alternatives import alternatives
from services.exchange.domain.holidays import Holiday
from services.exchange.domain.ledger import Account, opened
from services.exchange.domain.rules import RULES, Guest, Plan, Stay, must_allow
from services.exchange.domain.site import Closure, Department, Factsheet
from services.exchange.domain.visit import Visitor, Warned, holds, seat_key
from services.exchange.domain.visit_refusals import NobodyExpected, NotAnExtension
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory
from tests.unit.exchange import given
from tests.unit.exchange.lives import ARRIVAL, DEPARTURE, HOST, HOST_ALONE, Life
from tests.unit.exchange.plans import SURGERY, broken, facts, on, taken

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
SINCE = date(2026, 3, 3)
"""They came on 25 February, were to leave today and ask for seven days more."""
CAME = date(2026, 2, 25)


def longer(**different: Any) -> Plan:
    return replace(on(CAME, 13), **{"since": SINCE, **different})


def test_staying_longer_is_allowed_where_nothing_stands_against_the_further_days() -> None:
    assert broken(longer()) == []


def test_how_somebody_got_there_is_not_asked_again() -> None:
    clinical = given.condition(kind="clinical-work")
    slow = given.site(factsheet=Factsheet(lead_days=90))
    weekend = date(2026, 2, 28)
    before = on(weekend, 9, host=slow, condition=clinical)
    assert set(broken(before)) == {"past-date", "visa-lead-time", "permit-lead-time", "weekend"}
    assert {rule.name for rule in RULES if not rule.asked_again} == set(broken(before)) - {"past-date"}
    assert broken(replace(before, since=SINCE)) == []


def test_how_somebody_gets_there_is_not_asked_again_before_they_go_while_the_arrival_stays() -> None:
    soon = date(2026, 3, 7)
    short = on(
        soon, 3, host=given.site(factsheet=Factsheet(lead_days=90)), condition=given.condition(kind="clinical-work")
    )
    assert set(broken(short)) == {"visa-lead-time", "permit-lead-time", "weekend"}
    assert broken(replace(short, held_arrival=soon)) == []
    assert broken(replace(short, held_arrival=soon + DAY)) == broken(short)
    late = on(TODAY - DAY, 4)
    assert (broken(late), broken(replace(late, held_arrival=TODAY - DAY))) == (
        ["past-date", "visa-lead-time", "weekend"],
        [],
    )


def test_of_who_has_not_begun_every_other_rule_looks_at_the_whole_visit() -> None:
    asked = on(SINCE, 4, held_arrival=SINCE)
    closed = replace(SURGERY, closed=(Closure(SINCE, SINCE, "Painting"),))
    elsewhere = (Guest("per_bano", (Stay(SINCE, SINCE),)),)
    assert broken(replace(asked, department=closed)) == ["closed-period"]
    assert broken(replace(asked, guests=elsewhere)) == ["visitor-double-booking"]


def test_other_dates_and_departments_instead_of_a_longer_booked_visit_are_asked_for_notice() -> None:
    hepatology = Department("dep_hepatology", {"en": "Hepatology"}, 1, fields=("liver echinococcosis",))
    host = given.site(departments=(SURGERY, hepatology), factsheet=Factsheet(lead_days=30))
    full = taken(SURGERY, *((seat, SINCE + 3 * DAY, 1) for seat in (1, 2, 3)))
    asked = on(SINCE, 4, held_arrival=SINCE, host=host, taken=full)
    assert broken(asked) == ["capacity"]
    found = {each.kind: each.plan for each in alternatives(asked)}
    assert (found["fewer-days"].arrival, found["fewer-days"].departure) == (SINCE, SINCE + 2 * DAY)
    assert min(found["dates"].arrival, found["department"].arrival) >= TODAY + 30 * DAY


@pytest.mark.parametrize(("departure", "breaks"), [(TODAY, []), (TODAY - DAY, ["past-date"])])
def test_nobody_stays_until_a_day_that_is_over(departure: date, breaks: list[str]) -> None:
    overstayed = longer(since=date(2026, 2, 27), departure=departure)
    assert broken(overstayed) == breaks
    assert [each["date"] for each in facts(overstayed, "past-date")] == [departure.isoformat()] * len(breaks)


@pytest.mark.parametrize(("last_day_there", "breaks"), [(TODAY, []), (SINCE, ["closed-period"])])
def test_only_the_further_days_have_to_be_open(last_day_there: date, breaks: list[str]) -> None:
    closed = replace(SURGERY, closed=(Closure(CAME, last_day_there, "Painting"),))
    assert broken(longer(department=closed)) == breaks


@pytest.mark.parametrize(("until", "clash"), [(TODAY, []), (SINCE, ["2026-03-03"]), (date(2026, 3, 9), ["2026-03-03"])])
def test_only_on_the_further_days_may_they_be_nowhere_else(until: date, clash: list[str]) -> None:
    elsewhere = (Guest("per_bano", (Stay(CAME, until),)),)
    assert [each["date"] for each in facts(longer(guests=elsewhere), "visitor-double-booking")] == clash


@pytest.mark.parametrize(("stay", "gap"), [
    (Stay(date(2026, 2, 20), date(2026, 2, 23)), []),
    (Stay(date(2026, 3, 16), date(2026, 3, 20)), []),
    (Stay(date(2026, 3, 15), date(2026, 3, 20)), [5]),
])  # fmt: skip
def test_the_gap_to_the_next_visit_has_to_stay_and_that_before_the_arrival_is_over(stay: Stay, gap: list[int]) -> None:
    asked = longer(condition=given.condition(minimum_gap_days=6), guests=(Guest("per_bano", (stay,)),))
    assert [each["gap"] for each in facts(asked, "minimum-gap")] == gap


def test_only_holidays_among_the_further_days_are_told() -> None:
    feast = {TODAY: Holiday("Old"), SINCE: Holiday("Feast"), SINCE + DAY: Holiday("Moon", provisional=True)}
    asked = longer(host_calendar=feast)
    assert [each["names"] for each in facts(asked, "public-holiday")] == [["Feast"]]
    assert [each["names"] for each in facts(asked, "provisional-holiday")] == [["Moon"]]
    strict = given.condition(rules={"public-holiday": "forbid"})
    with pytest.raises(refusals.OnPublicHoliday):
        must_allow(longer(host_calendar=feast, condition=strict))


def test_only_the_further_visitor_days_have_to_be_left_and_no_visit() -> None:
    ledger = replace(opened(given.agreement())[0], visits=Account(1, held=1), visitor_days=Account(20, held=13))
    assert broken(longer(ledgers={2026: ledger})) == []
    (found,) = facts(longer(departure=date(2026, 3, 10), ledgers={2026: ledger}), "quota")
    assert found.items() >= {"of": "visitor-days", "asked": 8, "left": 7}.items()
    assert broken(longer(ledgers={2026: replace(ledger, closed=True)})) == ["quota"]


def test_the_whole_stay_has_an_end_a_seat_and_an_agreement() -> None:
    assert "longest-stay" in broken(longer(departure=CAME + 365 * DAY))
    assert broken(longer(agreement=given.agreement(in_effect_until=date(2026, 3, 8)))) == ["agreement-in-effect"]
    full = taken(SURGERY, *((seat, SINCE + DAY, 1) for seat in (1, 2, 3)))
    assert broken(longer(taken=full)) == ["capacity"]


def there(visitors: int = 1) -> Life:
    """Visitors who came on 6 April and are to leave on the 8th; it is the 7th."""
    one = Life(HOST_ALONE, visitors)
    one.accepted_by("host-department")
    one.on(ARRIVAL + DAY)
    one.give("record_arrival", HOST, arrived_on=ARRIVAL.isoformat())
    return one


def booked(**terms: Any) -> Life:
    """A visit from 6 to 8 April that is booked; it is the first of April, and the host asks for 30 days of notice."""
    one = Life(HOST_ALONE, 1)
    agree(one.alliance, **terms)
    one.accepted_by("host-department")
    one.on(date(2026, 4, 1))
    version = one.alliance.memory.fake_sites.load(one.alliance.host).version
    fields = {"site_id": one.alliance.host, "factsheet": {"lead_days": 30}, "expected_version": version}
    one.alliance.exchange.set_factsheet(parsed(commands.SetFactsheet, fields), one.alliance.context(ADMIN, version))
    return one


def test_a_booked_visit_that_has_not_begun_is_extended_however_near_its_arrival() -> None:
    one = booked()
    assert why_not(one, 10)["allowed"]
    until(one, 10)
    assert (one.visit.state, one.visit.planned_departure) == ("booked", date(2026, 4, 10))


def test_one_whose_visitors_are_late_is_extended_too() -> None:
    one = booked()
    one.on(ARRIVAL + DAY)
    until(one, 10)
    assert one.visit.planned_departure == date(2026, 4, 10)


def test_one_that_moves_its_arrival_is_still_asked_for_notice() -> None:
    one = booked()
    with pytest.raises(refusals.TooShortNotice) as refused:
        one.give("reschedule_visit", HOST, planned_arrival="2026-04-07", planned_departure="2026-04-09", reason="Late.")
    assert refused.value.facts["notice"] == 6


def test_a_proposal_is_asked_for_notice_when_it_is_to_be_booked_though_its_arrival_stays() -> None:
    one = booked()
    proposed = one.alliance.memory.fake_visits.kept
    other = one.alliance.proposal(arrival=date(2026, 5, 11))
    visit = one.alliance.exchange.propose_visit(other, one.alliance.context(one.alliance.manager))
    one.on(date(2026, 4, 12))
    with pytest.raises(refusals.TooShortNotice):
        one.alliance.accept(visit)
    assert proposed[visit.id].state.state == "proposed"


def test_what_was_found_of_the_arrival_stays_among_the_warnings_and_the_rest_is_found_anew() -> None:
    one = booked(rules={"visa-lead-time": "warn"})
    notice, feast = Warned("visa-lead-time", {"notice": 6}), Warned("public-holiday", {"names": ["Moved since"]})
    kept = one.alliance.memory.fake_visits.kept
    kept[one.visit_id] = replace(kept[one.visit_id], state=replace(one.visit, warnings=(notice, feast)))
    one.alliance.memory.fake_calendars.countries["CN"] = {ARRIVAL: Holiday("Feast")}
    until(one, 9)
    assert [(each.rule, each.facts.get("names")) for each in one.visit.warnings] == [
        ("visa-lead-time", None),
        ("public-holiday", ["Feast"]),
    ]
    one.give("reschedule_visit", HOST, planned_arrival="2026-04-13", planned_departure="2026-04-17", reason="Later.")
    assert [(each.rule, each.facts.get("notice")) for each in one.visit.warnings] == [("visa-lead-time", 12)]


def test_without_the_arrival_that_it_holds_a_booked_visit_would_be_refused_for_its_notice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = booked()
    monkeypatch.setattr("services.exchange.application.wishes.arrival_held", lambda _: None)
    refused(one, 10, refusals.TooShortNotice)


def until(one: Life, day: int) -> None:
    one.give("extend_visit", HOST, planned_departure=date(2026, 4, day).isoformat(), reason="More to see.")


def close(alliance: AllianceInMemory, first: int, last: int) -> None:
    site = alliance.memory.fake_sites.load(alliance.host)
    fields = {"site_id": alliance.host, "department_id": alliance.department, "reason": "Painting",
              "first": date(2026, 4, first).isoformat(), "last": date(2026, 4, last).isoformat(),
              "expected_version": site.version}  # fmt: skip
    alliance.exchange.close_department(parsed(commands.CloseDepartment, fields), alliance.context(ADMIN, site.version))


def agree(alliance: AllianceInMemory, **terms: Any) -> None:
    kept = alliance.memory.fake_agreements.kept
    agreement = kept[alliance.agreement].state
    changed = replace(agreement, conditions=(replace(agreement.conditions[0], **terms),))
    kept[alliance.agreement] = replace(kept[alliance.agreement], state=changed)


def refused(one: Life, day: int, name: type[Refusal]) -> dict[str, Any]:
    """What the extension is refused with; nothing of it is written."""
    before = one.alliance.memory.fake_visits.kept[one.visit_id]
    with pytest.raises(name) as told:
        until(one, day)
    assert one.alliance.memory.fake_visits.kept[one.visit_id] == before
    return told.value.facts


def test_who_is_on_another_visit_by_then_is_told_so() -> None:
    one = there()
    one.alliance.accept(one.alliance.propose(one.visitors[0], arrival=date(2026, 4, 20)))
    assert refused(one, 21, refusals.VisitorDoubleBooked)["date"] == "2026-04-20"
    until(one, 19)


def test_a_department_that_closes_on_a_further_day_keeps_nobody_longer() -> None:
    one = there()
    close(one.alliance, 10, 12)
    assert refused(one, 10, refusals.DepartmentClosed)["first"] == "2026-04-10"
    until(one, 9)


def test_a_department_that_closes_on_days_that_they_have_already_stands_in_nobodys_way() -> None:
    one = there()
    close(one.alliance, 7, 8)
    until(one, 10)
    assert one.visit.planned_departure == date(2026, 4, 10)


def test_the_gap_that_the_agreement_asks_for_ends_the_stay() -> None:
    one = there()
    agree(one.alliance, minimum_gap_days=7)
    one.alliance.accept(one.alliance.propose(one.visitors[0], arrival=date(2026, 4, 20)))
    assert refused(one, 13, refusals.TooSoonAfterLastVisit)["gap"] == 6
    until(one, 12)


def test_holidays_among_the_further_days_are_kept_beside_the_warnings_that_there_were() -> None:
    one = there()
    old = Warned("weekend", {"site": one.alliance.host})
    kept = one.alliance.memory.fake_visits.kept
    kept[one.visit_id] = replace(kept[one.visit_id], state=replace(one.visit, warnings=(old,)))
    one.alliance.memory.fake_calendars.countries["CN"] = {date(2026, 4, 9): Holiday("Feast"), ARRIVAL: Holiday("Past")}
    until(one, 9)
    assert [each.rule for each in one.visit.warnings] == ["weekend", "public-holiday"]
    assert one.visit.warnings[1].facts["names"] == ["Feast"]


def test_an_agreement_that_forbids_holidays_forbids_them_to_who_is_there() -> None:
    one = there()
    agree(one.alliance, rules={"public-holiday": "forbid"})
    one.alliance.memory.fake_calendars.countries["CN"] = {date(2026, 4, 9): Holiday("Feast")}
    refused(one, 9, refusals.OnPublicHoliday)


def test_a_terminated_agreement_keeps_nobody_longer() -> None:
    one = there()
    (ledger,) = one.alliance.memory.fake_ledgers.kept.values()
    one.alliance.memory.fake_ledgers.kept[ledger.id] = replace(ledger, closed=True)
    refused(one, 9, refusals.QuotaClosed)


def test_where_the_seats_are_taken_the_latest_day_that_can_be_had_is_told() -> None:
    one = there()
    one.alliance.accept(one.alliance.propose(*(one.alliance.person() for _ in range(3)), arrival=date(2026, 4, 12)))
    facts = refused(one, 14, refusals.HostFull)
    assert [(each["kind"], each["arrival"], each["departure"]) for each in facts["alternatives"]] == [
        ("fewer-days", "2026-04-06", "2026-04-11")
    ]
    until(one, 11)


def why_not(one: Life, day: int) -> dict[str, Any]:
    asked = {"visit_id": one.visit_id, "planned_departure": date(2026, 4, day).isoformat()}
    told: dict[str, Any] = one.alliance.exchange.why_not(parsed(queries.AskWhyNot, asked), one.actor(HOST))
    return told


def test_why_not_longer_tells_every_rule_that_blocks_and_what_can_be_had() -> None:
    one = there()
    one.alliance.accept(one.alliance.propose(*(one.alliance.person() for _ in range(3)), arrival=date(2026, 4, 12)))
    close(one.alliance, 13, 13)
    told = why_not(one, 14)
    assert [each["refusal"] for each in told["blocking"]] == ["DepartmentClosed", "HostFull"]
    (earlier,) = told["alternatives"]
    assert (earlier["kind"], earlier["departure"], earlier["days"]) == ("fewer-days", "2026-04-11", 6)
    assert why_not(one, 11)["allowed"]
    with pytest.raises(NotAnExtension):
        why_not(one, 8)


def test_why_not_longer_tells_which_rule_an_agreement_could_waive() -> None:
    one = there()
    agree(one.alliance, rules={"public-holiday": "forbid"})
    one.alliance.memory.fake_calendars.countries["CN"] = {date(2026, 4, 9): Holiday("Feast")}
    told = why_not(one, 10)
    assert [each["waives"] for each in told["alternatives"]] == ["public-holiday"]


def test_without_the_rules_who_is_there_would_stay_through_a_holiday_that_is_forbidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = there()
    agree(one.alliance, rules={"public-holiday": "forbid"})
    one.alliance.memory.fake_calendars.countries["CN"] = {date(2026, 4, 9): Holiday("Feast")}
    monkeypatch.setattr("services.exchange.application.planning.must_allow", lambda _: ())
    until(one, 9)


def one_left_and_the_others_seat_is_wanted() -> Life:
    """Two came to two seats; the one on seat 1 has left, and seat 2 is somebody else's from the 9th on."""
    one = there(visitors=2)
    one.give("record_departure", HOST, departed_on="2026-04-06", visitors=one.visitors[:1])
    kept = one.alliance.memory.fake_sites.kept
    site = kept[one.alliance.host].state
    two = replace(site, departments=(replace(site.departments[0], seats=2),))
    kept[one.alliance.host] = replace(kept[one.alliance.host], state=two)
    taken_from_the_ninth = one.alliance.propose(arrival=date(2026, 4, 9))
    # The fake's dice take the lowest free seat, and seat 1 is free on those days: the neighbour is put on seat 2.
    neighbour = one.alliance.accept(taken_from_the_ninth)
    visits = one.alliance.memory.fake_visits.kept
    moved = replace(visits[neighbour.id].state, visitors=(replace(visits[neighbour.id].state.visitors[0], seat=2),))
    visits[neighbour.id] = replace(visits[neighbour.id], state=moved, holds=frozenset(holds(moved)))
    return one


def test_the_seat_of_who_left_is_not_given_to_who_stays_for_the_days_that_both_were_there() -> None:
    one = one_left_and_the_others_seat_is_wanted()
    assert [each.seat for each in one.visit.visitors] == [1, 2]
    refused(one, 10, refusals.HostFull)


def test_a_visit_that_everybody_has_left_is_not_extended() -> None:
    one = there(visitors=2)
    one.give("record_departure", HOST, departed_on="2026-04-07")
    assert refused(one, 10, NobodyExpected) == {"command": "extend_visit"}


def test_for_who_had_left_before_the_extension_no_more_is_planned() -> None:
    one = there(visitors=2)
    one.give("record_departure", HOST, departed_on="2026-04-06", visitors=one.visitors[:1])
    until(one, 10)
    until(one, 12)
    one.on(date(2026, 4, 12))
    one.give("fulfil_visit", HOST, departed_on="2026-04-12", report="Went well.")
    (ledger,) = one.alliance.memory.fake_ledgers.kept.values()
    assert (ledger.planned_days, ledger.visitor_days.used) == (3 + 7, 1 + 7)


def test_without_that_one_seat_would_be_held_twice_by_one_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    one = one_left_and_the_others_seat_is_wanted()
    monkeypatch.setattr("services.exchange.application.booking.left_behind", lambda _: frozenset())
    until(one, 10)
    both = [each.seat for each in one.visit.visitors]
    assert both == [1, 1]
    assert holds(one.visit).count(seat_key(one.alliance.department, 1, ARRIVAL)) == 2


def test_seats_left_behind_are_those_of_who_left_alone() -> None:
    visitors = (
        Visitor("per_a", 1, departed_on=DEPARTURE),
        Visitor("per_b", 2),
        Visitor("per_c", None, departed_on=DEPARTURE),
        Visitor("per_d", 4, departed_on=DEPARTURE, withdrawn=True),
    )
    assert seating.left_behind(given.visit(visitors=visitors)) == {1}
