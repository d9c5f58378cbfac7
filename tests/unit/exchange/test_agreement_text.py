"""What partners may promise each other, and the hash of exactly that."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chassis.kernel.errors import Refusal
from services.exchange.domain.agreement_text import CONSULTATION, JOINT_OUTCOME, Text, must_be_sound, plain
from services.exchange.domain.refusals import (
    ConditionNamedTwice,
    NotForVisits,
    NotPromisedByKind,
    SameSite,
    UnknownLineKind,
    UnknownPayer,
    UnknownRule,
    UnknownRuleLevel,
    UnknownSite,
)
from services.exchange.domain.words import RULE_LEVELS
from tests.unit.exchange import given


def text(**condition: Any) -> Text:
    return replace(given.agreement().text, conditions=(given.condition(**condition),))


def test_a_condition_may_say_rules_a_gap_and_who_pays() -> None:
    must_be_sound(text(rules={"minimum-gap": "warn"}, minimum_gap_days=30, cost_sharing={"travel": "alliance"}))


@pytest.mark.parametrize(
    ("terms", "refusal", "facts"),
    [
        ({"host_site": given.GILGIT}, SameSite, {"site": given.GILGIT}),
        ({"sending_site": "sit_hotan"}, UnknownSite, {"site": "sit_hotan"}),
        ({"rules": {"weather": "warn"}}, UnknownRule, {"rule": "weather", "known": sorted(RULE_LEVELS)}),
        (
            {"rules": {"minimum-gap": "ignore"}},
            UnknownRuleLevel,
            {"rule": "minimum-gap", "level": "ignore", "known": ["forbid", "warn"]},
        ),
        ({"rules": {"quota": "warn"}}, UnknownRuleLevel, {"rule": "quota", "level": "warn", "known": ["forbid"]}),
        (
            {"cost_sharing": {"gifts": "visitor"}},
            UnknownLineKind,
            {"kind": "gifts", "known": ["travel", "stay", "allowance", "insurance", "visa", "interpreter"]},
        ),
        (
            {"cost_sharing": {"visa": "embassy"}},
            UnknownPayer,
            {"kind": "visa", "payer": "embassy", "known": ["sending-site", "host-site", "visitor", "alliance"]},
        ),
        (
            {"kind": CONSULTATION, "visitor_days_per_year": 3},
            NotPromisedByKind,
            {"kind": CONSULTATION, "of": "visitor-days", "promised": 3},
        ),
        (
            {"kind": JOINT_OUTCOME, "visits_per_year": 2, "visitor_days_per_year": 0},
            NotPromisedByKind,
            {"kind": JOINT_OUTCOME, "of": "visits", "promised": 2},
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_nobody_can_promise_is_refused_with_the_facts(
    terms: dict[str, Any], refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        must_be_sound(text(**terms))
    assert type(refused.value) is refusal
    assert refused.value.facts == facts


def test_two_conditions_of_one_id_are_refused() -> None:
    with pytest.raises(ConditionNamedTwice) as refused:
        must_be_sound(replace(text(), conditions=(given.condition(), given.condition(field="imaging"))))
    assert refused.value.facts == {"condition": "cnd_1"}


@pytest.mark.parametrize("kind", [CONSULTATION, JOINT_OUTCOME])
def test_a_consultation_or_a_joint_outcome_is_promised_and_is_no_visit(kind: str) -> None:
    promised = given.condition(kind=kind, visits_per_year=0, visitor_days_per_year=0)
    agreement = given.agreement(conditions=(promised,))
    must_be_sound(agreement.text)
    with pytest.raises(NotForVisits) as refused:
        agreement.visit_condition("cnd_1")
    assert refused.value.facts == {"condition": "cnd_1", "kind": kind}


@pytest.mark.parametrize(
    "said",
    [{"rules": {"minimum-gap": "warn"}}, {"minimum_gap_days": 30}, {"cost_sharing": {"travel": "alliance"}}],
)
def test_what_a_condition_says_of_rules_and_money_is_agreed_to(said: dict[str, Any]) -> None:
    assert text(**said).hash != text().hash


def test_a_text_that_says_nothing_of_what_was_added_later_keeps_the_hash_it_was_approved_by() -> None:
    """The hash as it was computed before conditions knew of rules, gaps and cost sharing."""
    assert text().hash == "25089a550d16597a15b4d04ba8df418261dac2fa2a98dfc2e5654d32216dfcb7"


def test_a_text_is_told_in_plain_values() -> None:
    told = plain(text())
    assert (told["in_effect_from"], told["partners"]) == ("2026-01-01", [given.GILGIT, given.KASHGAR])
    assert told["conditions"][0]["expects_outcome"] == {"type": "publication", "due_days": 90}


def test_the_years_are_those_that_the_days_touch() -> None:
    assert list(replace(text(), in_effect_until=date(2028, 1, 1)).years) == [2026, 2027, 2028]
