"""The text of an agreement: what the partners promise each other, word for word, and whether it can be promised."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as having
from datetime import date
from typing import Any, get_args

from chassis.kernel.errors import Refusal
from services.exchange.domain.cost_sharing import Kind, Payer
from services.exchange.domain.refusals import (
    ConditionNamedTwice,
    DatesReversed,
    NotPromisedByKind,
    PartnerNamedTwice,
    SameSite,
    TooManyYears,
    UnknownLineKind,
    UnknownPayer,
    UnknownRule,
    UnknownRuleLevel,
    UnknownSite,
)
from services.exchange.domain.visit import Expectation
from services.exchange.domain.words import RULE_LEVELS, Names

CONSULTATION, JOINT_OUTCOME = "consultation", "joint-outcome"
MOST_YEARS = 20
_ADDED_LATER = ("rules", "minimum_gap_days", "cost_sharing")
"""Left out of the canonical JSON while they say nothing: what texts gain later changes no hash approved before."""


@dataclass(frozen=True)
class Condition:
    """One cooperation condition (Erasmus Without Paper): how much of what, from whom to whom, accepted by whom.

    `visits_per_year` counts visits, or sessions of a consultation. `rules`: rule name -> "forbid" or "warn"; a rule
    that is not named keeps its own level. `minimum_gap_days`: between two visits of one person; 0 is none.
    `cost_sharing`: money line kind -> who pays.
    """

    id: str
    kind: str
    field: str
    sending_site: str
    host_site: str
    visits_per_year: int
    visitor_days_per_year: int
    outcomes_per_year: int
    acceptance: tuple[str, ...]
    reply_within_days: int
    expects_outcome: Expectation | None = None
    rules: Mapping[str, str] = having(default_factory=dict)
    minimum_gap_days: int = 0
    cost_sharing: Mapping[str, str] = having(default_factory=dict)

    @property
    def is_for_visits(self) -> bool:
        return self.kind not in (CONSULTATION, JOINT_OUTCOME)

    @property
    def is_for_sessions(self) -> bool:
        return self.kind == CONSULTATION


@dataclass(frozen=True)
class Text:
    """Everything that the partners agree to. Both in-effect days are inclusive."""

    names: Names
    partners: tuple[str, ...]
    fields: tuple[str, ...]
    in_effect_from: date
    in_effect_until: date
    conditions: tuple[Condition, ...]
    note: str = ""

    @property
    def years(self) -> range:
        """The calendar years that the text touches."""
        return range(self.in_effect_from.year, self.in_effect_until.year + 1)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of the text, hexadecimal."""
        text = plain(self)
        for condition in text["conditions"]:
            for name in _ADDED_LATER:
                if not condition[name]:
                    del condition[name]
        canonical = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def plain(text: Text) -> dict[str, Any]:
    """The text as plain JSON values; days are ISO 8601 text."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(text), default=date.isoformat))
    return values


def must_be_sound(text: Text) -> None:
    """Raises `DatesReversed`, `TooManyYears`, `PartnerNamedTwice`, `ConditionNamedTwice`; see `must_be_possible`."""
    for refusal in inconsistencies((text.in_effect_from, text.in_effect_until), text.partners):
        raise refusal
    if twice := _twice(condition.id for condition in text.conditions):
        raise ConditionNamedTwice(condition=twice)
    for condition in text.conditions:
        must_be_possible(condition, text.partners)


def must_be_possible(condition: Condition, partners: tuple[str, ...]) -> None:
    """Raises the first of its `impossibilities`."""
    for refusal in impossibilities(condition, partners):
        raise refusal


def inconsistencies(days: Sequence[date], partners: Sequence[str]) -> Iterator[Refusal]:
    """Everything that cannot be of a text's first and last day, where both are there, and of its partners.

    `DatesReversed`, `TooManyYears`, `PartnerNamedTwice`.
    """
    if len(days) == 2:
        first, last = days
        years = last.year - first.year + 1
        if last < first:
            yield DatesReversed(arrival=first.isoformat(), departure=last.isoformat())
        elif years > MOST_YEARS:
            yield TooManyYears(years=years, most=MOST_YEARS)
    if twice := _twice(partners):
        yield PartnerNamedTwice(site=twice)


def impossibilities(condition: Condition, partners: Sequence[str]) -> Iterator[Refusal]:
    """Everything in a condition that cannot be promised between these partners.

    `UnknownSite`, `SameSite`, `NotPromisedByKind`, and unknown rules, levels, lines and payers.
    """
    for site in dict.fromkeys((condition.sending_site, condition.host_site)):
        if site not in partners:
            yield UnknownSite(site=site)
    if condition.sending_site == condition.host_site:
        yield SameSite(site=condition.host_site)
    yield from _promised_by_no_such_kind(condition)
    yield from _unknown_rules(condition.rules)
    yield from _unknown_cost_sharing(condition.cost_sharing)


def _promised_by_no_such_kind(condition: Condition) -> Iterator[Refusal]:
    promised = {"visits": condition.visits_per_year, "visitor-days": condition.visitor_days_per_year}
    never = {CONSULTATION: ("visitor-days",), JOINT_OUTCOME: ("visits", "visitor-days")}.get(condition.kind, ())
    for name in never:
        if promised[name]:
            yield NotPromisedByKind(kind=condition.kind, of=name, promised=promised[name])


def _unknown_rules(rules: Mapping[str, str]) -> Iterator[Refusal]:
    for rule, level in rules.items():
        if rule not in RULE_LEVELS:
            yield UnknownRule(rule=rule, known=sorted(RULE_LEVELS))
        elif level not in RULE_LEVELS[rule]:
            yield UnknownRuleLevel(rule=rule, level=level, known=list(RULE_LEVELS[rule]))


def _unknown_cost_sharing(cost_sharing: Mapping[str, str]) -> Iterator[Refusal]:
    for kind, payer in cost_sharing.items():
        if kind not in get_args(Kind):
            yield UnknownLineKind(kind=kind, known=list(get_args(Kind)))
        if payer not in get_args(Payer):
            yield UnknownPayer(kind=kind, payer=payer, known=list(get_args(Payer)))


def _twice(words: Iterable[str]) -> str | None:
    seen: set[str] = set()
    return next((word for word in words if word in seen or seen.add(word)), None)  # type: ignore[func-returns-value]
