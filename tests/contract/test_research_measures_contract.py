"""The measures, in memory and in the database alike: what is summed up is what one counts outcome by outcome."""

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from chassis.store import database_at
from contracts.envelope import CloudEvent, sequence
from contracts.exchange.v1 import AgreementTookEffect
from services.research.adapters.promise_copies import PromiseCopies
from services.research.application.ports.measures import DIMENSIONS, Measures
from services.research.application.ports.outcomes import Outcomes
from services.research.application.ports.promises import Promises
from services.research.application.queries import AskMeasures, measures
from services.research.application.queries.views import View
from services.research.bootstrap.measured import measures_on, outcomes_on
from services.research.domain.adopting import Use, adopt, end_adoption
from services.research.domain.expecting import expect, miss
from services.research.domain.gates import Verdict
from services.research.domain.outcome import STAGES, Outcome, Reached
from services.research.domain.promises import Delivered, Promise, Promised
from services.research.domain.reporting import Told, report
from services.research.domain.transfer import decide_gate
from services.research.domain.transferring import transfers
from services.research.domain.waiving import waive
from services.research.domain.withdrawing import withdraw
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.event_factory import make_event
from tests.fakes.memory import Memory
from tests.fakes.research import FakeOutcomes
from tests.fakes.research_measures import FakeMeasures, FakePromises
from tests.unit.research import given
from tests.unit.research.detailed import decimals

DAY = timedelta(days=1)
HOTAN = "sit_hotan"
ZONES = {given.GILGIT: "Asia/Karachi", given.KASHGAR: "Asia/Shanghai", HOTAN: "Asia/Shanghai"}
NUMBERS = count()


@dataclass(frozen=True)
class Shelves:
    outcomes: Outcomes
    measures: Measures
    promises: Promises


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        outcomes = FakeOutcomes(Memory())
        return Shelves(outcomes, FakeMeasures(outcomes), FakePromises())
    installation = request.getfixturevalue("make_installation")([RESEARCH_ALONE])
    database, clock = database_at(installation.mongo_url("research")), StandingClock()
    return Shelves(outcomes_on(database, clock), measures_on(database, clock), PromiseCopies(database["promises"]))


def asked(shelves: Shelves, actor: Actor = SYSTEM, **fields: Any) -> list[View]:
    rows: list[View] = measures(parsed(AskMeasures, fields), actor, shelves.measures, shelves.promises)["rows"]
    return rows


# Lives of outcomes, whatever comes next.

STEPS = ("report", "accepted", "not-applicable", "deferred", "waive", "miss", "withdraw", "adopt", "end")
LIVES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    agreement=st.sampled_from(["agr_1", "agr_2"]),
    field=st.sampled_from(["imaging", "liver echinococcosis"]),
    year=st.sampled_from([2025, 2026]),
    sites=st.sampled_from([(given.GILGIT, given.KASHGAR), (given.KASHGAR, HOTAN), (HOTAN, given.KASHGAR)]),
    type=st.sampled_from(["publication", "publication", "software", "award"]),
    acts=st.one_of(
        st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=5),
        # One that comes far, which chance alone hardly makes.
        st.lists(st.tuples(st.sampled_from(STEPS[1:4]), st.integers(0, 40)), min_size=4, max_size=8).map(
            lambda acts: [("report", 3), *acts[:7], ("adopt", 1), *(("end", 1),)[: len(acts) % 2]]
        ),
    ),
)


def lived(shelves: Shelves, life: dict[str, Any]) -> None:
    outcome_id, now = f"out_{next(NUMBERS)}", given.NOW
    origin = replace(given.OF_VISIT, year=life["year"], sites=life["sites"])
    alike = {name: life[name] for name in ("agreement", "field", "sites", "type")}
    outcome = given.outcome(id=outcome_id, origin=origin, zones=ZONES, **alike)
    shelves.outcomes.add(outcome_id, expect(outcome, now=now), context(outcome_id, now))
    for step, days in life["acts"]:
        now += days * DAY
        loaded = shelves.outcomes.load(outcome_id)
        if decision := decided(loaded.state, step, now):
            shelves.outcomes.save(loaded, decision, context(outcome_id, now))


def context(outcome_id: str, now: datetime) -> Context:
    return Context(derived("life", outcome_id, str(next(NUMBERS))), SYSTEM, now)


def decided(outcome: Outcome, step: str, now: datetime) -> Decision[Outcome] | None:
    """Nothing where the step does not fit."""
    try:
        if step == "report":
            return report(outcome, Told("A", "B"), decimals=decimals, by="per_bano", now=now)
        if step == "waive":
            return waive(outcome, reason="It was not made.", by="per_ali")
        if step == "miss":
            return miss(outcome, now=given.TOO_LATE + (now - given.NOW))
        if step == "withdraw":
            return withdraw(outcome, reason="Entered twice.")
        if step == "adopt":
            return adopt(outcome, Use(given.KASHGAR, now.date()), by="per_zhang", now=now)
        if step == "end":
            return end_adoption(outcome, site=given.KASHGAR, ended_on=now.date(), reason="So", by="per_zhang", now=now)
        gate = outcome.next_gate or "evaluation"
        back_on = (now + 9 * DAY).date() if step == "deferred" else None
        verdict = Verdict(gate, step, "So", given.evidence_of(outcome, gate), back_on=back_on)
        return decide_gate(outcome, verdict, by="per_ali", now=now)
    except Refusal:
        return None


