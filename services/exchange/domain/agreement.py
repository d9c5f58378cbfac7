"""An agreement: what the partners promised each other, and whether all of them approved the same text."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.events import AgreementTookEffect
from services.exchange.domain.refusals import (
    AgreementNotInEffect,
    DatesReversed,
    NoSuchCondition,
    PartnerNamedTwice,
    TextChanged,
    TooManyYears,
    WrongState,
)
from services.exchange.domain.visit import Expectation
from services.exchange.domain.words import Names

DRAFT, IN_EFFECT = "draft", "in-effect"
MOST_YEARS = 20


@dataclass(frozen=True)
class Condition:
    """One cooperation condition (Erasmus Without Paper): how much of what, from whom to whom, accepted by whom."""

    id: str
    kind: str
    field: str
    sending_site: str
    host_site: str
    visits_per_year: int
    visitor_days_per_year: int
    outcomes_per_year: int
    acceptance: tuple[str, ...]
    reply_within_days: int
    expects_outcome: Expectation | None = None


@dataclass(frozen=True)
class Approval:
    """One partner's approval of the text whose hash it names."""

    text_hash: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """`in_effect_from` and `in_effect_until` are both inclusive. `note` says what a reader must know of the text."""

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

    def condition(self, condition_id: str) -> Condition:
        """Raises `NoSuchCondition`."""
        for condition in self.conditions:
            if condition.id == condition_id:
                return condition
        raise NoSuchCondition(agreement=self.id, condition=condition_id)

    @property
    def years(self) -> range:
        """The calendar years that the agreement touches."""
        return range(self.in_effect_from.year, self.in_effect_until.year + 1)

    @property
    def text_hash(self) -> str:
        """SHA-256 of the canonical JSON of everything that the partners agree to, hexadecimal."""
        text = asdict(self)
        for not_agreed in ("id", "state", "approvals"):
            del text[not_agreed]
        canonical = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=date.isoformat)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def must_cover(self, arrival: date, departure: date) -> None:
        """Raises `AgreementNotInEffect` unless it covers both days."""
        if self.state != IN_EFFECT or arrival < self.in_effect_from or departure > self.in_effect_until:
            raise AgreementNotInEffect(
                agreement=self.id,
                state=self.state,
                **{"from": self.in_effect_from.isoformat(), "until": self.in_effect_until.isoformat()},
            )


def draft(agreement: Agreement) -> Decision[Agreement]:
    """A new text, approved by nobody yet. Raises `DatesReversed`, `TooManyYears`, `PartnerNamedTwice`."""
    if agreement.in_effect_until < agreement.in_effect_from:
        raise DatesReversed(
            arrival=agreement.in_effect_from.isoformat(), departure=agreement.in_effect_until.isoformat()
        )
    if len(agreement.years) > MOST_YEARS:
        raise TooManyYears(years=len(agreement.years), most=MOST_YEARS)
    for partner in agreement.partners:
        if agreement.partners.count(partner) > 1:
            raise PartnerNamedTwice(site=partner)
    return Decision(agreement, what="drafted")


def approve(
    agreement: Agreement, *, partner: str, text_hash: str, by: str | None, now: datetime
) -> Decision[Agreement]:
    """One partner approves the exact text; with the last of them it takes effect.

    Raises `TextChanged` when another text stands than the one approved, `WrongState` when it is in effect already.
    """
    if agreement.state != DRAFT:
        raise WrongState(state=agreement.state, command="approve_agreement", fits=[DRAFT])
    if text_hash != agreement.text_hash:
        raise TextChanged(approved=text_hash, stands=agreement.text_hash)
    approvals = {**agreement.approvals, partner: Approval(text_hash, by, now)}
    approved = replace(agreement, approvals=approvals)
    if set(approvals) < set(agreement.partners):
        return Decision(approved, what="approved", why=partner)
    in_effect = replace(approved, state=IN_EFFECT)
    return Decision(in_effect, what="took effect", events=(AgreementTookEffect(in_effect),))
