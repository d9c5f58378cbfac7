"""Two outcomes that are one: the one is kept, with what it lacks from the other; the other says where it went."""

from collections.abc import Collection
from dataclasses import replace

from chassis.kernel.decision import Decision
from services.research.domain import uniting
from services.research.domain.attributing import MOST_ORIGINS, named_of, with_origins
from services.research.domain.attribution_refusals import AttributedToTooMany
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.types import Details, details_in_part, details_of
from services.research.domain.events import OutcomeMerged
from services.research.domain.merging_refusals import DifferentTypes, KeepTheOther, MergedAlready, MergedWithItself
from services.research.domain.outcome import ADOPTED, MERGED, REPORTED, STAGES, UNCLAIMED, Outcome
from services.research.domain.refusals import DetailMissing, WrongState

KEPT, GIVEN_UP = (UNCLAIMED, REPORTED, ADOPTED), (UNCLAIMED, REPORTED)
"""States in which an outcome can be kept, and in which it can turn out to be another."""
QUESTIONED = "questioned"
TITLE, SUMMARY, DOI, DETAILS = "title", "summary", "doi", "details"


def merge(
    kept: Outcome, merged: Outcome, *, take: Collection[str], decimals: Decimals, reason: str, by: str | None
) -> tuple[Decision[Outcome], Decision[Outcome]]:
    """What becomes of the one that is kept, and of the other. Both are to be written as one.

    `take`: of `title`, `summary`, `doi` and `details` those that the other one says better. Of one that was reported
    the merging is told: it counts no more. Raises `MergedWithItself`, `MergedAlready`, `WrongState`, `DifferentTypes`,
    `KeepTheOther`, `DetailInvalid`, `AttributedToTooMany`.
    """
    _must_be_two_of_one_kind(kept, merged)
    if _standing(merged) > _standing(kept):
        raise KeepTheOther(keep=merged.id)
    of_both = _with_origins(filled(kept, merged, take, decimals), merged)
    gone = replace(merged, state=MERGED, merged_into=kept.id, overdue=False, gate_due=False)
    told = (OutcomeMerged(gone, kept.id, reason, by),) if merged.origin else ()
    taken = f" ({', '.join(sorted(take))})" if take else ""
    return (
        Decision(of_both, what="merged", why=f"+ {merged.id}{taken}: {reason}"),
        Decision(gone, what="merged", why=f"into {kept.id}: {reason}", events=told),
    )


def may_be_filled(kept: Outcome, record: Outcome) -> None:
    """Whether a record that was never an outcome of its own can be merged into one.

    Raises `MergedAlready`, `WrongState`, `DifferentTypes`.
    """
    _must_be_two_of_one_kind(kept, record)


def filled(kept: Outcome, other: Outcome, take: Collection[str], decimals: Decimals) -> Outcome:
    """The kept one with what it lacks from the other, and with the people, organisations and files of both."""

    def better(name: str) -> str:
        mine, theirs = str(getattr(kept, name)), str(getattr(other, name))
        return theirs if theirs and (name in take or not mine) else mine

    return replace(
        kept,
        title=better(TITLE),
        summary=better(SUMMARY),
        doi=better(DOI),
        details=_details(kept, other, DETAILS in take, decimals),
        contributors=uniting.contributors(kept.contributors, other.contributors),
        organisations=uniting.organisations(kept.organisations, other.organisations),
        attachments=uniting.attachments(kept.attachments, other.attachments),
        label=kept.label or other.label,
        also=(*kept.also, *(each for each in other.also if each[0] not in dict(kept.also))),
    )


def _details(kept: Outcome, other: Outcome, take: bool, decimals: Decimals) -> Details | None:
    """Field by field. Of one that was reported they stay as they are where something would still be missing."""
    mine, theirs = dict(kept.details or {}), dict(other.details or {})
    both = {**mine, **theirs} if take else {**theirs, **mine}
    if kept.state == UNCLAIMED:
        return details_in_part(kept.type, both, decimals) or None
    try:
        return details_of(kept.type, both, decimals) if both else kept.details
    except DetailMissing:
        return kept.details


def _with_origins(kept: Outcome, merged: Outcome) -> Outcome:
    """Both came of all of it; what was entered in error is nothing that anything came of."""
    came_of = merged.also_of if merged.questioned else merged.came_of
    known = [named_of(each) for each in kept.came_of]
    further = tuple(each for each in came_of if named_of(each) not in known)
    if len(known) + len(further) > MOST_ORIGINS:
        raise AttributedToTooMany(most=MOST_ORIGINS)
    people = dict.fromkeys((*kept.followers, merged.responsible, *merged.followers))
    both = replace(
        kept,
        merged_from=(*kept.merged_from, merged.id, *merged.merged_from),
        # What was allowed of the one is allowed of both; that something does not apply to it, nobody has said of both.
        clearances=(*kept.clearances, *merged.clearances),
        followers=tuple(each for each in people if each != kept.responsible),
    )
    if not kept.came_of:
        return replace(both, sites=tuple(dict.fromkeys((*kept.sites, *merged.sites))))
    # Where a record was read says nothing of who took part in what it came of.
    return with_origins(both, [*kept.came_of, *further], {**merged.zones, **kept.zones})


def _must_be_two_of_one_kind(kept: Outcome, merged: Outcome) -> None:
    if kept.id == merged.id:
        raise MergedWithItself(outcome=kept.id)
    for outcome, fits in ((kept, KEPT), (merged, GIVEN_UP)):
        if outcome.state == MERGED:
            raise MergedAlready(outcome=outcome.id, into=outcome.merged_into)
        if outcome.state not in fits:
            raise WrongState(state=outcome.state, command="merge_outcomes", fits=list(fits))
    if kept.questioned and merged.origin and not merged.questioned:
        # What the other one came of would count for nothing until somebody settles this.
        raise WrongState(state=QUESTIONED, command="merge_outcomes", fits=list(KEPT))
    if kept.type != merged.type:
        raise DifferentTypes(keep=kept.type, merge=merged.type)


def _standing(outcome: Outcome) -> tuple[bool, int]:
    """How far it has come: claimed at all, then its stage."""
    return outcome.state != UNCLAIMED, STAGES.index(outcome.stage) if outcome.stage else -1
