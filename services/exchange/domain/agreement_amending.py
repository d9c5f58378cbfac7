"""Changing the text of an agreement: whatever changes has to be approved again by everybody."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import DRAFT, IN_EFFECT, Agreement, Making, Version
from services.exchange.domain.agreement_approving import standing_as
from services.exchange.domain.agreement_text import Condition, Text, must_be_sound
from services.exchange.domain.refusals import (
    AnotherCondition,
    NoSuchCondition,
    SameText,
    TerminationStands,
    TooManyTexts,
    WrongState,
)

MOST_TEXTS = 100
"""All texts of an agreement stand in its document."""


def amend(agreement: Agreement, text: Text, made: Making) -> Decision[Agreement]:
    """Lays a new text before the partners; what they approved of the one before it lapses.

    While an agreement is in effect its text stays in force until everybody has approved the new one.
    Raises `WrongState`, `TerminationStands`, `SameText`, `TooManyTexts`, `NoSuchCondition`, `AnotherCondition` and what
    `must_be_sound` raises.
    """
    _must_be_open(agreement, "amend_agreement")
    must_be_sound(text)
    _must_say_something_new(agreement, text)
    for condition in text.conditions:
        _must_be_what_it_was(condition, agreement)
    return Decision(_laid(agreement, text, made), what="amended", why=made.reason)


def revert(agreement: Agreement, number: int, made: Making) -> Decision[Agreement]:
    """Lays an earlier text before the partners again, as a new one.

    The text that is in force already needs nobody's approval: what waits to take its place is withdrawn.
    Raises `NoSuchText` and what `amend` raises.
    """
    _must_be_open(agreement, "revert_agreement")
    text = agreement.version(number).text
    if agreement.amendment and text == agreement.text:
        withdrawn = replace(agreement, amendment=None, superseded=(*agreement.superseded, agreement.amendment))
        return Decision(withdrawn, what="amendment withdrawn", why=made.reason)
    reverted = amend(agreement, text, made)
    return replace(reverted, what=f"reverted to text {number}")


def _laid(agreement: Agreement, text: Text, made: Making) -> Agreement:
    version = Version(agreement.versions[-1].number + 1, text, made)
    if agreement.state == DRAFT:
        superseded = (*agreement.superseded, agreement.standing)
        return replace(agreement, **standing_as(version), superseded=superseded)
    waited = (agreement.amendment,) if agreement.amendment else ()
    return replace(agreement, amendment=version, superseded=(*agreement.superseded, *waited))


def _must_be_open(agreement: Agreement, command: str) -> None:
    if agreement.state not in (DRAFT, IN_EFFECT):
        raise WrongState(state=agreement.state, command=command, fits=[DRAFT, IN_EFFECT])
    if agreement.termination:
        raise TerminationStands(on=agreement.termination.on.isoformat())
    if len(agreement.versions) >= MOST_TEXTS:
        raise TooManyTexts(most=MOST_TEXTS)


def _must_say_something_new(agreement: Agreement, text: Text) -> None:
    for version in (agreement.standing, agreement.waiting):
        if version and version.text == text:
            raise SameText(text=version.number)


def _must_be_what_it_was(condition: Condition, agreement: Agreement) -> None:
    """An id that some text knows stands for one thing: its ledgers and visits are counted by it."""
    known = (each for version in agreement.versions for each in version.text.conditions)
    before = next((each for each in known if each.id == condition.id), None)
    if before is None:
        return
    for of in ("kind", "sending_site", "host_site"):
        if getattr(before, of) != getattr(condition, of):
            raise AnotherCondition(condition=condition.id, of=of)


def must_know(agreement: Agreement, condition_id: str) -> None:
    """Raises `NoSuchCondition` unless some text of the agreement has the condition."""
    if not any(each.id == condition_id for version in agreement.versions for each in version.text.conditions):
        raise NoSuchCondition(agreement=agreement.id, condition=condition_id)