# The same, counted by hand.


def recounted(outcomes: Sequence[Outcome], by: Sequence[str], **fits: Any) -> list[View]:
    groups: dict[tuple[Any, ...], list[Outcome]] = {}
    for outcome in outcomes:
        for of in {tuple(each[name] for name in by): each for each in places(outcome) if each.items() >= fits.items()}:
            groups.setdefault(of, []).append(outcome)
    return [{**dict(zip(by, of, strict=True)), **figures(groups[of])} for of in sorted(groups)]


def places(outcome: Outcome) -> Iterator[dict[str, Any]]:
    assert outcome.origin
    for site in outcome.sites:
        yield {"agreement": outcome.agreement, "field": outcome.field, "site": site, "year": outcome.origin.year}


def figures(outcomes: Sequence[Outcome]) -> View:
    delivered = [each for each in outcomes if each.state in ("reported", "adopted") and not each.questioned]
    adopted = [each for each in delivered if each.state == "adopted"]
    return {
        "outcomes": len(outcomes),
        **{
            state: len([each for each in outcomes if each.state == state])
            for state in ("expected", "reported", "adopted", "waived", "withdrawn")
        },
        "overdue": len([each for each in outcomes if each.overdue]),
        "questioned": len([each for each in outcomes if each.questioned]),
        "delivered": len(delivered),
        "types": dict(Counter(each.type for each in delivered)),
        "stages": [stage(name, [each for each in delivered if transfers(each.type)], len(adopted)) for name in STAGES],
        "adoptions": dict(Counter(site for each in adopted for site in {use.site for use in each.adoptions})),
        "in_use": dict(Counter(use.site for each in adopted for use in each.adoptions if not use.ended_on)),
    }


def stage(name: str, delivered: Sequence[Outcome], adopted: int) -> View:
    came = {each.id: [reached for reached in each.reached if reached.stage == name] for each in delivered}
    here = [each for each in delivered if came[each.id]]
    place = STAGES.index(name)
    on = adopted if name == "adoption" else len([each for each in delivered if len(each.reached) > place + 1])
    took = [days for each in here if (days := days_to(name, each)) is not None]
    return {
        "stage": name,
        "here": len([each for each in delivered if each.stage == name and each.state == "reported"]),
        "reached": len(here),
        "not_applicable": len([each for each in here if not came[each.id][0].applies]),
        "went_on": on,
        "conversion": round(on / len(here), 4) if here else None,
        "median_days": statistics.median(took) if took else None,
    }


def days_to(name: str, outcome: Outcome) -> int | None:
    applied = [each for each in outcome.reached if each.applies]
    stages = [each.stage for each in applied]
    if name not in stages[1:]:
        return None
    return (applied[stages.index(name)].at - applied[stages.index(name) - 1].at) // DAY


# What fails is told at once: making the example smaller would take the database minutes.
@settings(
    max_examples=4,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@hypothesis_given(lives=st.lists(LIVES, min_size=4, max_size=7))
def test_whatever_became_of_outcomes_the_figures_are_those_that_one_counts(
    shelves: Shelves, lives: list[dict[str, Any]]
) -> None:
    for life in lives:
        lived(shelves, life)
    ids = [f"out_{number}" for number in range(next(NUMBERS))]
    outcomes = list(shelves.outcomes.named(ids).values())
    for by in ((), *((name,) for name in DIMENSIONS), ("year", "agreement"), DIMENSIONS):
        assert asked(shelves, by=list(by)) == recounted(outcomes, by)
    fits: dict[str, Any] = {"agreement": "agr_1", "field": "imaging", "site": HOTAN, "year": 2025}
    names = {"agreement": "agreement_id", "field": "field", "site": "site_id", "year": "year"}
    for some in ({name: fits[name]} for name in fits):
        told = asked(shelves, **{names[name]: value for name, value in some.items()})
        assert told == recounted(outcomes, (), **some)
    told = asked(shelves, by=["site"], **{names[name]: fits[name] for name in ("field", "year")})
    assert told == recounted(outcomes, ("site",), field="imaging", year=2025)


def reported(shelves: Shelves, outcome_id: str, agreement: str, *sites: str) -> None:
    origin = replace(given.OF_VISIT, sites=sites)
    outcome = given.at("disclosure", id=outcome_id, agreement=agreement, sites=sites, origin=origin)
    shelves.outcomes.add(outcome_id, Decision(outcome, what="reported"), context(outcome_id, given.NOW))


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (SYSTEM, {"agr_1": 2, "agr_2": 1}),
        (Actor("per_x", frozenset({ADMINISTRATOR})), {"agr_1": 2, "agr_2": 1}),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), {"agr_1": 1}),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.KASHGAR, HOTAN})), {"agr_1": 2, "agr_2": 1}),
        (Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({given.GILGIT})), {"agr_1": 2}),
        (Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({HOTAN})), {"agr_1": 1, "agr_2": 1}),
        (Actor("per_bano", frozenset({VISITOR})), {}),
    ],
    ids=["the system", "administrator", "a site", "two sites", "manager of a partner", "manager of none", "nobody"],
)
def test_each_sees_figures_of_their_sites_and_managers_those_of_their_whole_agreements(
    shelves: Shelves, actor: Actor, seen: dict[str, int]
) -> None:
    reported(shelves, "out_1", "agr_1", given.GILGIT, given.KASHGAR)
    reported(shelves, "out_2", "agr_1", given.KASHGAR, HOTAN)
    reported(shelves, "out_3", "agr_2", given.KASHGAR, HOTAN)
    shelves.promises.keep(
        told_of("agr_1"), Promised({given.GILGIT: "Asia/Karachi", given.KASHGAR: "Asia/Shanghai"}, ())
    )
    rows = asked(shelves, actor, by=["agreement"])
    assert {row["agreement"]: row["outcomes"] for row in rows} == seen
    assert sum(row["outcomes"] for row in asked(shelves, actor)) == sum(seen.values()), "each once, whoever sees it"


