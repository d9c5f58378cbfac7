"""Words that several parts of the domain use."""

from collections.abc import Mapping
from typing import Literal

Names = Mapping[Literal["en", "zh", "ur"], str]
"""One name per language; English is always there."""

Texts = Mapping[Literal["en", "zh", "ur"], str]
"""One text per language, in those languages that there are."""

FORBID, WARN = "forbid", "warn"
RULE_LEVELS: Mapping[str, tuple[str, ...]] = {
    "past-date": (FORBID,),
    "longest-stay": (FORBID,),
    "agreement-in-effect": (FORBID,),
    "quota": (FORBID,),
    "capacity": (FORBID,),
    "visitor-double-booking": (FORBID,),
    "closed-period": (FORBID,),
    "visa-lead-time": (FORBID, WARN),
    "permit-lead-time": (FORBID, WARN),
    "public-holiday": (FORBID, WARN),
    "provisional-holiday": (WARN,),
    "weekend": (FORBID, WARN),
    "minimum-gap": (FORBID, WARN),
}
"""Each rule of a visit and the levels that an agreement may give it: what the database refuses is never a warning."""
