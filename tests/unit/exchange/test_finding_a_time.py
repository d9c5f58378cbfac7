"""The times that are found are those that a search quarter by quarter finds, and so are the smallest changes."""

from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis.strategies import integers

from services.exchange.domain.consultations.finding.bits import each
from services.exchange.domain.consultations.finding.finding import find, possible_starts
from services.exchange.domain.consultations.finding.judging import judge_each
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.ranking import scores
from services.exchange.domain.consultations.finding.thinning import half_day, varied
from services.exchange.domain.consultations.finding.timetable import Timetable
from tests.unit.exchange import consultation_oracle as oracle

thoroughly = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@thoroughly
@given(plan=oracle.plans_of_any_kind())
def test_the_possible_starts_are_those_of_a_search_quarter_by_quarter(plan: Plan) -> None:
    timetable = Timetable(plan)
    known: dict[object, oracle.Causes] = {}
    wanted = [begins for begins in oracle.starts(plan) if oracle.is_time(plan, plan.wish, begins, known)]
    assert [timetable.grid.at(start) for start in each(possible_starts(timetable, plan.wish))] == wanted


@thoroughly
@given(plan=oracle.plans_of_any_kind(hours=6))
def test_a_time_is_judged_as_it_is_found(plan: Plan) -> None:
    timetable = Timetable(plan)
    possible = possible_starts(timetable, plan.wish)
    for start, begins in enumerate(oracle.starts(plan)):
        forbidden = any(finding.forbids for finding in judge_each(plan, [begins]))
        assert forbidden != bool(possible >> start & 1)


@thoroughly
@given(plan=oracle.plans_of_any_kind(hours=12))
def test_a_time_is_scored_as_a_count_quarter_by_quarter_does(plan: Plan) -> None:
    timetable = Timetable(plan)
    for start, score in scores(timetable, plan.wish, possible_starts(timetable, plan.wish)).items():
        found = (score.required, score.optional, score.unsocial)
        assert found == oracle.score(plan, timetable.grid.at(start))


@thoroughly
@given(plan=oracle.plans_of_any_kind(hours=40), most=integers(1, 6))
def test_no_time_that_is_left_out_is_better_than_all_that_are_told_and_lies_on_a_half_day_of_its_own(
    plan: Plan, most: int
) -> None:
    timetable = Timetable(plan)
    found = scores(timetable, plan.wish, possible_starts(timetable, plan.wish))
    told = varied(found, timetable.grid, plan.wish.zone, timetable.length, most)
    ranks = {start: (score.order, start) for start, score in found.items()}
    halves = {start: half_day(timetable.grid.at(start), plan.wish.zone) for start in found}
    assert told == sorted(set(told), key=lambda start: ranks[start])
    assert len(told) <= most
    assert told[:1] == sorted(found, key=lambda start: ranks[start])[:1]
    if len(told) < most:
        assert all(any(abs(start - other) < timetable.length for other in told) for start in found)
    assert all(abs(start - other) >= timetable.length for start, other in combinations(told, 2))
    for start in found:
        if halves[start] not in {halves[each] for each in told}:
            apart = all(abs(start - other) >= timetable.length for other in told)
            assert not apart or ranks[start] > max(ranks[each] for each in told)


@settings(thoroughly, max_examples=30)
@given(plan=oracle.plans_of_any_kind(hours=8))
def test_the_changes_told_are_the_smallest_and_cheapest_that_give_a_time(plan: Plan) -> None:
    answer = find(plan, most=3)
    assume(answer.none_because)
    assert answer.none_because
    told = [(len(each.changes), each.cost) for each in answer.none_because.relaxations]
    wanted = oracle.smallest_changes(plan, most=3, largest=3)
    assert told[: len(wanted)] == wanted
    assert all(size > 3 for size, _ in told[len(wanted) :])