def told_of(agreement: str, version: int = 1) -> CloudEvent:
    envelope = {"subject": f"agreement/{agreement}", "sequence": sequence(version, 0)}
    return CloudEvent.model_validate(make_event(AgreementTookEffect.type, envelope=envelope))


def test_a_record_that_nobody_claimed_is_not_measured(shelves: Shelves) -> None:
    unclaimed = given.outcome(state="unclaimed", origin=None, agreement="", field="")
    shelves.outcomes.add("out_1", Decision(unclaimed, what="imported"), context("out_1", given.NOW))
    assert asked(shelves) == asked(shelves, by=["year"]) == []


def test_what_was_delivered_is_told_with_what_a_promise_is_counted_by(shelves: Shelves) -> None:
    for outcome_id, months in (("out_1", 0), ("out_2", 0), ("out_3", 1)):
        at = given.NOW + months * 30 * DAY
        outcome = given.at("disclosure", id=outcome_id, reached=(Reached("disclosure", at),), field="imaging")
        shelves.outcomes.add(outcome_id, Decision(outcome, what="reported"), context(outcome_id, at))
    for outcome_id, other in (("out_4", {"agreement": "agr_2"}), ("out_5", {"questioned": "Twice."})):
        outcome = given.at("disclosure", id=outcome_id, **other)
        shelves.outcomes.add(outcome_id, Decision(outcome, what="reported"), context(outcome_id, given.NOW))
    shelves.outcomes.add("out_6", Decision(given.outcome(id="out_6"), what="expected"), context("out_6", given.NOW))
    found = sorted(shelves.measures.delivered("agr_1"), key=lambda each: each.reported)
    ends = (given.GILGIT, given.KASHGAR)
    early = Delivered("cnd_1", 2026, "imaging", "visit", ends, given.NOW, many=2)
    assert found == [early, replace(early, reported=given.NOW + 30 * DAY, many=1)], "those that are alike together"


def test_what_was_kept_before_it_was_known_when_it_was_reported_is_delivered_on_no_day(shelves: Shelves) -> None:
    kept = given.at("disclosure", reached=())
    shelves.outcomes.add("out_1", Decision(kept, what="reported"), context("out_1", given.NOW))
    assert shelves.measures.delivered("agr_1") == []


def test_of_one_kept_before_sites_stood_with_its_origin_those_of_the_outcome_count(shelves: Shelves) -> None:
    kept = given.at("disclosure", origin=replace(given.OF_VISIT, sites=()))
    shelves.outcomes.add("out_1", Decision(kept, what="reported"), context("out_1", given.NOW))
    (only,) = shelves.measures.delivered("agr_1")
    assert only.sites == (given.GILGIT, given.KASHGAR)


def test_the_newest_text_of_an_agreement_stands_and_is_found_by_its_partners(shelves: Shelves) -> None:
    promise = Promise("cnd_1", "research", "imaging", HOTAN, given.KASHGAR, {2026: 2, 2027: 3}, given.NOW)
    first, second = Promised({HOTAN: "Asia/Shanghai"}, (promise,)), Promised({given.KASHGAR: "Asia/Shanghai"}, ())
    assert shelves.promises.of("agr_1") is None
    assert shelves.promises.keep(told_of("agr_1", 2), first)
    assert not shelves.promises.keep(told_of("agr_1", 1), second)
    assert shelves.promises.of("agr_1") == first
    assert shelves.promises.agreements_of([HOTAN, given.KASHGAR]) == {"agr_1"}
    assert shelves.promises.agreements_of([given.KASHGAR]) == set()
    assert shelves.promises.keep(told_of("agr_1", 3), second)
    assert shelves.promises.agreements_of([given.KASHGAR]) == {"agr_1"}
