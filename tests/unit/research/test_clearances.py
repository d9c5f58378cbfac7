"""What clears an outcome of what law asks, until when, and what stands against a gate while nothing does."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.research.domain.legal import events
from services.research.domain.legal.clearance import standing_clearance
from services.research.domain.legal.clearing import record, revoke, state_directions, waive
from services.research.domain.legal.directions import Direction, Directions
from services.research.domain.legal.expiring import CLEARANCE, due, tell
from services.research.domain.legal.needs import Need, needs_of
from services.research.domain.legal.paper import paper_of
from services.research.domain.legal.refusals import (
    ClearanceDaysReversed,
    ClearanceExpired,
    ClearanceMissing,
    ClearedByTrack,
    ExpiredAlready,
    NothingToRevoke,
    OneEndOnly,
    PaperInvalid,
)
from services.research.domain.legal.requirement import BY_AGREEMENT, BY_CLEARANCE
from services.research.domain.legal.standing import Standing, hindrances, standing_of
from services.research.domain.outcome import STAGES, Outcome
from services.research.domain.refusals import DateInTheFuture, NotOfTheOutcome, WrongState
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR, NOW

LAST_DAY = date(2026, 12, 31)
OVER = datetime(2026, 12, 31, 16, tzinfo=UTC)
"""Midnight in Kashgar, where the owner's days are counted."""
WARNED = datetime(2026, 11, 30, 16, tzinfo=UTC)
"""The first moment of 1 December there: thirty days before the last."""


def need(**different: Any) -> Need:
    return needs_of(given_legal.dataset(), [given_legal.requirement(**different)], given_legal.COUNTRIES)[0]


def cleared(*clearances: Any, **different: Any) -> Outcome:
    return given_legal.dataset(clearances=clearances or (given_legal.clearance(),), **different)


def standing(outcome: Outcome, now: datetime = NOW, tracks: Iterable[Any] = (), **requirement: Any) -> Standing:
    (only,) = standing_of(outcome, [need(**requirement)], tracks, now)
    return only


def test_an_approval_is_kept_on_the_outcome_and_ends_a_waiver() -> None:
    waived = waive(given_legal.dataset(), need(), reason="Anonymous.", by="per_meng", now=NOW).state
    decision = record(waived, need(), given_legal.clearance())
    assert decision.state == cleared()
    assert (decision.what, decision.why, decision.events) == ("cleared", "data-export: 2026-0117", ())


@pytest.mark.parametrize(
    ("different", "refusal", "facts"),
    [
        ({"granted_on": date(2026, 5, 16)}, DateInTheFuture, {"date": "2026-05-16", "today": "2026-05-15"}),
        (
            {"expires_on": date(2026, 4, 30)},
            ClearanceDaysReversed,
            {"granted_on": "2026-05-01", "expires_on": "2026-04-30"},
        ),
        ({"expires_on": date(2026, 5, 14)}, ExpiredAlready, {"expires_on": "2026-05-14", "today": "2026-05-15"}),
    ],
)
def test_an_approval_that_makes_no_sense_is_refused(different: Any, refusal: type[Any], facts: dict[str, str]) -> None:
    with pytest.raises(refusal) as refused:
        record(given_legal.dataset(), need(), given_legal.clearance(**different))
    assert refused.value.facts == facts
    record(given_legal.dataset(), need(), given_legal.clearance(expires_on=date(2026, 5, 15)))


@pytest.mark.parametrize("kind", BY_AGREEMENT)
def test_what_both_sides_have_to_sign_is_not_cleared_by_the_word_of_one(kind: str) -> None:
    with pytest.raises(ClearedByTrack) as refused:
        record(given_legal.dataset(), need(kind=kind), given_legal.clearance())
    assert refused.value.facts == {"requirement": "req_1", "kind": kind}


@pytest.mark.parametrize("state", ["waived", "withdrawn", "unclaimed", "rejected"])
def test_nothing_is_cleared_of_what_goes_nowhere(state: str) -> None:
    outcome = given_legal.dataset(state=state)
    acts: tuple[Callable[[], object], ...] = (
        lambda: record(outcome, need(), given_legal.clearance()),
        lambda: waive(outcome, need(), reason="So.", by=None, now=NOW),
        lambda: state_directions(outcome, [Direction(KASHGAR, GILGIT)], reason="So."),
    )
    for act in acts:
        with pytest.raises(WrongState):
            act()


def test_a_waiver_says_why_and_by_whom_once() -> None:
    first = waive(given_legal.dataset(), need(), reason="Anonymous.", by="per_meng", now=NOW).state
    again = waive(first, need(), reason="No images of people.", by="per_meng", now=NOW)
    assert [(each.reason, each.by) for each in again.state.waivers] == [("No images of people.", "per_meng")]
    assert standing(again.state).state == "waived"


