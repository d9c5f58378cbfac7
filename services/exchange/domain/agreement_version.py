"""One of the texts of an agreement: who laid it before the partners, who approved it, and when it came into force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.exchange.domain.agreement_text import Condition, Text


@dataclass(frozen=True)
class Approval:
    """One partner's approval of the text whose hash it names."""

    text_hash: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Making:
    """Who laid a text before the partners, when and why."""

    by: str | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Version:
    """One of the texts that were laid before the partners. `number` counts them from 1."""

    number: int
    text: Text
    made: Making | None = None
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    in_force_since: datetime | None = None

    def condition(self, condition_id: str) -> Condition | None:
        """What this text says under the id."""
        return next((each for each in self.text.conditions if each.id == condition_id), None)

    def was_in_force(self, moment: datetime) -> bool:
        """Whether it had come into force by then."""
        return self.in_force_since is not None and self.in_force_since <= moment
