"""What was said of an outcome's readiness, and what a gate warned of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rating:
    """How ready an outcome was in one domain, as somebody saw it at a moment. `ground`: why they think so."""

    domain: str
    level: int
    ground: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Warned:
    """`far-ahead`: the domain is far ahead of those `behind`; `not-ready`: it is below the level `wanted` here."""

    why: str
    domain: str
    level: int
    behind: tuple[str, ...] = ()
    wanted: int | None = None