def test_what_is_revoked_stands_no_more_and_stays_to_be_read() -> None:
    both = cleared(given_legal.clearance(), given_legal.clearance(reference="2026-0200"))
    revoked = revoke(both, "req_1", reason="The authority took it back.").state
    assert [each.revoked for each in revoked.clearances] == ["The authority took it back."] * 2
    assert standing(revoked).state == "missing"
    waived = waive(revoked, need(), reason="Anonymous.", by=None, now=NOW).state
    assert standing(revoke(waived, "req_1", reason="They are not.").state).state == "missing"
    with pytest.raises(NothingToRevoke):
        revoke(revoked, "req_1", reason="Again.")


def test_revoking_one_requirement_leaves_the_others() -> None:
    outcome = cleared(given_legal.clearance(), given_legal.clearance(requirement="req_2"))
    revoked = revoke(outcome, "req_2", reason="Taken back.").state
    assert [bool(each.revoked) for each in revoked.clearances] == [False, True]


def test_directions_are_between_its_sites_and_each_once() -> None:
    there = Direction(KASHGAR, GILGIT)
    stated = state_directions(given_legal.dataset(), [there, there], reason="Images alone.").state.directions
    assert stated == Directions((there,), (GILGIT, KASHGAR))
    with pytest.raises(NotOfTheOutcome):
        state_directions(given_legal.dataset(), [Direction(KASHGAR, "sit_hotan")], reason="So.")
    with pytest.raises(OneEndOnly):
        state_directions(given_legal.dataset(), [Direction(KASHGAR, KASHGAR)], reason="So.")


def test_a_document_is_told_by_an_address_and_a_sum() -> None:
    assert paper_of("https://files.example/a.pdf", "9F2C" * 16).sha256 == "9f2c" * 16
    for address, sha256, field in (
        ("http://files.example/a.pdf", "9f2c" * 16, "address"),
        ("https://files.example/a.pdf", "9f2c", "sha256"),
    ):
        with pytest.raises(PaperInvalid) as refused:
            paper_of(address, sha256)
        assert refused.value.facts["field"] == field


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (NOW, "in-force"),
        (WARNED - timedelta(microseconds=1), "in-force"),
        (WARNED, "expiring"),
        (OVER - timedelta(microseconds=1), "expiring"),
        (OVER, "expired"),
    ],
)
def test_a_clearance_stands_to_the_end_of_its_last_day_at_its_owners(now: datetime, state: str) -> None:
    assert (standing(cleared(), now).state, standing(cleared(), now).expires_on) == (state, LAST_DAY)
    assert standing(cleared(given_legal.clearance(expires_on=None)), now).state == "in-force"


def test_the_one_that_lasts_longest_stands_whichever_was_recorded_first() -> None:
    short, long, without_end = (
        given_legal.clearance(expires_on=each, reference=str(each)) for each in (date(2026, 6, 1), LAST_DAY, None)
    )
    assert standing_clearance([long, short], "req_1") == long
    assert standing_clearance([short, without_end, long], "req_1") == without_end
    assert standing_clearance([long, replace(without_end, revoked="Taken back.")], "req_1") == long
    assert standing_clearance([long], "req_2") is None
    assert standing_clearance([long, replace(long, reference="later")], "req_1") == replace(long, reference="later")


@pytest.mark.parametrize("gate", STAGES[1:])
@pytest.mark.parametrize("from_gate", STAGES[1:])
def test_a_gate_asks_for_what_is_asked_from_it_or_an_earlier_one_on(from_gate: str, gate: str) -> None:
    missing = list(hindrances([standing(given_legal.dataset(), from_gate=from_gate)], gate))
    assert bool(missing) == (STAGES.index(gate) >= STAGES.index(from_gate))


def test_what_is_missing_is_told_with_who_sees_to_it() -> None:
    (refusal,) = hindrances([standing(given_legal.dataset())], "terms")
    assert isinstance(refusal, ClearanceMissing)
    assert refusal.facts == {
        "gate": "terms", "requirement": "req_1", "kind": "data-export", "from_end": "CN", "to_end": "PK",
        "owner": {"person": "per_meng", "site": KASHGAR},
    }  # fmt: skip


def test_what_has_expired_is_told_with_its_last_day() -> None:
    (refusal,) = hindrances([standing(cleared(), OVER)], "pilot")
    assert isinstance(refusal, ClearanceExpired)
    assert (refusal.facts["expired_on"], refusal.facts["gate"]) == ("2026-12-31", "pilot")


@pytest.mark.parametrize("state", ["in-force", "expiring", "waived"])
def test_what_is_cleared_or_waived_hinders_nothing(state: str) -> None:
    outcome = cleared() if state != "waived" else waive(cleared(), need(), reason="So.", by=None, now=NOW).state
    found = standing(outcome, WARNED if state == "expiring" else NOW)
    assert found.state == state
    assert list(hindrances([found], "adoption")) == []


@pytest.mark.parametrize("kind", BY_AGREEMENT)
def test_an_agreement_in_force_clears_its_kind_and_direction_and_no_other(kind: str) -> None:
    assert standing(given_legal.dataset(), kind=kind, tracks=[given_legal.in_force(kind)]).state == "in-force"
    for other in (
        *(given_legal.in_force(each) for each in BY_AGREEMENT if each != kind),
        given_legal.track(kind),
        given_legal.in_force(kind, state="ended"),
    ):
        assert standing(given_legal.dataset(), kind=kind, tracks=[other]).state == "missing"
    assert (
        standing(
            given_legal.dataset(), kind=kind, tracks=[given_legal.in_force(kind)], from_end="PK", to_end="CN"
        ).state
        == "missing"
    )


