"""An agreement: the text that stands between the partners, who approved it, and what is to take its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.refusals import AgreementNotInEffect, NoSuchCondition, NoSuchText, NotForVisits
from services.exchange.domain.words import Names

__all__ = ["DRAFT", "EXPIRED", "IN_EFFECT", "TERMINATED", "Agreement", "Approval", "Condition", "Making", "Version"]

DRAFT, IN_EFFECT, TERMINATED, EXPIRED = "draft", "in-effect", "terminated", "expired"


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

    def condition(self, condition_id: str) -> Condition:
        """Raises `NoSuchCondition`."""
        for condition in self.conditions:
            if condition.id == condition_id:
                return condition
        raise NoSuchCondition(agreement=self.id, condition=condition_id)

    def visit_condition(self, condition_id: str) -> Condition:
        """The condition that a visit is proposed under. Raises `NoSuchCondition`, `NotForVisits`."""
        condition = self.condition(condition_id)
        if not condition.is_for_visits:
            raise NotForVisits(condition=condition_id, kind=condition.kind)
        return condition

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
