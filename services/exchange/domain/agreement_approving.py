"""Drafting an agreement, and the approvals that put a text into force."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import DRAFT, IN_EFFECT, Agreement, Approval, Version
from services.exchange.domain.agreement_text import Text, must_be_sound
from services.exchange.domain.events import AgreementAmended, AgreementTookEffect
from services.exchange.domain.refusals import TextChanged, WrongState

BOTH_APPROVED = "both-approved"
WAITING_FOR_US, WAITING_FOR_THEM, WAITING_FOR_BOTH = "waiting-for-us", "waiting-for-them", "waiting-for-both"


def draft(agreement: Agreement) -> Decision[Agreement]:
    """A new text, approved by nobody yet. Raises what `must_be_sound` raises."""
    must_be_sound(agreement.text)
    return Decision(agreement, what="drafted")


def approve(
    agreement: Agreement, *, partner: str, text_hash: str, by: str | None, now: datetime
) -> Decision[Agreement]:
    """One partner approves the exact text that waits; with the last of them it is in force.

    Raises `TextChanged` when another text waits than the one approved, `WrongState` when none waits.
    """
    waiting = agreement.waiting
    if waiting is None:
        raise WrongState(state=agreement.state, command="approve_agreement", fits=[DRAFT])
    if text_hash != waiting.text.hash:
        raise TextChanged(approved=text_hash, stands=waiting.text.hash)
    approved = replace(waiting, approvals={**waiting.approvals, partner: Approval(text_hash, by, now)})
    noted = _noted(agreement, approved)
    if noted.unapproved:
        return Decision(noted, what="approved", why=partner)
    return _amended(agreement, approved, now) if agreement.amendment else _in_effect(noted, now)


def _noted(agreement: Agreement, approved: Version) -> Agreement:
    if agreement.amendment:
        return replace(agreement, amendment=approved)
    return replace(agreement, approvals=approved.approvals)


def _in_effect(agreement: Agreement, now: datetime) -> Decision[Agreement]:
    in_effect = replace(agreement, state=IN_EFFECT, in_force_since=now)
    return Decision(in_effect, what="took effect", events=(AgreementTookEffect(in_effect),))


def _amended(agreement: Agreement, approved: Version, now: datetime) -> Decision[Agreement]:
    in_force = replace(approved, in_force_since=now)
    superseded = (*agreement.superseded, agreement.standing)
    amended = replace(agreement, **standing_as(in_force), amendment=None, superseded=superseded)
    reason = approved.made.reason if approved.made else ""
    event = AgreementAmended(amended, agreement.text_hash, reason)
    return Decision(amended, what="amendment took effect", events=(event,), why=reason)


def standing_as(version: Version) -> dict[str, Any]:
    """The fields of an agreement whose standing text is this version."""
    return {
        **words_of(version.text),
        "approvals": version.approvals,
        "text_number": version.number,
        "text_made": version.made,
        "in_force_since": version.in_force_since,
    }


def words_of(text: Text) -> Mapping[str, Any]:
    """The fields of an agreement that says what the text says."""
    return {name: getattr(text, name) for name in text.__dataclass_fields__}


def approval_word(agreement: Agreement, sites: frozenset[str]) -> str:
    """How far the approvals have come, for somebody who belongs to `sites`: "ours" are the partners among those."""
    ours = any(site in sites for site in agreement.unapproved)
    theirs = any(site not in sites for site in agreement.unapproved)
    if ours and theirs:
        return WAITING_FOR_BOTH
    if ours:
        return WAITING_FOR_US
    return WAITING_FOR_THEM if theirs else BOTH_APPROVED
