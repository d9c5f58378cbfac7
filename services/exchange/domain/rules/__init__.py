"""The rules of a visit: one file each, a pure function from a plan to what breaks the rule.

`judging` asks them all; an agreement's condition says of some whether they forbid or only warn.
"""

from services.exchange.domain.rules.judging import ASKED_ONCE, RULES, allows, judged, must_allow, warnings_of
from services.exchange.domain.rules.plan import Guest, Plan, Stay, Taken
from services.exchange.domain.rules.rule import Finding, Rule

__all__ = [
    "ASKED_ONCE",
    "RULES",
    "Finding",
    "Guest",
    "Plan",
    "Rule",
    "Stay",
    "Taken",
    "allows",
    "judged",
    "must_allow",
    "warnings_of",
]
