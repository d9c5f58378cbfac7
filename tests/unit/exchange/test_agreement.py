"""An agreement takes effect when every partner has approved exactly the same text."""

from datetime import date

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from services.exchange.domain.agreement import DRAFT, IN_EFFECT, Agreement, Approval
from services.exchange.domain.agreement_approving import approve, draft
from services.exchange.domain.agreement_text import MOST_YEARS
from services.exchange.domain.events import AgreementTookEffect
from services.exchange.domain.refusals import (
    DatesReversed,
    NoSuchCondition,
    PartnerNamedTwice,
    TextChanged,
    TooManyYears,
    WrongState,
)
from tests.unit.exchange import given

PARTNERS = ("sit_commission", given.GILGIT, given.KASHGAR)


def approved(agreement: Agreement, partner: str) -> Agreement:
    decision = approve(agreement, partner=partner, text_hash=agreement.text_hash, by="per_ali", now=given.NOW)
    return decision.state


def test_a_draft_is_kept_and_told_to_nobody() -> None:
    decision = draft(given.drafted())
    assert (decision.state.state, decision.what, decision.events) == (DRAFT, "drafted", ())


@hypothesis_given(st.permutations(PARTNERS))
def test_it_takes_effect_with_the_last_partner_in_whatever_order_they_approve(order: list[str]) -> None:
    text = given.drafted(partners=PARTNERS)
    for partner in order[:-1]:
        text = approved(text, partner)
        assert text.state == DRAFT
    assert approved(text, order[-1]).state == IN_EFFECT


def test_the_last_approval_tells_everybody_and_those_before_nobody() -> None:
    text = given.drafted()
    first = approve(text, partner=given.GILGIT, text_hash=text.text_hash, by="per_ali", now=given.NOW)
    last = approve(first.state, partner=given.KASHGAR, text_hash=text.text_hash, by="per_gulnar", now=given.NOW)
    assert (first.events, first.what, first.why) == ((), "approved", given.GILGIT)
    assert last.events == (AgreementTookEffect(last.state),)
    assert last.state.approvals[given.KASHGAR] == Approval(text.text_hash, "per_gulnar", given.NOW)


def test_one_partner_approving_twice_is_not_two_partners() -> None:
    assert approved(approved(given.drafted(), given.GILGIT), given.GILGIT).state == DRAFT


def test_the_approval_of_another_text_is_refused() -> None:
    text = given.drafted()
    with pytest.raises(TextChanged) as refused:
        approve(text, partner=given.GILGIT, text_hash="0" * 64, by="per_ali", now=given.NOW)
    assert refused.value.facts == {"approved": "0" * 64, "stands": text.text_hash}


def test_what_is_in_effect_is_not_approved_again() -> None:
    text = given.agreement()
    with pytest.raises(WrongState) as refused:
        approve(text, partner=given.GILGIT, text_hash=text.text_hash, by="per_ali", now=given.NOW)
    assert refused.value.facts == {"state": IN_EFFECT, "command": "approve_agreement", "fits": [DRAFT]}


def test_the_hash_is_of_what_is_agreed_and_not_of_how_far_it_has_come() -> None:
    text = given.drafted()
    assert approved(text, given.GILGIT).text_hash == text.text_hash
    assert given.agreement(id="agr_2").text_hash == text.text_hash


@pytest.mark.parametrize(
    "changed",
    [
        given.drafted(names={"en": "Another"}),
        given.drafted(in_effect_until=date(2027, 12, 31)),
        given.drafted(note="Illustrative"),
        given.drafted(conditions=(given.condition(visits_per_year=13),)),
        given.drafted(conditions=(given.condition(expects_outcome=None),)),
        given.drafted(partners=PARTNERS),
    ],
)
def test_whatever_the_partners_agree_to_changes_the_hash(changed: Agreement) -> None:
    assert changed.text_hash != given.drafted().text_hash


def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(DatesReversed) as refused:
        draft(given.drafted(in_effect_until=date(2025, 12, 31)))
    assert refused.value.facts == {"arrival": "2026-01-01", "departure": "2025-12-31"}


def test_an_agreement_may_touch_only_so_many_years() -> None:
    assert draft(given.drafted(in_effect_until=date(2025 + MOST_YEARS, 12, 31))).what == "drafted"
    with pytest.raises(TooManyYears) as refused:
        draft(given.drafted(in_effect_until=date(2026 + MOST_YEARS, 1, 1)))
    assert refused.value.facts == {"years": MOST_YEARS + 1, "most": MOST_YEARS}


def test_nobody_agrees_with_themselves() -> None:
    with pytest.raises(PartnerNamedTwice) as refused:
        draft(given.drafted(partners=(given.GILGIT, given.GILGIT)))
    assert refused.value.facts == {"site": given.GILGIT}


def test_a_condition_is_found_by_its_id() -> None:
    assert given.agreement().condition("cnd_1") == given.condition()
    with pytest.raises(NoSuchCondition):
        given.agreement().condition("cnd_2")
