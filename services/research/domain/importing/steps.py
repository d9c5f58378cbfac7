"""What a worker does about an import, step by step."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.research.domain.importing.events import ImportApplied, ImportChecked, ImportRefused
from services.research.domain.importing.importing import (
    APPLIED,
    APPLYING,
    BEFORE_IT_STANDS,
    BEGINNING,
    CHECKING,
    HEARD_OF_WITHIN,
    MOST_PROBLEMS,
    READING,
    READY,
    REFUSED,
    WENT_ON,
    Import,
    NotWritten,
    must_be,
)
from services.research.domain.importing.records import SKIP, Problem, Record, is_merged

IMPORTED, MERGED, SKIPPED, FAILED = "imported", "merged", "skipped", "failed"
"""What becomes of records."""


def reading(imported: Import, done: int, about: int, now: datetime) -> Decision[Import]:
    """So many records of its file are read, of `about` so many. While more is told in time no other worker begins."""
    must_be(imported, "read_import", READING)
    so_far = replace(imported, done=done, records=max(done, about), asked_at=now, again_at=now + HEARD_OF_WITHIN)
    return Decision(so_far, what=WENT_ON, why=f"{done} read")


def read(imported: Import, records: int, *, file_format: str, encoding: str, is_guessed: bool) -> Decision[Import]:
    """Its records stand there; now they are looked through."""
    must_be(imported, "read_import", READING)
    told = replace(imported, format=file_format, encoding=encoding, is_guessed=is_guessed)
    state = replace(told, state=CHECKING, records=records, done=0, failing=None, again_at=None)
    return Decision(state, what="read", why=f"{records} records")


def refuse(imported: Import, problem: Problem) -> Decision[Import]:
    """Nothing can be read of the file as a whole."""
    must_be(imported, "read_import", READING)
    over = replace(imported, state=REFUSED, records=0, done=0, refused=problem, failing=None, again_at=None)
    return Decision(over, what="refused", why=problem.name, events=(ImportRefused(over),))


def looking(imported: Import, now: datetime, running: Iterable[Import]) -> Import:
    """Before its first record is looked through. `running`: imports of which nothing shows yet."""
    if imported.done:
        return imported
    hidden = [each.confirmed_at or BEGINNING for each in running]
    return replace(imported, unseen_since=max(BEGINNING, min([now, *hidden]) - BEFORE_IT_STANDS))


def checked(imported: Import, batch: Sequence[Record], now: datetime) -> Decision[Import]:
    """A batch has been looked through: what each record is, and what is to become of it unless somebody decides."""
    must_be(imported, "check_import", CHECKING)
    found = Counter(imported.found) + Counter(each.found for each in batch)
    decision = _gone_on(replace(imported, found=dict(found)), len(batch), now, READY, "checked")
    is_over = decision.state.state == READY
    return replace(decision, events=(ImportChecked(decision.state),)) if is_over else decision


def applied(imported: Import, batch: Sequence[Record], now: datetime) -> Decision[Import]:
    """A batch has been written, but for what is to be merged."""
    must_be(imported, "apply_import", APPLYING)
    counted = _counted(imported, [each for each in batch if not is_merged(each)])
    counted = replace(counted, to_merge=counted.to_merge + sum(map(is_merged, batch)))
    return _gone_on(counted, len(batch), now, APPLYING, WENT_ON)


def ended(imported: Import, merged: Sequence[Record], now: datetime) -> Decision[Import]:
    """All of it is written, and shows. `merged`: the records that were to be merged, and what has become of each."""
    must_be(imported, "apply_import", APPLYING)
    over = replace(_counted(imported, merged), state=APPLIED, asked_at=now, failing=None)
    return Decision(over, what="applied", why=f"{imported.done} records", events=(ImportApplied(over),))


def _gone_on(imported: Import, more: int, now: datetime, at_the_end: str, what: str) -> Decision[Import]:
    """The moment makes each batch a timer of its own."""
    done = imported.done + more
    gone_on = replace(imported, done=done, asked_at=now, failing=None)
    if done < imported.records:
        return Decision(gone_on, what=WENT_ON, why=f"{done} of {imported.records}")
    return Decision(replace(gone_on, state=at_the_end), what=what, why=f"{done} records")


def _counted(imported: Import, records: Sequence[Record]) -> Import:
    became = Counter(imported.became) + Counter(map(_became, records))
    failed = [
        NotWritten(each.number, each.label, each.problem)
        for each in records
        if _became(each) == FAILED and each.problem
    ]
    not_written = (*imported.not_written, *failed)[:MOST_PROBLEMS]
    return replace(imported, became=dict(became), not_written=not_written)


def _became(record: Record) -> str:
    if record.became:
        return MERGED if record.into else IMPORTED
    return FAILED if record.problem and record.choice != SKIP else SKIPPED
