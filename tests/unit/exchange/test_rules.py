"""Each rule of a visit, on the days on which it begins and ceases to be broken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.exchange.domain import refusals
from services.exchange.domain.ledger import Account, opened
from services.exchange.domain.rules import RULES, Guest, Stay, allows, judged, must_allow
from services.exchange.domain.site import Closure, Factsheet
from services.exchange.domain.visit import MOST_DAYS
from services.exchange.domain.words import FORBID, RULE_LEVELS, WARN
from tests.unit.exchange import given
from tests.unit.exchange.plans import SURGERY, TODAY, broken, by_year, facts, on, plan, taken

ARRIVAL = date(2026, 4, 13)
DAY = timedelta(days=1)
TWO = (Guest("per_bano"), Guest("per_karim"))


def test_a_plan_that_nothing_stands_against_is_allowed_and_warned_of_nothing() -> None:
    assert judged(plan()) == ()
    assert must_allow(plan()) == ()


def test_arriving_today_at_the_host_is_possible_and_yesterday_is_not() -> None:
    assert broken(on(TODAY)) == []
    assert facts(on(TODAY - DAY), "past-date") == [{"date": "2026-03-01", "today": "2026-03-02"}]


@pytest.mark.parametrize(("days", "is_too_long"), [(MOST_DAYS, False), (MOST_DAYS + 1, True), (400, True)])
def test_the_longest_stay_is_a_year(days: int, is_too_long: bool) -> None:
    agreement = given.agreement(
        in_effect_until=date(2028, 12, 31), conditions=(given.condition(visitor_days_per_year=10_000),)
    )
    found = facts(on(ARRIVAL, days, agreement=agreement), "longest-stay")
    assert found == ([{"days": days, "most": 365}] if is_too_long else [])


def test_a_stay_of_two_centuries_is_judged_as_quickly_as_any() -> None:
    asked = on(ARRIVAL, 60_000, taken=taken(SURGERY, (1, ARRIVAL, 365)))
    assert "longest-stay" in broken(asked)


def test_a_leap_day_is_a_day_like_any_other() -> None:
    agreement = given.agreement(in_effect_until=date(2028, 12, 31))
    asked = on(date(2028, 2, 28), 3, agreement=agreement)
    assert (asked.departure, asked.visitor_days) == (date(2028, 3, 1), 3)
    closed = replace(SURGERY, closed=(Closure(date(2028, 2, 29), date(2028, 2, 29), "Leap day"),))
    assert broken(replace(asked, department=closed)) == ["closed-period"]
    assert broken(replace(asked, department=closed, arrival=date(2028, 3, 1))) == []


def test_both_days_of_the_agreement_are_included() -> None:
    agreement = given.agreement(in_effect_from=ARRIVAL, in_effect_until=ARRIVAL + 2 * DAY)
    assert broken(on(ARRIVAL, 3, agreement=agreement)) == []
    assert broken(on(ARRIVAL, 4, agreement=agreement)) == ["agreement-in-effect"]
    early = facts(on(ARRIVAL - DAY, 4, agreement=agreement), "agreement-in-effect")
    assert early == [{"agreement": "agr_1", "state": "in-effect", "from": "2026-04-13", "until": "2026-04-15"}]


def test_a_visit_over_the_new_year_counts_in_the_year_of_its_arrival() -> None:
    agreement = given.agreement(in_effect_until=date(2027, 12, 31))
    this_year, next_year = opened(agreement)
    full = Account(12, held=12)
    asked = on(date(2026, 12, 31), 3, agreement=agreement)
    assert broken(replace(asked, ledgers=by_year((this_year, replace(next_year, visits=full))))) == []
    assert broken(replace(asked, ledgers=by_year((replace(this_year, visits=full), next_year)))) == ["quota"]


def test_the_last_visitor_day_that_is_left_may_be_taken_and_not_one_more() -> None:
    ledger = replace(opened(given.agreement())[0], visitor_days=Account(10, held=4))
    assert broken(on(ARRIVAL, 3, guests=TWO, ledgers={2026: ledger})) == []
    assert facts(on(ARRIVAL, 4, guests=TWO, ledgers={2026: ledger}), "quota") == [
        {"agreement": "agr_1", "condition": "cnd_1", "year": 2026, "of": "visitor-days", "asked": 8, "left": 6,
         "promised": 10}
    ]  # fmt: skip


def test_a_closed_quota_has_a_refusal_of_its_own() -> None:
    closed = replace(opened(given.agreement())[0], closed=True)
    (found,) = judged(plan(ledgers={2026: closed}))
    assert (found.rule, found.refusal) == ("quota", refusals.QuotaClosed)


def test_a_year_that_the_agreement_has_no_ledger_for_is_a_matter_of_the_agreement_alone() -> None:
    assert broken(on(date(2027, 1, 1))) == ["agreement-in-effect"]


def test_a_seat_is_free_when_it_is_free_on_every_day() -> None:
    # Three seats: one is taken the day before, one on the last day, one the day after.
    around = taken(SURGERY, (1, ARRIVAL - DAY, 1), (2, ARRIVAL + 2 * DAY, 1), (3, ARRIVAL + 3 * DAY, 5))
    assert broken(plan(guests=TWO, taken=around)) == []
    three = (*TWO, Guest("per_zaman"))
    assert facts(plan(guests=three, taken=around), "capacity") == [
        {"department": "dep_surgery", "arrival": "2026-04-13", "departure": "2026-04-15", "seats": 3, "free": 2,
         "asked": 3}
    ]  # fmt: skip


def test_seats_that_a_department_no_longer_has_are_not_counted() -> None:
    shrunk = replace(SURGERY, seats=1)
    assert broken(plan(department=shrunk, taken=taken(SURGERY, (2, ARRIVAL, 9), (3, ARRIVAL, 9)))) == []


@pytest.mark.parametrize(
    ("first", "last", "clash"),
    [
        (ARRIVAL - 5 * DAY, ARRIVAL - DAY, None),
        (ARRIVAL - 5 * DAY, ARRIVAL, "2026-04-13"),
        (ARRIVAL + DAY, ARRIVAL + DAY, "2026-04-14"),
        (ARRIVAL + 2 * DAY, ARRIVAL + 9 * DAY, "2026-04-15"),
        (ARRIVAL + 3 * DAY, ARRIVAL + 9 * DAY, None),
    ],
)
def test_a_visitor_is_in_one_place_on_one_day(first: date, last: date, clash: str | None) -> None:
    asked = plan(guests=(Guest("per_bano"), Guest("per_karim", (Stay(first, last),))))
    assert facts(asked, "visitor-double-booking") == ([{"person": "per_karim", "date": clash}] if clash else [])


def test_of_several_clashes_the_first_is_told_and_every_visitor_is_told_of() -> None:
    stays = (Stay(ARRIVAL + 2 * DAY, ARRIVAL + 2 * DAY), Stay(ARRIVAL + DAY, ARRIVAL + DAY))
    found = facts(plan(guests=(Guest("per_bano", stays), Guest("per_karim", stays))), "visitor-double-booking")
    assert [(each["person"], each["date"]) for each in found] == [
        ("per_bano", "2026-04-14"),
        ("per_karim", "2026-04-14"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "closed"),
    [
        (ARRIVAL - 9 * DAY, ARRIVAL - DAY, False),
        (ARRIVAL - 9 * DAY, ARRIVAL, True),
        (ARRIVAL + 2 * DAY, ARRIVAL + 9 * DAY, True),
        (ARRIVAL + 3 * DAY, ARRIVAL + 9 * DAY, False),
    ],
)
def test_a_department_that_is_closed_on_one_of_the_days_hosts_nobody(first: date, last: date, closed: bool) -> None:
    asked = plan(department=replace(SURGERY, closed=(Closure(first, last, "Rebuilding"),)))
    told = {"department": "dep_surgery", "first": first.isoformat(), "last": last.isoformat(), "reason": "Rebuilding"}
    assert facts(asked, "closed-period") == ([told] if closed else [])


def test_every_closed_period_that_a_visit_touches_is_told() -> None:
    two = (Closure(ARRIVAL, ARRIVAL, "Drill"), Closure(ARRIVAL + 2 * DAY, ARRIVAL + 2 * DAY, "Count"))
    found = facts(plan(department=replace(SURGERY, closed=two)), "closed-period")
    assert [each["reason"] for each in found] == ["Drill", "Count"]


def test_a_host_is_asked_as_many_days_before_as_its_factsheet_wants() -> None:
    host = given.site(factsheet=Factsheet(lead_days=30))
    assert broken(on(TODAY + 30 * DAY, host=host)) == []
    assert facts(on(TODAY + 29 * DAY, host=host), "visa-lead-time") == [
        {"what": "visa", "kind": "training", "country": "CN", "needed": 30, "notice": 29, "arrival": "2026-03-31",
         "earliest": "2026-04-01"}
    ]  # fmt: skip


def test_nobody_needs_a_visa_within_one_country() -> None:
    host = given.site(factsheet=Factsheet(lead_days=30))
    assert broken(on(TODAY + DAY, host=host, sending=given.site(id="sit_kashgar_second"))) == []


CLINICAL = given.agreement(conditions=(given.condition(kind="clinical-work"),))


def test_clinical_work_in_china_waits_for_the_permit_to_practise() -> None:
    assert broken(on(TODAY + 30 * DAY, agreement=CLINICAL)) == []
    (found,) = judged(on(TODAY + 29 * DAY, agreement=CLINICAL))
    assert (found.rule, found.level) == ("permit-lead-time", WARN)
    assert (found.facts["what"], found.facts["needed"], found.facts["notice"]) == ("permit", 30, 29)


def test_no_other_kind_or_direction_waits_for_a_permit() -> None:
    soon = TODAY + DAY
    assert broken(on(soon)) == []
    assert broken(on(soon, agreement=CLINICAL, host=given.site(country="PK"))) == []
    at_home = given.site(id=given.GILGIT)
    assert broken(on(soon, agreement=CLINICAL, sending=at_home)) == []


GAP = given.agreement(conditions=(given.condition(minimum_gap_days=10),))


@pytest.mark.parametrize(
    ("stay", "gap"),
    [
        (Stay(date(2026, 3, 20), date(2026, 4, 2)), None),
        (Stay(date(2026, 3, 20), date(2026, 4, 3)), 9),
        (Stay(date(2026, 3, 20), date(2026, 4, 12)), 0),
        (Stay(date(2026, 4, 16), date(2026, 4, 20)), 0),
        (Stay(date(2026, 4, 25), date(2026, 5, 1)), 9),
        (Stay(date(2026, 4, 26), date(2026, 5, 1)), None),
    ],
)
def test_between_two_visits_lie_as_many_days_at_home_as_are_agreed(stay: Stay, gap: int | None) -> None:
    asked = plan(agreement=GAP, guests=(Guest("per_bano", (stay,)),))
    told = {"person": "per_bano", "other_arrival": stay.first.isoformat(), "other_departure": stay.last.isoformat()}
    assert facts(asked, "minimum-gap") == ([] if gap is None else [{**told, "gap": gap, "needed": 10}])


def test_without_an_agreed_gap_one_visit_may_follow_the_other_and_overlapping_is_no_gap() -> None:
    next_door = Stay(date(2026, 4, 16), date(2026, 4, 20))
    assert broken(plan(guests=(Guest("per_bano", (next_door,)),))) == []
    overlapping = Stay(date(2026, 4, 15), date(2026, 4, 20))
    assert broken(plan(agreement=GAP, guests=(Guest("per_bano", (overlapping,)),))) == ["visitor-double-booking"]


def test_every_rule_is_known_to_agreements_and_has_a_level_that_it_may_have() -> None:
    assert {rule.name for rule in RULES} == set(RULE_LEVELS)
    assert all(rule.level in rule.levels for rule in RULES)


def test_what_the_database_refuses_can_never_be_only_a_warning() -> None:
    fixed = {rule.name for rule in RULES if not rule.may_be_relaxed}
    assert {"capacity", "visitor-double-booking", "quota", "agreement-in-effect", "closed-period"} <= fixed


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.may_be_relaxed], ids=lambda rule: rule.name)
@pytest.mark.parametrize("level", [FORBID, WARN])
def test_an_agreement_says_of_a_rule_whether_it_forbids_or_warns(rule: object, level: str) -> None:
    name = getattr(rule, "name", "")
    agreement = given.agreement(conditions=(given.condition(rules={name: level}),))
    assert [each.level_under(plan(agreement=agreement)) for each in RULES if each.name == name] == [level]


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.may_be_relaxed], ids=lambda rule: rule.name)
def test_an_agreement_that_says_what_it_may_not_is_not_heard(rule: object) -> None:
    name = getattr(rule, "name", "")
    for level in (FORBID, WARN, "sometimes"):
        agreement = given.agreement(conditions=(given.condition(rules={name: level}),))
        ((heard, own),) = [(e.level_under(plan(agreement=agreement)), e.level) for e in RULES if e.name == name]
        assert heard == own


SOON = on(TODAY + DAY, host=given.site(factsheet=Factsheet(lead_days=30)))


def test_a_relaxed_rule_lets_pass_and_warns() -> None:
    with pytest.raises(refusals.TooShortNotice):
        must_allow(SOON)
    relaxed = given.condition(rules={"visa-lead-time": WARN})
    (warning,) = must_allow(replace(SOON, condition=relaxed))
    assert (warning.rule, warning.facts["notice"]) == ("visa-lead-time", 1)


def test_of_several_that_forbid_the_first_in_order_refuses_and_a_waived_one_is_not_asked() -> None:
    full = taken(SURGERY, *((seat, TODAY, 9) for seat in (1, 2, 3)))
    with pytest.raises(refusals.HostFull):
        must_allow(replace(SOON, taken=full))
    assert not allows(replace(SOON, taken=full), waiving="visa-lead-time")
    assert allows(SOON, waiving="visa-lead-time")
