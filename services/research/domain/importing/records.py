"""Records of a file that is imported, and what is to become of each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.research.domain.duplicates.scoring import POSSIBLE, Likeness
from services.research.domain.importing.refusals import NothingToMergeInto, RecordNotReadable
from services.research.domain.references import Reference, Unreadable

IMPORT, SKIP, MERGE = "import", "skip", "merge"
"""What a person may choose for a record."""
NEW, UNFIT = "new", "unfit"
"""What a record is found to be, beside a duplicate: `same`, `likely` or `possible`. Nothing can be done with one that
is unfit."""

MOST_ALIKE = 5
_SHOWN = 500
"""Characters of what it is called: who says more says what cannot be kept, and a page of a hundred is to be sent."""


@dataclass(frozen=True)
class Alike:
    """What a record may be: the outcome of this id, or the earlier record of this number in the same file."""

    likeness: Likeness
    outcome: str = ""
    record: int = 0


@dataclass(frozen=True)
class Problem:
    """Why a record cannot be kept, or was not: a name, and what that says. `place`: where in the file."""

    name: str
    reason: str
    place: str = ""


@dataclass(frozen=True)
class Record:
    """`number`: from 1 on, as the file has them. `alike`: the best few, best first.

    `choice`: what is to become of it, and `into` which outcome, where it is merged. `became`: the outcome that it is
    now, or was merged into. `problem`: why it is not, or cannot be.
    """

    number: int
    label: str
    title: str
    reference: Reference | None
    found: str = NEW
    alike: tuple[Alike, ...] = ()
    choice: str = SKIP
    into: str = ""
    became: str = ""
    problem: Problem | None = None


def as_read(number: int, read: Reference | Unreadable) -> Record:
    if isinstance(read, Unreadable):
        problem = Problem(read.why, read.said, read.place)
        return Record(number, read.label[:_SHOWN], "", None, UNFIT, problem=problem)
    return Record(number, read.label[:_SHOWN], read.title[:_SHOWN], read)


def best_of(alike: Iterable[Alike]) -> tuple[Alike, ...]:
    """The best few, best first."""
    return tuple(sorted(alike, key=lambda each: each.likeness.place)[:MOST_ALIKE])


def looked_through(record: Record, in_store: Iterable[Alike]) -> Record:
    """With what it may be there and in its file: what is possibly another is imported, what is surely one is not."""
    alike = best_of((*in_store, *record.alike))
    best = alike[0].likeness.verdict if alike else None
    choice = IMPORT if best in (None, POSSIBLE) else SKIP
    return replace(record, found=best or NEW, alike=alike, choice=choice)


def unfit(record: Record, problem: Problem) -> Record:
    """Nothing can be done with it."""
    return replace(record, found=UNFIT, problem=problem)


def is_merged(record: Record) -> bool:
    """Whether it is to become a part of an outcome that stands."""
    return record.choice == MERGE


def chosen(record: Record, choice: str, into: str) -> Record:
    """What a person wants of it. `into`: which outcome, where it is merged; the likeliest, where none is named.

    Raises `RecordNotReadable`, `NothingToMergeInto`.
    """
    if record.found == UNFIT and choice != SKIP:
        raise RecordNotReadable(record=record.number)
    if choice != MERGE:
        return replace(record, choice=choice, into="")
    wanted = into or next((each.outcome for each in record.alike if each.outcome), "")
    if not wanted:
        raise NothingToMergeInto(record=record.number)
    return replace(record, choice=MERGE, into=wanted)
