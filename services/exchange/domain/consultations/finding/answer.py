"""What is answered to who looks for a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.exchange.domain.consultations.finding.changes import Change
from services.exchange.domain.consultations.finding.plan import Interpreter
from services.exchange.domain.consultations.finding.ranking import Score
from services.exchange.domain.consultations.finding.wish import Pair
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.rules.rule import Finding


@dataclass(frozen=True)
class Comes:
    """`person` comes for the participant, by whose own name or as a deputy; `site`: where they are then."""

    participant: Participant
    person: str
    site: str


@dataclass(frozen=True)
class Misses:
    """Neither the participant nor a deputy can; `rules`: what keeps the participant away."""

    participant: Participant
    rules: tuple[str, ...]


@dataclass(frozen=True)
class End:
    """A site from which somebody comes, by its own clock. `visitors`: those who are there on a staff visit."""

    site: str
    zone: str
    begins: datetime
    ends: datetime
    unsocial_minutes: int
    people: tuple[str, ...]
    visitors: tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """A time at which all who are required can come. `warnings`: what every rule finds there."""

    begins: datetime
    ends: datetime
    local: tuple[End, ...]
    comes: tuple[Comes, ...]
    misses: tuple[Misses, ...]
    interpreters: tuple[tuple[Pair, Interpreter], ...]
    score: Score
    warnings: tuple[Finding, ...]


@dataclass(frozen=True)
class Excluded:
    """What keeps somebody from so many starts; by rule, of which several may hold at once."""

    starts: int
    rules: Mapping[str, int]


@dataclass(frozen=True)
class ExcludedPerson:
    """A required participant: `excluded` tells when neither they nor `deputies` can; the others each by themselves."""

    participant: Participant
    excluded: int
    alone: Excluded
    deputies: tuple[tuple[str, Excluded], ...]


@dataclass(frozen=True)
class Relaxation:
    """Changes with which there is a time, what they cost, and the best time that they give."""

    changes: tuple[Change, ...]
    cost: int
    slot: Slot


@dataclass(frozen=True)
class NoneBecause:
    """Why no start is a time. `by_rule`: `past`, `agreement`, `lead`; `rooms` by site; all in numbers of starts."""

    by_rule: Mapping[str, int]
    people: tuple[ExcludedPerson, ...]
    rooms: Mapping[str, Excluded]
    interpreters: Sequence[tuple[Pair, int]]
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True)
class Answer:
    """`starts`: how many were looked at, `possible`: how many are times. `none_because` where that is none."""

    starts: int
    possible: int
    slots: tuple[Slot, ...]
    none_because: NoneBecause | None = None
