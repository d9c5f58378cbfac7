"""The text of an agreement: what the partners promise each other, word for word, and whether it can be promised."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as having
from datetime import date
from typing import Any, get_args

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
    if text.in_effect_until < text.in_effect_from:
        raise DatesReversed(arrival=text.in_effect_from.isoformat(), departure=text.in_effect_until.isoformat())
    if len(text.years) > MOST_YEARS:
        raise TooManyYears(years=len(text.years), most=MOST_YEARS)
    if twice := _twice(text.partners):
        raise PartnerNamedTwice(site=twice)
    if twice := _twice(condition.id for condition in text.conditions):
        raise ConditionNamedTwice(condition=twice)
    for condition in text.conditions:
        must_be_possible(condition, text.partners)


def must_be_possible(condition: Condition, partners: tuple[str, ...]) -> None:
    """Raises `UnknownSite`, `SameSite`, `NotPromisedByKind`, and refuses unknown rules, levels, lines and payers."""
    for site in (condition.sending_site, condition.host_site):
        if site not in partners:
            raise UnknownSite(site=site)
    if condition.sending_site == condition.host_site:
        raise SameSite(site=condition.host_site)
    _kind_must_promise(condition)
    _rules_must_be_known(condition.rules)
    _cost_sharing_must_be_known(condition.cost_sharing)


def _kind_must_promise(condition: Condition) -> None:
    promised = {"visits": condition.visits_per_year, "visitor-days": condition.visitor_days_per_year}
    never = {CONSULTATION: ("visitor-days",), JOINT_OUTCOME: ("visits", "visitor-days")}.get(condition.kind, ())
    for name in never:
        if promised[name]:
            raise NotPromisedByKind(kind=condition.kind, of=name, promised=promised[name])


def _rules_must_be_known(rules: Mapping[str, str]) -> None:
    for rule, level in rules.items():
        if rule not in RULE_LEVELS:
            raise UnknownRule(rule=rule, known=sorted(RULE_LEVELS))
        if level not in RULE_LEVELS[rule]:
            raise UnknownRuleLevel(rule=rule, level=level, known=list(RULE_LEVELS[rule]))


def _cost_sharing_must_be_known(cost_sharing: Mapping[str, str]) -> None:
    for kind, payer in cost_sharing.items():
        if kind not in get_args(Kind):
            raise UnknownLineKind(kind=kind, known=list(get_args(Kind)))
        if payer not in get_args(Payer):
            raise UnknownPayer(kind=kind, payer=payer, known=list(get_args(Payer)))


def _twice(words: Iterable[str]) -> str | None:
    seen: set[str] = set()
    return next((word for word in words if word in seen or seen.add(word)), None)  # type: ignore[func-returns-value]
