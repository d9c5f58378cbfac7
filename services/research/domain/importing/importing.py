"""An import: a file that is read, looked through for duplicates, shown, decided on, and then written batch by batch."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chassis.kernel.decision import Decision, Due
from chassis.kernel.failing import Failing, at_once, failing
from chassis.kernel.importer import Importer
from services.research.domain.importing.records import Problem, Record
from services.research.domain.refusals import WrongState

READING, CHECKING, READY, REFUSED = "reading", "checking", "ready", "refused"
APPLYING, APPLIED, CANCELLED = "applying", "applied", "cancelled"
READ, CHECK, APPLY = "read", "check", "apply"
"""Names of the timers that a worker does the work on."""
BEING_APPLIED = ("import:applying",)
"""What an import holds while it is applied: one at a time, and nothing of it shows before it is over."""
BATCH = 100
"""So many records are checked, or written, at once."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
BEFORE_IT_STANDS = timedelta(minutes=10)
"""What is decided at a moment stands so much later at the latest, whatever it waited for and whosever clock it is."""
CLOCKS_DIFFER = timedelta(seconds=3)
"""Those of two processes, at most."""
MOST_PROBLEMS = 500
"""So many are kept of those met while writing; all are counted."""
WENT_ON = "went on"
"""How the history calls a batch that was not the last."""
IMPORTED, MERGED, SKIPPED, FAILED = "imported", "merged", "skipped", "failed"
"""What becomes of records."""


@dataclass(frozen=True)
class NotWritten:
    """A record that was to be written and was not."""

    number: int
    label: str
    problem: Problem


@dataclass(frozen=True)
class Import:
    """`importer` brought it; on behalf of `confirmed_by` it is written. `responsible` is asked to claim what comes of
    it, for these `sites`. `records`: in the file; `done`: so many of them in the step that it is at. `asked_at`: when
    what a worker is to do next was asked for.

    `format`: that was named, then the one that was found; `encoding` likewise, and whether it `is_guessed`.
    `found`: how many records are what, by the words of `records`; `became`: how many became what. `refused`: why
    nothing can be read of the file. The file and the records themselves stand elsewhere.
    `unseen_since`: what was decided before then stood there when the first record was looked through.
    """

    id: str
    state: str
    file: str
    responsible: str
    sites: tuple[str, ...]
    importer: Importer
    asked_at: datetime
    format: str = ""
    encoding: str = ""
    is_guessed: bool = False
    records: int = 0
    done: int = 0
    found: Mapping[str, int] = field(default_factory=dict)
    became: Mapping[str, int] = field(default_factory=dict)
    not_written: tuple[NotWritten, ...] = ()
    refused: Problem | None = None
    failing: Failing | None = None
    confirmed_by: Importer | None = None
    confirmed_at: datetime | None = None
    unseen_since: datetime = BEGINNING

    @property
    def batch(self) -> int:
        """Which batch comes next, from 0 on."""
        return self.done // BATCH

    @property
    def alone_from(self) -> datetime:
        """From then on at the latest no other import has written anything."""
        return (self.confirmed_at or self.asked_at) + CLOCKS_DIFFER


def start(imported: Import) -> Decision[Import]:
    return Decision(imported, what="started", why=imported.file)


def read(imported: Import, records: int, *, file_format: str, encoding: str, is_guessed: bool) -> Decision[Import]:
    """Its records stand there; now they are looked through."""
    _must_be(imported, "read_import", READING)
    told = replace(imported, format=file_format, encoding=encoding, is_guessed=is_guessed)
    state = replace(told, state=CHECKING, records=records, failing=None)
    return Decision(state, what="read", why=f"{records} records")


def refuse(imported: Import, problem: Problem) -> Decision[Import]:
    """Nothing can be read of the file as a whole."""
    _must_be(imported, "read_import", READING)
    return Decision(replace(imported, state=REFUSED, refused=problem, failing=None), what="refused", why=problem.name)


def looking(imported: Import, now: datetime, running: Iterable[Import]) -> Import:
    """Before its first record is looked through. `running`: imports of which nothing shows yet."""
    if imported.done:
        return imported
    hidden = [each.confirmed_at or BEGINNING for each in running]
    return replace(imported, unseen_since=max(BEGINNING, min([now, *hidden]) - BEFORE_IT_STANDS))


