"""The texts of an agreement: all of them, and what one says otherwise than another."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import AgreementId
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import People
from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.agreement import IN_EFFECT, Agreement, Version
from services.exchange.domain.agreement_difference import difference
from services.exchange.domain.agreement_text import plain
from services.exchange.domain.permissions.directory import may_look_up

Number = Annotated[int, Field(ge=1, le=1000, strict=True)]


class AskVersions(Command):
    agreement_id: AgreementId


class AskDifference(Command):
    """The numbers of two texts."""

    agreement_id: AgreementId
    from_text: Number
    to_text: Number


def agreement_versions(asked: AskVersions, actor: Actor, kept: Agreements, people: People) -> View:
    """`{items}`: every text that was ever laid before the partners, oldest first, whole, with who approved it when.

    `status`: `in-force`, `waiting` for approvals, `superseded`, or `over` with the agreement.
    """
    may_look_up(actor)
    agreement = kept.load(asked.agreement_id).state
    makers = people.named({each.made.by for each in agreement.versions if each.made and each.made.by})
    names = {person: state.passport_name for person, state in makers.items()}
    return {"items": [_version(version, agreement, names) for version in agreement.versions]}


def agreement_difference(asked: AskDifference, actor: Actor, kept: Agreements) -> View:
    """`{from_text, to_text, fields, conditions}`, as `domain.agreement_difference` says. Raises `NoSuchText`."""
    may_look_up(actor)
    agreement = kept.load(asked.agreement_id).state
    before, after = agreement.version(asked.from_text), agreement.version(asked.to_text)
    return {"from_text": before.number, "to_text": after.number, **difference(before.text, after.text)}


def _version(version: Version, agreement: Agreement, names: dict[str, str]) -> View:
    made = version.made
    return {
        "text_number": version.number,
        "text_hash": version.text.hash,
        "status": _status(version, agreement),
        "reason": made.reason if made else "",
        "laid_by": made.by if made else None,
        "laid_by_name": names.get(made.by or "") if made else None,
        "laid_at": text_of(made.at) if made else None,
        "in_force_since": text_of(version.in_force_since),
        "approvals": {site: {"by": each.by, "at": text_of(each.at)} for site, each in version.approvals.items()},
        "text": plain(version.text),
    }


def _status(version: Version, agreement: Agreement) -> str:
    if agreement.waiting and version.number == agreement.waiting.number:
        return "waiting"
    if version.number != agreement.text_number:
        return "superseded"
    return "in-force" if agreement.state == IN_EFFECT else "over"
