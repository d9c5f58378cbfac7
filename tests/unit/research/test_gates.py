"""What each gate needs to be passed, who decided it and when, and how what was deferred comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest

from chassis.kernel.decision import Decision
from contracts.words import OutcomeType, TransferStage
from services.research.domain import events
from services.research.domain.adopting import Use, adopt
from services.research.domain.coming_back import GATE_DUE, come_back
from services.research.domain.details.kinds import OneOf
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.evidence import KINDS, Evidence
from services.research.domain.gates import Gate, Verdict
from services.research.domain.needed_evidence import NEEDED, NEEDED_BESIDES, Besides, needed
from services.research.domain.outcome import ADOPTION, MERGED, STAGES, WITHDRAWN, Outcome
from services.research.domain.refusals import DateInTheFuture
from services.research.domain.reporting import Told, report
from services.research.domain.transfer import decide_gate
from services.research.domain.transfer_refusals import (
    BackOnNeeded,
    BackOnNotInFuture,
    DecidedTooEarly,
    DisclosureIncomplete,
    DoesNotTransfer,
    EvidenceInvalid,
    EvidenceMissing,
    GroundQuestioned,
    ReasonNeeded,
)
from services.research.domain.transferring import FATES, transfers
from services.research.domain.waiting import due
from tests.unit.research import given
from tests.unit.research.detailed import decimals

BACK_ON = date(2026, 6, 1)
BACK_AT = datetime(2026, 5, 31, 16, tzinfo=UTC)
"""When 1 June begins in Kashgar, where it begins first."""


def deciding(outcome: Outcome, now: datetime = given.NOW, **said: Any) -> Decision[Outcome]:
    gate = outcome.next_gate or ADOPTION
    verdict = {"gate": gate, "decision": "accepted", "evidence": given.evidence(gate)} | said
    return decide_gate(outcome, Verdict(**verdict), by="per_ali", now=now)


def deferring(outcome: Outcome, back_on: date | None = BACK_ON) -> Decision[Outcome]:
    return deciding(outcome, decision="deferred", reason="The board meets in June.", back_on=back_on)


def test_of_every_type_it_is_known_whether_it_transfers() -> None:
    assert tuple(FATES) == get_args(OutcomeType)


@pytest.mark.parametrize("outcome_type", FATES)
def test_a_report_puts_what_transfers_on_its_way_and_nothing_else(outcome_type: str) -> None:
    told = Told("A title", "A summary")
    reported = report(given.outcome(type=outcome_type), told, decimals=decimals, by="per_bano", now=given.NOW).state
    assert (reported.stage, reported.next_gate) == (
        ("disclosure", "evaluation") if transfers(outcome_type) else (None, None)
    )


@pytest.mark.parametrize("outcome_type", [each for each in FATES if not transfers(each)])
def test_what_does_not_transfer_has_no_gates_and_is_not_adopted_even_where_it_was_kept_with_a_stage(
    outcome_type: str,
) -> None:
    reported = given.at("disclosure", type=outcome_type)
    for outcome in (replace(reported, stage=None), reported):
        with pytest.raises(DoesNotTransfer) as refused:
            decide_gate(outcome, Verdict("evaluation", "accepted"), by="per_ali", now=given.NOW)
        assert refused.value.facts == {"type": outcome_type, "because": FATES[outcome_type].because}
    last = given.at(ADOPTION, type=outcome_type)
    with pytest.raises(DoesNotTransfer):
        adopt(last, Use(given.GILGIT, given.NOW.date()), by="per_x", now=given.NOW)


def test_every_gate_needs_evidence_of_kinds_that_there_are() -> None:
    assert tuple(NEEDED) == STAGES[1:] == get_args(TransferStage)[1:]
    assert {kind for needs in NEEDED.values() for any_of in needs for kind in any_of} <= set(KINDS)


@pytest.mark.parametrize(("gate", "needs"), NEEDED.items())
def test_a_gate_is_passed_on_any_kind_of_evidence_that_it_needs_and_on_no_other(
    gate: str, needs: tuple[tuple[str, ...], ...]
) -> None:
    outcome = given.at(STAGES[STAGES.index(gate) - 1])
    (any_of,) = needs
    for kind in KINDS:
        evidence = (Evidence(kind, "Found", "Shelf 4"),)
        if kind in any_of:
            assert deciding(outcome, evidence=evidence).state.gates[-1].evidence == evidence
            continue
        with pytest.raises(EvidenceMissing) as refused:
            deciding(outcome, evidence=evidence)
        assert refused.value.facts == {"gate": gate, "kinds": list(any_of)}


def of_a_type(besides: Besides, **different: Any) -> Outcome:
    """At the stage before the gate that needs more of it."""
    details = {"kind": besides.kind} if besides.kind else None
    stage = STAGES[STAGES.index(besides.gate) - 1]
    return given.at(stage, **{"type": besides.type, "details": details} | different)


@pytest.mark.parametrize("besides", NEEDED_BESIDES, ids=lambda each: f"{each.type} {each.gate}")
def test_what_a_gate_needs_of_a_type_besides_it_needs_besides_what_it_needs_of_all(besides: Besides) -> None:
    outcome = of_a_type(besides)
    assert needed(outcome, besides.gate) == (*NEEDED[besides.gate], besides.any_of)
    of_all = given.evidence(besides.gate)
    with pytest.raises(EvidenceMissing) as refused:
        deciding(outcome, evidence=of_all)
    assert refused.value.facts == {"gate": besides.gate, "kinds": list(besides.any_of)}
    for kind in besides.any_of:
        more = Evidence(kind, "Found", "Shelf 4")
        assert deciding(outcome, evidence=(*of_all, more)).state.stage == besides.gate
        with pytest.raises(EvidenceMissing):
            deciding(outcome, evidence=(more,))


def test_what_is_needed_besides_is_of_types_that_transfer_of_gates_and_kinds_that_there_are_each_once() -> None:
    asked = [(each.type, each.kind, each.gate) for each in NEEDED_BESIDES]
    assert len(set(asked)) == len(asked)
    assert all(transfers(outcome_type) and gate in NEEDED for outcome_type, _, gate in asked)
    assert {kind for each in NEEDED_BESIDES for kind in each.any_of} <= set(KINDS)
    by_type = list(FATES)
    assert asked == sorted(asked, key=lambda each: (by_type.index(each[0]), STAGES.index(each[2])))
    for each in NEEDED_BESIDES:
        kinds = FIELDS_OF[each.type]["kind"].kind
        assert each.kind == "" or (isinstance(kinds, OneOf) and each.kind in kinds.codes)


def test_a_type_of_which_nothing_more_is_asked_needs_what_all_need() -> None:
    more = {(each.type, each.gate) for each in NEEDED_BESIDES}
    for outcome_type in FATES:
        for gate, needs in NEEDED.items():
            if (outcome_type, gate) not in more:
                assert needed(given.at("pilot", type=outcome_type), gate) == needs


def test_a_paper_is_reviewed_by_a_committee_where_it_is_a_guideline() -> None:
    for details in (None, {}, {"kind": "journal-article"}):
        assert deciding(given.at("terms", details=details)).state.stage == "pilot"
    with pytest.raises(EvidenceMissing):
        deciding(given.at("terms", details={"kind": "guideline"}))


ON_SURE_GROUND = ("terms", "pilot", "adoption")


@pytest.mark.parametrize("gate", STAGES[1:])
@pytest.mark.parametrize("decision", ["accepted", "not-applicable", "deferred", "declined"])
def test_what_came_of_a_mistake_comes_no_further_than_where_it_matters_until_that_is_settled(
    gate: str, decision: str
) -> None:
    stage = STAGES[STAGES.index(gate) - 1]
    back_on = BACK_ON if decision == "deferred" else None
    said: dict[str, Any] = {"decision": decision, "reason": "" if decision == "accepted" else "So.", "back_on": back_on}
    questioned = given.at(stage, questioned="Entered twice.")
    if gate in ON_SURE_GROUND and decision in ("accepted", "not-applicable"):
        with pytest.raises(GroundQuestioned) as refused:
            deciding(questioned, **said)
        assert refused.value.facts == {"gate": gate, "because": "Entered twice."}
        assert deciding(replace(questioned, questioned=""), **said).state.stage == gate
    else:
        assert deciding(questioned, **said).state.gates[-1].decision == decision


@pytest.mark.parametrize("decision", ["declined", "not-applicable"])
def test_what_is_not_accepted_needs_no_evidence(decision: str) -> None:
    assert deciding(given.at("pilot"), decision=decision, reason="It hurts.", evidence=()).what


def test_nothing_is_evaluated_of_which_the_report_says_nothing() -> None:
    with pytest.raises(DisclosureIncomplete) as refused:
        deciding(given.at("disclosure", summary=""))
    assert refused.value.facts == {"gate": "evaluation", "fields": ["summary"]}
    assert deciding(given.at("evaluation", summary="")).state.stage == "protection"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("reference", "http://files.example/report.pdf", "NotAnHttpsAddress"),
        ("reference", "ftp://files.example/report.pdf", "NotAnHttpsAddress"),
        ("reference", "https://me:secret@files.example/report.pdf", "NotAnHttpsAddress"),
        ("sha256", "9f2c", "NotASha256"),
    ],
)
def test_evidence_that_is_not_told_well_is_refused_by_field(field: str, value: str, why: str) -> None:
    good = Evidence("pilot-report", "Report", "Shelf 4")
    with pytest.raises(EvidenceInvalid) as refused:
        deciding(given.at("pilot"), evidence=(good, replace(good, **{field: value})))
    assert refused.value.facts == {"evidence": 2, "field": field, "why": why}


def test_sums_are_kept_in_small_letters() -> None:
    evidence = (Evidence("pilot-report", "Report", "Shelf 4", "9F2C" * 16),)
    assert deciding(given.at("pilot"), evidence=evidence).state.gates[-1].evidence[0].sha256 == "9f2c" * 16


@pytest.mark.parametrize("decision", ["not-applicable", "deferred", "declined"])
def test_whatever_is_not_accepted_needs_a_reason(decision: str) -> None:
    with pytest.raises(ReasonNeeded) as refused:
        deciding(given.at("disclosure"), decision=decision, back_on=BACK_ON if decision == "deferred" else None)
    assert refused.value.facts == {"gate": "evaluation", "decision": decision}


def test_a_decision_keeps_who_decided_on_which_day_and_who_recorded_that() -> None:
    decided = deciding(given.at("terms"), body="Ethics board of Kashgar", decided_on=date(2026, 5, 14)).state.gates[-1]
    assert (decided.body, decided.decided_on) == ("Ethics board of Kashgar", date(2026, 5, 14))
    assert (decided.by, decided.at) == ("per_ali", given.NOW)


def test_a_decision_is_of_today_unless_said_otherwise_and_today_is_where_the_day_is_furthest_on() -> None:
    late = datetime(2026, 5, 15, 17, tzinfo=UTC)  # 22:00 in Gilgit, one in the morning in Kashgar
    assert deciding(given.at("terms"), now=late).state.gates[-1].decided_on == date(2026, 5, 16)
    with pytest.raises(DateInTheFuture) as refused:
        deciding(given.at("terms"), now=late, decided_on=date(2026, 5, 17))
    assert refused.value.facts == {"date": "2026-05-17", "today": "2026-05-16"}


def test_no_gate_is_decided_before_the_one_before_it() -> None:
    with pytest.raises(DecidedTooEarly) as refused:
        deciding(given.at("terms"), decided_on=date(2026, 5, 13))
    assert refused.value.facts == {"date": "2026-05-13", "earliest": "2026-05-14"}
    assert deciding(given.at("terms"), decided_on=date(2026, 5, 14)).state.stage == "pilot"


def test_a_gate_is_decided_again_though_the_site_where_the_day_was_furthest_on_has_left() -> None:
    late = datetime(2026, 5, 15, 17, tzinfo=UTC)  # 22:00 in Gilgit, one in the morning in Kashgar
    declined = deciding(given.at("terms"), decision="declined", reason="No.", now=late).state
    left = replace(declined, sites=(given.GILGIT,))
    assert deciding(left, now=late).state.gates[-1].decided_on == date(2026, 5, 16)


def test_no_gate_is_decided_before_anything_began_of_which_the_outcome_came() -> None:
    disclosed = given.at("disclosure", also_of=(replace(given.OF_VISIT, id="vis_2", began=date(2026, 4, 20)),))
    with pytest.raises(DecidedTooEarly) as refused:
        deciding(disclosed, decided_on=date(2026, 4, 19))
    assert refused.value.facts == {"date": "2026-04-19", "earliest": "2026-04-20"}
    assert deciding(disclosed, decided_on=date(2026, 4, 20)).state.stage == "evaluation"


def test_a_gate_kept_before_days_were_was_decided_as_it_was_recorded() -> None:
    assert Gate("terms", "accepted", "", (), "per_ali", given.NOW).day == given.NOW.date()


def test_what_is_deferred_comes_back_on_a_day_to_come() -> None:
    with pytest.raises(BackOnNeeded) as refused:
        deferring(given.at("terms"), back_on=None)
    assert refused.value.facts == {"gate": "pilot"}
    with pytest.raises(BackOnNotInFuture) as not_in_future:
        deferring(given.at("terms"), back_on=given.NOW.date())
    assert not_in_future.value.facts == {"date": "2026-05-15", "today": "2026-05-15"}
    assert deferring(given.at("terms"), back_on=given.NOW.date() + timedelta(days=1)).state.stage == "terms"


def test_a_deferred_gate_is_back_as_its_day_begins_and_is_told_once() -> None:
    deferred = deferring(given.at("terms")).state
    assert [(moment.name, moment.at) for moment in due(deferred)] == [(GATE_DUE, BACK_AT)]
    assert come_back(deferred, now=BACK_AT - timedelta(microseconds=1)) is None
    back = come_back(deferred, now=BACK_AT)
    assert back is not None
    assert (back.state, back.what, back.why) == (replace(deferred, gate_due=True), "gate-due", "pilot")
    assert back.events == (events.OutcomeGateDue(back.state, deferred.gates[-1]),)
    assert due(back.state) == ()
    assert come_back(back.state, now=BACK_AT) is None


@pytest.mark.parametrize("decision", ["accepted", "not-applicable", "declined"])
def test_deciding_it_earlier_or_once_it_is_back_ends_the_waiting(decision: str) -> None:
    deferred = deferring(given.at("terms")).state
    for outcome in (deferred, replace(deferred, gate_due=True)):
        decided = deciding(outcome, decision=decision, reason="They met.").state
        assert not decided.gate_due
        assert due(decided) == ()
        assert come_back(decided, now=BACK_AT) is None


def test_what_is_deferred_again_comes_back_on_the_later_day() -> None:
    outcome = deferring(replace(deferring(given.at("terms")).state, gate_due=True), back_on=date(2026, 7, 1)).state
    assert [moment.at for moment in due(outcome)] == [BACK_AT + timedelta(days=30)]
    assert come_back(outcome, now=BACK_AT) is None


@pytest.mark.parametrize("state", [WITHDRAWN, MERGED])
def test_no_gate_comes_back_of_what_is_no_outcome_any_more(state: str) -> None:
    gone = replace(deferring(given.at("terms")).state, state=state)
    assert due(gone) == ()
    assert come_back(gone, now=BACK_AT) is None