def checked(imported: Import, batch: Sequence[Record], now: datetime) -> Decision[Import]:
    """A batch has been looked through: what each record is, and what is to become of it unless somebody decides."""
    _must_be(imported, "check_import", CHECKING)
    found = Counter(imported.found) + Counter(each.found for each in batch)
    return _gone_on(replace(imported, found=dict(found)), len(batch), now, READY, "checked")


def decided(imported: Import, what: str) -> Decision[Import]:
    """Somebody has said of some records what is to become of them. Raises `WrongState`."""
    _must_be(imported, "decide_import_records", READY)
    return Decision(imported, what="decided", why=what)


def confirm(imported: Import, confirmed_by: Importer, now: datetime) -> Decision[Import]:
    """Somebody has seen what is to happen and wants it. Raises `WrongState`."""
    _must_be(imported, "confirm_import", READY)
    confirmed = replace(imported, state=APPLYING, confirmed_by=confirmed_by, confirmed_at=now, asked_at=now, done=0)
    return Decision(confirmed, what="confirmed")


def applied(imported: Import, batch: Sequence[Record], now: datetime) -> Decision[Import]:
    """A batch has been written."""
    _must_be(imported, "apply_import", APPLYING)
    became = Counter(imported.became) + Counter(map(_became, batch))
    failed = [
        NotWritten(each.number, each.label, each.problem) for each in batch if _became(each) == FAILED and each.problem
    ]
    not_written = (*imported.not_written, *failed)[:MOST_PROBLEMS]
    state = replace(imported, became=dict(became), not_written=not_written)
    return _gone_on(state, len(batch), now, APPLIED, "applied")


def resume(imported: Import, now: datetime, why: str) -> Decision[Import]:
    """A worker is to take up again, at once, what it was to do. Raises `WrongState`."""
    _must_be(imported, "resume_import", READING, CHECKING, APPLYING)
    return Decision(replace(imported, asked_at=now, failing=at_once(imported.failing, now)), what="resumed", why=why)


def failed(imported: Import, error: str, now: datetime) -> Decision[Import]:
    """A worker met something that nobody foresaw: told by its type, and tried again later and later."""
    _must_be(imported, "fail_import", READING, CHECKING, APPLYING)
    return Decision(replace(imported, failing=failing(imported.failing, error, now)), what="failed", why=error)


def cancel(imported: Import, why: str) -> Decision[Import]:
    """Nothing is to come of it. Possible until it is confirmed. Raises `WrongState`."""
    _must_be(imported, "cancel_import", READING, CHECKING, READY, REFUSED)
    return Decision(replace(imported, state=CANCELLED, failing=None), what="cancelled", why=why)


def due(imported: Import) -> tuple[Due, ...]:
    """A worker reads what was started, looks it through, and writes what was confirmed."""
    name = {READING: READ, CHECKING: CHECK, APPLYING: APPLY}.get(imported.state)
    at = imported.failing.again_at if imported.failing else imported.asked_at
    return (Due(name, at),) if name else ()


def holds(imported: Import) -> tuple[str, ...]:
    return BEING_APPLIED if imported.state == APPLYING else ()


def _gone_on(imported: Import, more: int, now: datetime, at_the_end: str, what: str) -> Decision[Import]:
    """The moment makes each batch a timer of its own."""
    done = imported.done + more
    gone_on = replace(imported, done=done, asked_at=now, failing=None)
    if done < imported.records:
        return Decision(gone_on, what=WENT_ON, why=f"{done} of {imported.records}")
    return Decision(replace(gone_on, state=at_the_end), what=what, why=f"{done} records")


def _became(record: Record) -> str:
    if record.became:
        return MERGED if record.into else IMPORTED
    return FAILED if record.problem and record.choice != "skip" else SKIPPED


def _must_be(imported: Import, command: str, *fits: str) -> None:
    if imported.state not in fits:
        raise WrongState(state=imported.state, command=command, fits=list(fits))
