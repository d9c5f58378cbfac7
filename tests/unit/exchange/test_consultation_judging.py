"""One time of a consultation, put to every rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.domain.consultations.consultation import Consultation, Waiver
from services.exchange.domain.consultations.finding import refusals
from services.exchange.domain.consultations.finding.judging import judge_each
from services.exchange.domain.consultations.finding.plan import Away, Plan
from services.exchange.domain.consultations.finding.rules import RULES, Cause
from services.exchange.domain.consultations.finding.wish import wish_of
from services.exchange.domain.consultations.participants import PRESENTER, Participant
from services.exchange.domain.consultations.refusals import NotOnTheQuarter
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.refusals import AgreementNotInEffect, UnknownRule
from services.exchange.domain.rules.rule import Finding
from services.exchange.domain.site import Room
from services.exchange.domain.visit import BOOKED
from services.exchange.domain.words import FORBID
from tests.unit.exchange.consultation_plans import (
    BANO,
    CONSULTING,
    LI,
    LONDON,
    MORNING,
    feast,
    interpreter,
    plan,
    site,
    taken,
    waived,
    wish,
)
from tests.unit.exchange.given import GILGIT, KASHGAR, NOW

DAY = MORNING.date()
HALL = Room("rom_hall", {"en": "Hall"}, 1)
KASHGAR_WITH_HALL = site(KASHGAR, rooms=(HALL,))
IN_THE_HALL: dict[str, Any] = {"rooms": {KASHGAR: "rom_hall"}}
SESSION = Session(MORNING, MORNING, MORNING + timedelta(hours=1))
SATURDAY, MIDNIGHT = MORNING + timedelta(days=3), MORNING.replace(hour=15)


def consultation(**different: Any) -> Consultation:
    hour = Consultation(
        id="con_1",
        state=BOOKED,
        agreement="agr_1",
        condition="cnd_1",
        field="liver echinococcosis",
        title="Board",
        organiser="per_bano",
        sites=(GILGIT, KASHGAR),
        zone="Asia/Karachi",
        participants=(BANO, LI),
        sessions=(SESSION,),
        reply_by=MORNING,
        urgent=True,
    )
    return replace(hour, **different)


def judge(asked: Plan, begins: datetime) -> tuple[Finding, ...]:
    """Everything that is wrong with one session."""
    return tuple(judge_each(asked, [begins]))


def refused(asked: Plan, begins: datetime) -> type[Refusal]:
    """By what the time is refused: the first that forbids it."""
    return next(finding.refusal for finding in judge(asked, begins) if finding.forbids)


def rules(asked: Plan, begins: datetime = MORNING) -> list[tuple[str, bool]]:
    """Each rule that found something, and whether it forbids."""
    return [(finding.rule, finding.forbids) for finding in judge(asked, begins)]


def test_an_hour_that_is_human_at_both_ends_has_nothing_against_it() -> None:
    assert judge(plan(), MORNING) == ()


BUSY = taken("person", "per_li", MORNING + timedelta(minutes=45))
FORBIDDEN: dict[str, tuple[Plan, datetime, type[Refusal]]] = {
    "past": (plan(begins=NOW - timedelta(days=1)), NOW - timedelta(hours=1), refusals.SessionInThePast),
    "agreement": (plan(agreement=replace(CONSULTING, in_effect_until=date(2026, 3, 3))), MORNING, AgreementNotInEffect),
    "lead": (plan(now=MORNING - timedelta(hours=23)), MORNING, refusals.TooShortNoticeForConsultation),
    "busy": (plan(taken=BUSY), MORNING, refusals.ParticipantBusy),
    "room": (
        plan(wish(**IN_THE_HALL), sites=(KASHGAR_WITH_HALL,), taken=taken("room", "rom_hall", MORNING)),
        MORNING,
        refusals.RoomTaken,
    ),
    "room-size": (
        plan(wish(BANO, LI, Participant("per_gulnar", PRESENTER, KASHGAR), **IN_THE_HALL), sites=(KASHGAR_WITH_HALL,)),
        MORNING,
        refusals.RoomTooSmall,
    ),
    "interpreter": (plan(wish(interpreters=(("ur", "zh"),))), MORNING, refusals.NoInterpreter),
    "night": (plan(), MIDNIGHT, refusals.AtNight),
    "holiday": (plan(holidays={GILGIT: feast(DAY)}), MORNING, refusals.SiteOnHoliday),
    "weekend": (plan(begins=SATURDAY - timedelta(hours=4)), SATURDAY, refusals.SiteDayOff),
}


@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.level == FORBID])
def test_every_rule_that_forbids_refuses_by_its_own_name(rule: str) -> None:
    asked, begins, refusal = FORBIDDEN[rule]
    assert (rule, True) in rules(asked, begins)
    assert refused(asked, begins) is refusal


@pytest.mark.parametrize(("rule", "where"), [("night", KASHGAR), ("holiday", GILGIT)])
def test_what_is_waived_at_the_site_is_told_and_lets_pass(rule: str, where: str) -> None:
    asked, begins, _ = FORBIDDEN[rule]
    waiving = replace(asked, wish=wish(**waived(rule, where)))
    assert (rule, False) in rules(waiving, begins)
    assert not any(forbids for _, forbids in rules(waiving, begins))


def test_what_is_waived_at_one_site_still_forbids_at_the_other() -> None:
    asked = plan(wish(**waived("weekend", KASHGAR)), begins=SATURDAY - timedelta(hours=4))
    found = [(each.rule, each.forbids, each.facts.get("site")) for each in judge(asked, SATURDAY)]
    assert ("weekend", False, KASHGAR) in found
    assert ("weekend", True, GILGIT) in found


def test_an_urgent_consultation_gives_no_notice_and_may_still_not_lie_behind() -> None:
    urgent = plan(wish(urgent=True, reason="Bleeding."), now=MORNING - timedelta(hours=1))
    assert rules(urgent) == [("lead", False)]
    assert ("past", True) in rules(replace(urgent, now=MORNING))
    unexplained = replace(urgent, wish=wish(urgent=True))
    assert rules(unexplained) == [("lead", False), ("lead", True)]
    assert refused(unexplained, MORNING) is refusals.WaiverNeedsReason


def test_a_day_of_notice_is_enough_to_the_minute() -> None:
    assert rules(plan(now=MORNING - timedelta(hours=24))) == []
    assert rules(plan(now=MORNING - timedelta(hours=24) + timedelta(seconds=1))) == [("lead", True)]


def test_a_deputy_stands_in_for_who_is_busy_and_that_is_told() -> None:
    with_deputy = replace(LI, deputies=("per_wang",))
    asked = plan(wish(BANO, with_deputy), taken=BUSY)
    (finding,) = judge(asked, MORNING)
    assert (finding.rule, finding.forbids, finding.facts["deputy"]) == ("busy", False, "per_wang")
    both = replace(asked, taken=BUSY | taken("person", "per_wang", MORNING))
    assert rules(both) == [("busy", True)]


def test_who_is_optional_forbids_nothing() -> None:
    assert rules(plan(wish(BANO, replace(LI, required=False)), taken=BUSY)) == [("busy", False)]


def test_what_ends_at_ten_in_the_evening_is_unsocial_and_what_ends_later_is_night() -> None:
    # 22:00 in Kashgar is 14:00 in UTC.
    late = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
    assert rules(plan(), late) == [("hours", False), ("hours", False)]
    assert ("night", True) in rules(plan(), late + timedelta(minutes=15))


def test_how_far_it_lies_outside_the_hours_is_told_by_both_clocks() -> None:
    (finding,) = judge(plan(), datetime(2026, 3, 4, 8, 30, tzinfo=UTC))
    assert finding.facts == {
        "site": KASHGAR,
        "zone": "Asia/Shanghai",
        "local_begins": "2026-03-04T16:30:00+08:00",
        "local_ends": "2026-03-04T17:30:00+08:00",
        "minutes": 30,
        "people": ["per_li"],
    }


def test_a_day_that_may_become_a_holiday_only_warns() -> None:
    found = judge(plan(holidays={GILGIT: feast(DAY, provisional=True)}), MORNING)
    assert [(each.rule, each.forbids, each.facts["provisional"]) for each in found] == [
        ("provisional-holiday", False, True)
    ]


def test_who_is_on_a_staff_visit_keeps_the_hosts_hours() -> None:
    # Nine in the morning in London; Li's own site has 17:00, and a holiday.
    begins = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    at_home = plan(holidays={KASHGAR: feast(DAY)})
    away = replace(at_home, away={"per_li": (Away(LONDON, DAY, DAY),)})
    assert ("holiday", True) in rules(at_home, begins)
    (finding,) = judge(away, begins)
    assert (finding.rule, finding.facts["host"], finding.facts["person"]) == ("visit", LONDON, "per_li")
    assert ("night", True) in rules(away, datetime(2026, 3, 4, 5, 0, tzinfo=UTC))
    yesterday = DAY - timedelta(days=1)
    assert ("holiday", True) in rules(replace(at_home, away={"per_li": (Away(LONDON, yesterday, yesterday),)}), begins)


def test_an_interpreter_fills_one_seat_alone() -> None:
    seats: Any = {"interpreters": (("ur", "zh"), ("ug", "ur"))}
    both, one = interpreter("per_a", "ur", "zh", "ug"), interpreter("per_b", "ur", "zh")
    assert rules(plan(wish(**seats), interpreters=(both,))) == [("interpreter", True)]
    assert rules(plan(wish(**seats), interpreters=(both, one))) == []
    assert rules(plan(wish(**seats), interpreters=(both, one), taken=taken("person", "per_b", MORNING))) != []


def test_several_sessions_are_judged_one_after_the_other() -> None:
    found = list(judge_each(plan(taken=BUSY), [MORNING, MORNING - timedelta(hours=1), MIDNIGHT]))
    assert [each.rule for each in found if each.forbids] == ["busy", "night"]


def test_a_time_off_the_quarter_is_refused() -> None:
    with pytest.raises(NotOnTheQuarter):
        judge(plan(), MORNING + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        (("lead",), frozenset({Cause("lead")})),
        (("night:sit_kashgar", "holiday"), frozenset({Cause("night", KASHGAR), Cause("holiday")})),
    ],
)
def test_a_consultation_waives_what_its_waiver_names(named: tuple[str, ...], wanted: frozenset[Cause]) -> None:
    found = wish_of(consultation(waiver=Waiver(named, "The patient cannot wait.", "per_bano")), SESSION)
    assert (found.waived, found.reason) == (wanted, "The patient cannot wait.")
    assert (found.quarters, found.participants) == (4, (BANO, LI))


@pytest.mark.parametrize("named", ["busy", "hours", "lead:sit_kashgar", "whatever", ""])
def test_what_nobody_can_waive_is_refused(named: str) -> None:
    with pytest.raises(UnknownRule):
        wish_of(consultation(waiver=Waiver((named,), "So.", None)), SESSION)


def test_a_rule_that_is_waived_without_a_site_is_waived_at_every_site() -> None:
    everywhere = plan(wish(**waived("weekend")), begins=SATURDAY - timedelta(hours=4))
    assert not any(forbids for _, forbids in rules(everywhere, SATURDAY))


def test_midnight_at_one_end_touches_two_days_there_and_an_end_at_midnight_only_one() -> None:
    # Kashgar's 5 March begins at 16:00 UTC.
    asked = plan(wish(**waived("night", KASHGAR)), holidays={KASHGAR: feast(date(2026, 3, 5))})
    before, over = datetime(2026, 3, 4, 15, 0, tzinfo=UTC), datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
    assert ("holiday", True) not in rules(asked, before)
    (found,) = [each for each in judge(asked, over) if each.rule == "holiday"]
    assert found.facts["days"] == ["2026-03-05"]
