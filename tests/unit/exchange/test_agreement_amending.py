"""A changed text is a new one: everybody approves it again, and until then what was agreed stays in force."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.exchange.domain.agreement import DRAFT, EXPIRED, IN_EFFECT, TERMINATED, Agreement, Approval, Making
from services.exchange.domain.agreement import Termination as Ending
from services.exchange.domain.agreement_amending import MOST_TEXTS, amend, must_know, revert
from services.exchange.domain.agreement_approving import (
    BOTH_APPROVED,
    WAITING_FOR_BOTH,
    WAITING_FOR_THEM,
    WAITING_FOR_US,
    approval_word,
    approve,
)
from services.exchange.domain.events import AgreementAmended
from services.exchange.domain.refusals import (
    AnotherCondition,
    DatesReversed,
    NoSuchCondition,
    NoSuchText,
    SameText,
    TerminationStands,
    TextChanged,
    TooManyTexts,
    WrongState,
)
from tests.unit.exchange import given

LATER = given.NOW + timedelta(days=30)
WHY = Making("per_ali", LATER, "A year more.")
LONGER = {"in_effect_until": date(2027, 12, 31)}


def in_effect() -> Agreement:
    approvals = {
        site: Approval(given.agreement().text_hash, "per_x", given.NOW) for site in (given.GILGIT, given.KASHGAR)
    }
    return given.agreement(approvals=approvals, in_force_since=given.NOW)


def amended(agreement: Agreement, **different: Any) -> Agreement:
    return amend(agreement, replace(agreement.text, **different), WHY).state


def approved(agreement: Agreement, *partners: str) -> Agreement:
    for partner in partners:
        assert agreement.waiting
        text_hash = agreement.waiting.text.hash
        agreement = approve(agreement, partner=partner, text_hash=text_hash, by="per_x", now=LATER).state
    return agreement


def test_a_changed_draft_is_a_new_text_that_nobody_has_approved() -> None:
    half = approved(given.drafted(), given.GILGIT)
    changed = amended(half, **LONGER)
    assert (changed.state, changed.text_number, changed.approvals) == (DRAFT, 2, {})
    assert changed.in_effect_until == date(2027, 12, 31)
    assert [version.number for version in changed.versions] == [1, 2]
    assert changed.version(1).approvals == half.approvals


def test_the_approval_of_the_text_before_is_refused_for_the_changed_draft() -> None:
    before = given.drafted()
    with pytest.raises(TextChanged):
        approve(amended(before, **LONGER), partner=given.GILGIT, text_hash=before.text_hash, by="per_x", now=LATER)


def test_while_an_amendment_waits_the_text_in_force_stays_in_force() -> None:
    waiting = approved(amended(in_effect(), **LONGER), given.GILGIT)
    assert (waiting.state, waiting.text, waiting.approvals) == (IN_EFFECT, in_effect().text, in_effect().approvals)
    waiting.must_cover(date(2026, 4, 6), date(2026, 4, 8))
    assert (waiting.text_number, waiting.unapproved) == (1, (given.KASHGAR,))


def test_the_last_approval_puts_the_amendment_in_force_and_tells_everybody() -> None:
    waiting = approved(amended(in_effect(), **LONGER), given.GILGIT)
    assert waiting.amendment
    decision = approve(
        waiting, partner=given.KASHGAR, text_hash=waiting.amendment.text.hash, by="per_gulnar", now=LATER
    )
    standing = decision.state
    assert (standing.text_number, standing.in_effect_until, standing.amendment) == (2, date(2027, 12, 31), None)
    assert (standing.in_force_since, set(standing.approvals)) == (LATER, {given.GILGIT, given.KASHGAR})
    assert standing.superseded == (in_effect().standing,)
    assert decision.events == (AgreementAmended(standing, in_effect().text_hash, "A year more."),)
    assert (decision.what, decision.why) == ("amendment took effect", "A year more.")


def test_another_amendment_takes_the_place_of_the_one_that_waits_and_lapses_its_approvals() -> None:
    first = approved(amended(in_effect(), **LONGER), given.GILGIT)
    second = amended(first, note="Read with the addendum.")
    assert second.amendment
    assert (second.amendment.number, second.amendment.approvals) == (3, {})
    assert [(each.number, set(each.approvals)) for each in second.superseded] == [(2, {given.GILGIT})]


def test_whoever_leaves_by_an_amendment_has_to_approve_it_too() -> None:
    three = given.agreement(partners=("sit_commission", given.GILGIT, given.KASHGAR))
    waiting = amended(three, partners=(given.GILGIT, given.KASHGAR))
    assert approved(waiting, given.GILGIT, given.KASHGAR).unapproved == ("sit_commission",)
    assert approved(waiting, given.GILGIT, given.KASHGAR, "sit_commission").partners == (given.GILGIT, given.KASHGAR)


def test_whoever_joins_by_an_amendment_has_to_approve_it_too() -> None:
    waiting = amended(in_effect(), partners=(given.GILGIT, given.KASHGAR, "sit_commission"))
    assert waiting.unapproved == (given.GILGIT, given.KASHGAR, "sit_commission")


def test_a_text_that_changes_nothing_is_refused() -> None:
    with pytest.raises(SameText) as refused:
        amended(in_effect())
    assert refused.value.facts == {"text": 1}
    waiting = amended(in_effect(), **LONGER)
    with pytest.raises(SameText) as refused:
        amended(waiting, **LONGER)
    assert refused.value.facts == {"text": 2}


def test_an_amendment_is_held_to_the_rules_of_any_text() -> None:
    with pytest.raises(DatesReversed):
        amended(in_effect(), in_effect_until=date(2025, 12, 31))


@pytest.mark.parametrize("of", ["kind", "sending_site", "host_site"])
def test_a_condition_stays_what_it_is_and_between_whom(of: str) -> None:
    other = {"kind": "teaching", "sending_site": "sit_commission", "host_site": "sit_commission"}[of]
    partners = ("sit_commission", given.GILGIT, given.KASHGAR)
    with pytest.raises(AnotherCondition) as refused:
        amended(in_effect(), partners=partners, conditions=(given.condition(**{of: other}),))
    assert refused.value.facts == {"condition": "cnd_1", "of": of}


def test_a_condition_that_comes_back_is_held_to_what_it_was_before() -> None:
    dropped = amended(in_effect(), conditions=(given.condition(id="cnd_2"),))
    standing = approved(dropped, given.GILGIT, given.KASHGAR)
    with pytest.raises(AnotherCondition):
        amended(standing, conditions=(given.condition(kind="teaching"),))
    assert amended(standing, conditions=(given.condition(visits_per_year=1),)).amendment


def test_an_id_that_no_text_knows_is_refused() -> None:
    must_know(in_effect(), "cnd_1")
    with pytest.raises(NoSuchCondition) as refused:
        must_know(in_effect(), "cnd_9")
    assert refused.value.facts == {"agreement": "agr_1", "condition": "cnd_9"}


@pytest.mark.parametrize("state", [TERMINATED, EXPIRED])
def test_what_is_over_is_not_amended_reverted_or_approved(state: str) -> None:
    over = replace(approved(amended(in_effect(), **LONGER), given.GILGIT, given.KASHGAR), state=state)
    for change in (lambda: amended(over, note="More."), lambda: revert(over, 1, WHY)):
        with pytest.raises(WrongState) as refused:
            change()
        assert refused.value.facts["fits"] == [DRAFT, IN_EFFECT]
    assert over.waiting is None


def test_what_is_about_to_end_is_not_amended() -> None:
    ending = replace(in_effect(), termination=Ending(date(2026, 6, 30), "Merged.", "per_ali", LATER))
    with pytest.raises(TerminationStands) as refused:
        amended(ending, **LONGER)
    assert refused.value.facts == {"on": "2026-06-30"}


def test_there_is_an_end_to_amending() -> None:
    agreement = given.drafted()
    for number in range(2, MOST_TEXTS + 1):
        agreement = amended(agreement, note=f"Text {number}")
    with pytest.raises(TooManyTexts) as refused:
        amended(agreement, note="One more")
    assert refused.value.facts == {"most": MOST_TEXTS}


def test_an_earlier_text_is_laid_before_the_partners_again_as_a_new_one() -> None:
    standing = approved(amended(in_effect(), **LONGER), given.GILGIT, given.KASHGAR)
    decision = revert(standing, 1, WHY)
    assert decision.what == "reverted to text 1"
    assert decision.state.amendment
    assert (decision.state.amendment.number, decision.state.amendment.text) == (3, in_effect().text)
    assert (decision.state.amendment.text.hash, decision.state.amendment.approvals) == (in_effect().text_hash, {})
    assert decision.state.text_number == 2


def test_going_back_to_the_text_in_force_withdraws_what_waits() -> None:
    decision = revert(approved(amended(in_effect(), **LONGER), given.GILGIT), 1, WHY)
    assert (decision.what, decision.state.amendment, decision.state.text_number) == ("amendment withdrawn", None, 1)
    assert [version.number for version in decision.state.versions] == [1, 2]
    assert decision.state.approvals == in_effect().approvals


def test_a_text_that_there_never_was_is_not_gone_back_to() -> None:
    with pytest.raises(NoSuchText) as refused:
        revert(in_effect(), 2, WHY)
    assert refused.value.facts == {"text": 2, "texts": 1}


@pytest.mark.parametrize(
    ("approved_by", "sites", "word"),
    [
        ((), {given.GILGIT}, WAITING_FOR_BOTH),
        ((given.KASHGAR,), {given.GILGIT}, WAITING_FOR_US),
        ((given.GILGIT,), {given.GILGIT}, WAITING_FOR_THEM),
        ((given.GILGIT, given.KASHGAR), {given.GILGIT}, BOTH_APPROVED),
        ((), {given.GILGIT, given.KASHGAR}, WAITING_FOR_US),
        ((), {"sit_elsewhere"}, WAITING_FOR_THEM),
    ],
)
def test_each_reader_is_told_whom_the_text_waits_for(approved_by: tuple[str, ...], sites: set[str], word: str) -> None:
    assert approval_word(approved(given.drafted(), *approved_by), frozenset(sites)) == word
    assert approval_word(approved(amended(in_effect(), **LONGER), *approved_by), frozenset(sites)) == word


def test_an_agreement_kept_before_there_were_versions_has_its_one_text() -> None:
    (only,) = given.agreement().versions
    assert (only.number, only.text, only.made) == (1, given.agreement().text, None)
