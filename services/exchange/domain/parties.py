"""What the parties of a visit say: replies, who stands in for whom, notes, wishes to stay longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

ACCEPTED, TENTATIVE, DECLINED = "accepted", "tentative", "declined"
NEEDS_ACTION = "needs-action"
"""Nothing has been said yet, or nothing since it was asked anew."""


@dataclass(frozen=True)
class Reply:
    """One party's answer (FHIR participation status).

    `in_place_of` is whom a deputy stood in for. `arrival` and `departure`: the days that a tentative one asks for.
    """

    status: str
    by: str | None
    at: datetime
    reason: str = ""
    in_place_of: str | None = None
    arrival: date | None = None
    departure: date | None = None


@dataclass(frozen=True)
class Note:
    """A remark that people of both sites read, in the order in which it was made."""

    by: str | None
    at: datetime
    text: str


@dataclass(frozen=True)
class Deputy:
    """Who may reply for a party in somebody's place, on the host's days `first` to `last`, both included."""

    party: str
    person: str
    in_place_of: str
    first: date
    last: date


@dataclass(frozen=True)
class Extension:
    """A later departure that is asked for; it holds nothing before every party that is asked has `accepted`."""

    departure: date
    accepted: Mapping[str, Reply]
