"""What hospitals found together in a consultation opens an outcome, and is taken back with the consultation."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, Actor
from chassis.kernel.errors import InvalidCommand
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationEnteredInError, ConsultationSessionHeld
from services.research.application import commands, queries
from services.research.application.ports.outcomes import Sought
from services.research.domain import events
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import AdoptedTooEarly
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.mistakes import (
    Patch,
    event_of,
    guards,
    must_end_as_told_once,
    the_outcome,
    told,
    told_while_it_opens,
)
from tests.unit.research.test_commands import command_of, context, go, site, view
from tests.unit.research.test_mistaken_visits import fulfilled, mistaken

HOTAN = "sit_hotan"
FINDING = "Both hospitals stage such cysts differently: a common protocol is worth writing."
REASON = "Entered twice."
SLOT = "2026-12-31T20:00:00.000Z"
"""An hour into the new year in Gilgit, four in Kashgar: where it is organised says whose year it is."""


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def session(slot: str = SLOT, begins: str = "") -> dict[str, Any]:
    begins = begins or slot
    return {"slot": slot, "begins": begins, "ends": begins.replace(":00:00", ":45:00"), "state": "fulfilled"}


def held(**different: Any) -> CloudEvent:
    told = {
        "consultation": "con_1",
        "title": "Cyst of the right lobe",
        "organiser": "per_ali",
        "chair": "per_bano",
        "sites": [
            site(given.GILGIT, "Asia/Karachi", "per_hussain", "per_ali"),
            site(given.KASHGAR, "Asia/Shanghai", "per_zhang"),
            site(HOTAN, "Asia/Shanghai", "per_li"),
        ],
        "zone": "UTC",
        "slot": SLOT,
        "sessions": [session()],
        "finding": FINDING,
        "expected_outcome": {"type": "influence-on-policy-or-practice", "due_on": "2027-03-31"},
    }
    return event_of(ConsultationSessionHeld, "consultation", **told | different)


def in_error(**different: Any) -> CloudEvent:
    return event_of(
        ConsultationEnteredInError, "consultation", **{"consultation": "con_1", "reason": REASON} | different
    )


def opened(research: ResearchInMemory, **different: Any) -> Outcome:
    told(research, held(**different))
    return research.fake_outcomes.load(the_outcome(research)).state


def test_a_finding_opens_an_outcome_that_the_chair_owes_and_all_sites_follow(research: ResearchInMemory) -> None:
    outcome = opened(research)
    assert (outcome.state, outcome.type, outcome.title) == (
        "expected", "influence-on-policy-or-practice", "Cyst of the right lobe",
    )  # fmt: skip
    assert (outcome.responsible, outcome.due_on.isoformat()) == ("per_bano", "2027-03-31")
    assert outcome.followers == ("per_ali", "per_hussain", "per_zhang", "per_li"), "each once"
    assert outcome.sites == (given.GILGIT, given.KASHGAR, HOTAN)
    assert outcome.zones[HOTAN] == "Asia/Shanghai"
    assert view(research, outcome.id)["history"][0]["why"] == FINDING


def test_it_says_of_which_session_it_came(research: ResearchInMemory) -> None:
    shown = view(research, opened(research).id)
    assert shown["origin"] == {
        "kind": "consultation", "id": "con_1", "slot": "2026-12-31T20:00:00+00:00", "title": "Cyst of the right lobe",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "begins", "began"),
    [
        ("UTC", SLOT, "2026-12-31"),
        ("Asia/Karachi", SLOT, "2027-01-01"),
        ("Asia/Karachi", "2026-12-31T18:00:00.000Z", "2026-12-31"),
    ],
    ids=["as it is there", "the new year has begun there", "moved to the old year"],
)
def test_its_year_is_that_of_the_sessions_day_where_it_is_organised(
    research: ResearchInMemory, zone: str, begins: str, began: str
) -> None:
    sessions = [session("2026-11-30T20:00:00.000Z"), session(SLOT, begins)]
    origin = opened(research, zone=zone, sessions=sessions).came_of[0]
    assert (origin.began.isoformat(), origin.year) == (began, int(began[:4]))


def test_a_session_without_such_a_finding_opens_none(research: ResearchInMemory) -> None:
    told(research, held(expected_outcome=None, finding=""))
    assert not research.fake_outcomes.kept


def test_each_session_of_a_series_opens_its_own_and_once(research: ResearchInMemory) -> None:
    later = "2027-01-07T20:00:00.000Z"
    series = [session(), session(later)]
    for _ in range(3):
        told(research, held(sessions=series), held(sessions=series, slot=later))
    slots = sorted(str(kept.state.came_of[0].slot)[:10] for kept in research.fake_outcomes.kept.values())
    assert slots == ["2026-12-31", "2027-01-07"]


def test_outcomes_are_found_by_consultation_and_by_visit(research: ResearchInMemory) -> None:
    told(research, held(), held(consultation="con_2"), fulfilled())

    def found(**asked: Any) -> list[str]:
        listed = research.outcomes(parsed(queries.AskOutcomes, asked), given.MANAGER)
        return sorted(item["origin"]["id"] for item in listed["items"])

    assert found() == ["con_1", "con_2", "vis_1"]
    assert found(consultation_id="con_1") == ["con_1"]
    assert found(visit_id="vis_1") == ["vis_1"]
    with pytest.raises(InvalidCommand):
        found(visit_id="vis_1", consultation_id="con_1")


def test_people_of_every_site_that_met_see_it(research: ResearchInMemory) -> None:
    outcome = opened(research)
    onlooker = Actor("per_x", frozenset({OBSERVER}), frozenset({HOTAN}))
    assert view(research, outcome.id, onlooker)["may"] == []
    receipts = go(research, outcome.id, 2)
    assert receipts[-1].state == "reported"


def test_nobody_uses_what_came_of_it_before_it_was_held(research: ResearchInMemory) -> None:
    outcome_id = opened(research, zone="Asia/Karachi").id
    go(research, outcome_id, 6)
    early = command_of(
        commands.ConfirmAdoption, outcome_id, 7, adopting_site=given.GILGIT, adopted_on="2026-05-15", note=""
    )
    with pytest.raises(AdoptedTooEarly) as refused:
        research.confirm_adoption(early, context(given.COORDINATOR_THERE, 7))
    assert refused.value.facts == {"date": "2026-05-15", "earliest": "2027-01-01"}


def test_a_mistaken_consultation_takes_back_what_nobody_reported(research: ResearchInMemory) -> None:
    told(research, held(), in_error())
    shown = view(research, the_outcome(research))
    assert (shown["state"], shown["history"][-1]["why"]) == ("withdrawn", REASON)
    assert type(research.fake_outcomes.told[-1]) is events.OutcomeWithdrawn


def test_what_was_reported_of_it_is_questioned(research: ResearchInMemory) -> None:
    outcome_id = opened(research).id
    go(research, outcome_id, 1)
    told(research, in_error(reason=""))
    shown = view(research, outcome_id)
    assert (shown["state"], shown["questioned"]) == ("reported", "The consultation was entered in error.")


def test_a_mistake_reaches_every_session_and_no_other_consultation(research: ResearchInMemory) -> None:
    later = "2027-01-07T20:00:00.000Z"
    series = [session(), session(later)]
    told(research, held(sessions=series), held(consultation="con_2"), in_error(), held(sessions=series, slot=later))
    states = [(kept.state.came_of[0].id, kept.state.state) for kept in research.fake_outcomes.kept.values()]
    assert sorted(states) == [("con_1", "withdrawn"), ("con_1", "withdrawn"), ("con_2", "expected")]


def test_a_mistaken_visit_leaves_consultations_alone(research: ResearchInMemory) -> None:
    told(research, held(), fulfilled(), mistaken())
    found = research.fake_outcomes.page(SYSTEM, Sought(origin="con_1"), after=None, limit=9)
    assert [each.state.state for each in found] == ["expected"]


@pytest.mark.parametrize("order", sorted(set(permutations(("held", "in error") * 3))))
def test_however_often_and_in_whatever_order_it_is_told_the_end_is_the_same(
    research: ResearchInMemory, order: Sequence[str]
) -> None:
    must_end_as_told_once(research, {"held": held(), "in error": in_error()}, order)


def test_two_that_are_handled_at_the_same_moment_see_each_other(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_while_it_opens(research, monkeypatch, held(), in_error())
    assert view(research, the_outcome(research))["state"] == "withdrawn"


@pytest.mark.parametrize("without", guards())
def test_without_its_guard_the_mistake_is_missed(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch, without: Patch
) -> None:
    without(monkeypatch)
    told(research, in_error(), held())
    assert view(research, the_outcome(research))["state"] == "expected"
