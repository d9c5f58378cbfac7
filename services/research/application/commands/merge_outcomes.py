"""Two outcomes are one."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.commands import Change, FullParagraph, Version
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import StaleVersion
from contracts.words import OutcomeId
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.merging import merge
from services.research.domain.permissions import may_merge

Taken = Literal["title", "summary", "doi", "details"]


class MergeOutcomes(Change):
    """`keep` stays, in the version seen as `expected_version`; `merge` was the same, in the version `merge_version`.

    `take`: what the other one says better; what the kept one lacks is taken from it anyway.
    """

    keep: OutcomeId
    merge: OutcomeId
    merge_version: Version
    reason: FullParagraph
    take: Annotated[tuple[Taken, ...], Field(max_length=4)] = ()


def merge_outcomes(command: MergeOutcomes, context: Context, outcomes: Outcomes, currencies: Currencies) -> Receipt:
    """Both are written at once: whoever asks finds two outcomes, or one and where the other went."""
    kept = outcomes.load(command.keep)
    if answer := kept.answered(context):
        return answer
    other = outcomes.load(command.merge)
    for each in (kept, other):
        may_merge(context.actor, each.state)
    if other.version != command.merge_version:
        raise StaleVersion(id=other.id, expected=command.merge_version, actual=other.version)
    of_both, gone = merge(
        kept.state,
        other.state,
        take=frozenset(command.take),
        decimals=currencies.decimals,
        reason=command.reason,
        by=context.actor.person,
    )

    def both(within: Transaction) -> Receipt:
        outcomes.save(other, gone, context, within)
        return outcomes.save(kept, of_both, context, within)

    return outcomes.atomically(both)