@pytest.mark.parametrize("kind", BY_CLEARANCE)
def test_an_agreement_clears_nothing_that_an_authority_has_to_allow(kind: str) -> None:
    tracks = [given_legal.in_force(each) for each in BY_AGREEMENT]
    assert standing(given_legal.dataset(), kind=kind, tracks=tracks).state == "missing"


def test_an_agreement_clears_until_its_last_day() -> None:
    lasting = given_legal.in_force(expires_on=LAST_DAY)
    for now, state in ((NOW, "in-force"), (WARNED, "expiring"), (OVER, "expired")):
        found = standing(given_legal.dataset(), now, [lasting], kind="material-transfer")
        assert (found.state, found.expires_on, found.tracks) == (state, LAST_DAY, (lasting,))
    renewed = [lasting, replace(given_legal.in_force(), id="tra_2")]
    assert standing(given_legal.dataset(), OVER, renewed, kind="material-transfer").state == "in-force"


def test_each_way_needs_an_agreement_of_its_own() -> None:
    sites = (GILGIT, KASHGAR, "sit_hotan")
    three = given_legal.dataset(sites=sites, zones=dict.fromkeys(sites, "Asia/Shanghai"))
    (of_three,) = needs_of(
        three, [given_legal.requirement(kind="material-transfer")], given_legal.COUNTRIES | {"sit_hotan": "CN"}
    )
    from_kashgar = given_legal.in_force()
    from_hotan = replace(from_kashgar, id="tra_2", provider=replace(from_kashgar.provider, site="sit_hotan"))
    assert standing_of(three, [of_three], [from_kashgar], NOW)[0].state == "missing"
    assert standing_of(three, [of_three], [from_kashgar, from_hotan], NOW)[0].state == "in-force"
    ending = replace(from_hotan, expires_on=date(2026, 5, 20))
    assert standing_of(three, [of_three], [from_kashgar, ending], NOW)[0].state == "expiring"


def test_its_owner_is_warned_thirty_days_before_and_told_at_the_end_once_each() -> None:
    outcome, told = cleared(), list[Any]()
    assert [(each.name, each.at) for each in due(outcome)] == [(CLEARANCE, WARNED), (CLEARANCE, OVER)]
    for now in (NOW, WARNED - timedelta(microseconds=1), WARNED, WARNED, OVER - timedelta(seconds=1), OVER, OVER):
        if decision := tell(outcome, {"req_1"}, now=now):
            outcome, told = decision.state, [*told, *decision.events]
            assert decision.events[0].outcome == outcome
    assert [type(each) for each in told] == [events.ClearanceExpiring, events.ClearanceExpired]
    assert [each.clearance.owner.person for each in told] == ["per_meng", "per_meng"]
    assert due(outcome) == ()


def test_what_is_noticed_only_after_the_end_is_told_as_expired_alone() -> None:
    decision = tell(cleared(), {"req_1"}, now=OVER)
    assert decision
    assert [type(each) for each in decision.events] == [events.ClearanceExpired]
    assert due(decision.state) == ()


def test_a_renewed_clearance_takes_the_place_of_the_one_before() -> None:
    renewed = record(cleared(), need(), given_legal.clearance(expires_on=date(2027, 12, 31))).state
    assert [each.at for each in due(renewed)] == [
        datetime(2027, 11, 30, 16, tzinfo=UTC),
        datetime(2027, 12, 31, 16, tzinfo=UTC),
    ]
    assert tell(renewed, {"req_1"}, now=OVER) is None


@pytest.mark.parametrize("how", ["revoked", "waived", "withdrawn", "without end", "asked for no more"])
def test_nobody_is_told_of_what_does_not_stand_or_is_not_asked_for(how: str) -> None:
    outcome = {
        "revoked": revoke(cleared(), "req_1", reason="Taken back.").state,
        "waived": waive(cleared(), need(), reason="Anonymous.", by=None, now=NOW).state,
        "withdrawn": cleared(state="withdrawn"),
        "without end": cleared(given_legal.clearance(expires_on=None)),
    }.get(how)
    if outcome:
        assert due(outcome) == ()
    asked_for = set() if outcome is None else {"req_1"}
    assert tell(outcome or cleared(), asked_for, now=OVER) is None


def test_two_that_end_together_are_told_together() -> None:
    outcome = cleared(given_legal.clearance(), given_legal.clearance(requirement="req_2", kind="ethics"))
    assert len(due(outcome)) == 2
    decision = tell(outcome, {"req_1", "req_2"}, now=OVER)
    assert decision
    assert decision.what == "data-export expired; ethics expired"
    assert [each.clearance.requirement for each in decision.events] == ["req_1", "req_2"]


def test_in_use_it_is_still_watched() -> None:
    adopted = replace(given.adopted(), clearances=(given_legal.clearance(),))
    assert tell(adopted, {"req_1"}, now=OVER)
