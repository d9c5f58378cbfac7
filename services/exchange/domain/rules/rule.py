"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.errors import Refusal
from services.exchange.domain.rules.plan import Plan
from services.exchange.domain.words import FORBID, RULE_LEVELS, WARN


@dataclass(frozen=True)
class Rule:
    """One rule of a visit.

    `level` is its own; what other levels an agreement's condition may give it stands in `RULE_LEVELS`.
    `broken` says what of a plan breaks it, as refusals with their facts; it raises none of them.
    `refusals`: the kinds that `broken` may answer with.
    `asked_again`: whether it is asked, too, when a visit that holds already keeps its arrival and stays longer.
    """

    name: str
    level: str
    refusals: tuple[type[Refusal], ...]
    broken: Callable[[Plan], Iterable[Refusal]]
    asked_again: bool = True

    @property
    def levels(self) -> tuple[str, ...]:
        """Those that it may have."""
        return RULE_LEVELS[self.name]

    @property
    def may_be_relaxed(self) -> bool:
        """Whether it may forbid under one agreement and only warn under another."""
        return {FORBID, WARN} <= set(self.levels)

    def level_under(self, plan: Plan) -> str:
        """The level that the plan's condition gives it; its own where the condition says nothing that it may."""
        asked = plan.condition.rules.get(self.name, self.level)
        return asked if asked in self.levels else self.level


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a plan. `facts` are plain JSON values: days as ISO 8601 text, and numbers."""

    rule: str
    level: str
    refusal: type[Refusal]
    facts: Mapping[str, Any]

    @property
    def forbids(self) -> bool:
        return self.level == FORBID
