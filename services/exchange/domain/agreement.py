"""An agreement: the text that stands between the partners, who approved it, and what is to take its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.agreement_version import Approval, Making, Version
from services.exchange.domain.refusals import (
    AgreementNotInEffect,
    ConditionRemoved,
    NoSuchCondition,
    NoSuchText,
    NotForVisits,
)
from services.exchange.domain.words import Names

__all__ = ["DRAFT", "EXPIRED", "IN_EFFECT", "TERMINATED", "Agreement", "Approval", "Condition", "Making", "Version"]

DRAFT, IN_EFFECT, TERMINATED, EXPIRED = "draft", "in-effect", "terminated", "expired"


@dataclass(frozen=True)
class Termination:
    """A partner ends the agreement early. `on` is the last day on which it is in effect."""

    on: date
    reason: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """The names, partners, days, conditions and note are those of the text that stands: while the agreement is in
    effect the one in force, else the last one drafted. `approvals` are of that text, `text_number` is its number.

    `in_effect_from` and `in_effect_until` are both inclusive. `note` says what a reader must know of the text.
    `amendment`: a text that is to take the place of the one in force, as soon as everybody has approved it.
    `superseded`: texts that stood, or waited for approval, and do so no longer; oldest first.
    `ends_at`: the moment at which its last day is over at every partner; none before it takes effect.
    """

    id: str
    state: str
    names: Names
    partners: tuple[str, ...]
    fields: tuple[str, ...]
    in_effect_from: date
    in_effect_until: date
    conditions: tuple[Condition, ...]
    note: str = ""
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    text_number: int = 1
    text_made: Making | None = None
    in_force_since: datetime | None = None
    amendment: Version | None = None
    superseded: tuple[Version, ...] = ()
    termination: Termination | None = None
    ends_at: datetime | None = None

    def condition(self, condition_id: str, at: datetime | None = None) -> Condition:
        """As the text that stands has it, or the last one in force that had it: visits outlive what they stand under.

        `at`: as it stood at that moment; before it was agreed to, as it first was. Raises `NoSuchCondition`.
        """
        having = [(version, found) for version in self.in_force if (found := version.condition(condition_id))]
        if not having:
            raise NoSuchCondition(agreement=self.id, condition=condition_id)
        by_then = [found for version, found in having if at is None or version.was_in_force(at)]
        return by_then[-1] if by_then else having[0][1]

    def reply_days(self, condition_id: str) -> int:
        """How long replies to what stands under the condition are waited for. Raises `NoSuchCondition`."""
        return self.condition(condition_id).reply_within_days

    def visit_condition(self, condition_id: str, at: datetime | None = None) -> Condition:
        """The condition that a visit is proposed under, as `condition` finds it.

        Raises `NoSuchCondition`, `NotForVisits`.
        """
        condition = self.condition(condition_id, at)
        if not condition.is_for_visits:
            raise NotForVisits(condition=condition_id, kind=condition.kind)
        return condition

    def removal(self, condition_id: str) -> Version | None:
        """The text that took the condition out; `None` where the text that stands has it, or none ever had."""
        without: Version | None = None
        for version in reversed(self.in_force):
            if version.condition(condition_id):
                return without
            without = version
        return None

    def must_have(self, condition_id: str) -> None:
        """Raises `ConditionRemoved`: what was planned under it goes on, and nothing more is planned."""
        if removal := self.removal(condition_id):
            since = removal.in_force_since.isoformat() if removal.in_force_since else None
            raise ConditionRemoved(agreement=self.id, condition=condition_id, text=removal.number, since=since)

    @property
    def text(self) -> Text:
        """The text that stands."""
        return Text(
            names=self.names,
            partners=self.partners,
            fields=self.fields,
            in_effect_from=self.in_effect_from,
            in_effect_until=self.in_effect_until,
            conditions=self.conditions,
            note=self.note,
        )

    @property
    def text_hash(self) -> str:
        """SHA-256 of the canonical JSON of the text that stands, hexadecimal."""
        return self.text.hash

    @property
    def standing(self) -> Version:
        return Version(self.text_number, self.text, self.text_made, self.approvals, self.in_force_since)

    @property
    def versions(self) -> tuple[Version, ...]:
        """Every text that was ever laid before the partners, oldest first."""
        waiting = (self.amendment,) if self.amendment else ()
        return tuple(sorted((*self.superseded, self.standing, *waiting), key=lambda version: version.number))

    @property
    def in_force(self) -> tuple[Version, ...]:
        """The texts that were in force before, in the order in which they came to be, and the one that stands."""
        were = [(each.in_force_since, each) for each in self.superseded if each.in_force_since]
        return (*(each for _, each in sorted(were, key=lambda text: text[0])), self.standing)

    def version(self, number: int) -> Version:
        """Raises `NoSuchText`."""
        for version in self.versions:
            if version.number == number:
                return version
        raise NoSuchText(text=number, texts=len(self.versions))

    @property
    def waiting(self) -> Version | None:
        """The text that awaits approvals, if one does."""
        if self.state == DRAFT:
            return self.standing
        return self.amendment if self.state == IN_EFFECT else None

    @property
    def parties(self) -> tuple[str, ...]:
        """Who has to approve: the partners of the text that stands, and those of the text that waits."""
        waiting = self.amendment.text.partners if self.amendment else ()
        return tuple(dict.fromkeys((*self.partners, *waiting)))

    @property
    def unapproved(self) -> tuple[str, ...]:
        """Those whose approval the waiting text still needs."""
        waiting = self.waiting
        return tuple(site for site in self.parties if waiting and site not in waiting.approvals)

    @property
    def last_day(self) -> date:
        """The last day on which it is, or was, in effect."""
        return min(self.in_effect_until, self.termination.on) if self.termination else self.in_effect_until

    @property
    def years(self) -> range:
        """The calendar years in which it is in effect."""
        return range(self.in_effect_from.year, self.last_day.year + 1)

    def must_cover(self, arrival: date, departure: date) -> None:
        """Raises `AgreementNotInEffect` unless it covers both days."""
        if self.state != IN_EFFECT or arrival < self.in_effect_from or departure > self.last_day:
            raise AgreementNotInEffect(
                agreement=self.id,
                state=self.state,
                **{"from": self.in_effect_from.isoformat(), "until": self.last_day.isoformat()},
            )
