"""Who takes part in a consultation, and what they answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from services.exchange.domain.parties import NEEDS_ACTION

CHAIR, PRESENTER, SPECIALIST, INTERPRETER = "chair", "presenter", "specialist", "interpreter"
ROLES = (CHAIR, PRESENTER, SPECIALIST, INTERPRETER)


@dataclass(frozen=True)
class Answer:
    """A participant's reply: `accepted`, `tentative` or `declined`; who has given none is `needs-action`.

    `deputy`: who comes in the participant's place. `begins`: the time that a tentative one asks for, `minutes`: for how
    long; for as long as it is where none are said.
    """

    status: str
    by: str | None
    at: datetime
    reason: str = ""
    deputy: str | None = None
    begins: datetime | None = None
    minutes: int | None = None

    @property
    def is_given(self) -> bool:
        """Not where they are only asked again."""
        return self.status != NEEDS_ACTION

    def without_other_time(self) -> Self:
        return replace(self, begins=None, minutes=None)


@dataclass(frozen=True)
class Participant:
    """`site`: for which they take part. `languages`: of an interpreter the pair, as ISO 639 codes.

    `deputies` may come in their place, in this order of preference.
    """

    person: str
    role: str
    site: str
    required: bool = True
    languages: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Who was to take part in a session that is over, for which sites, what they said of all sessions, and where."""

    participants: tuple[Participant, ...]
    sites: tuple[str, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)


def with_deputies(participants: Iterable[Participant]) -> tuple[str, ...]:
    """Participants and their deputies, each once, in their order."""
    return tuple(dict.fromkeys(who for each in participants for who in (each.person, *each.deputies)))
