"""An import: a file that is read, looked through for duplicates, shown, decided on, and then written batch by batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chassis.kernel.decision import Decision, Due
from chassis.kernel.failing import Failing, at_once, failing
from chassis.kernel.importer import Importer
from services.research.domain.importing.records import Problem
from services.research.domain.importing.refusals import TooManyToMerge
from services.research.domain.refusals import WrongState

READING, CHECKING, READY, REFUSED = "reading", "checking", "ready", "refused"
APPLYING, APPLIED, CANCELLED = "applying", "applied", "cancelled"
READ, CHECK, APPLY = "read", "check", "apply"
"""Names of the timers that a worker does the work on."""
BEING_APPLIED = ("import:applying",)
"""What an import holds while it is applied: one at a time, and nothing of it shows before it is over."""
BATCH = 100
"""So many records are checked, or written, at once."""
MOST_MERGED = 500
"""Records of one import that are merged: all of them in the one transaction with which everything shows."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
BEFORE_IT_STANDS = timedelta(minutes=10)
"""What is decided at a moment stands so much later at the latest, whatever it waited for and whosever clock it is."""
HEARD_OF_WITHIN = timedelta(minutes=1)
"""A worker that reads a file and tells nothing for so long has died: another begins again."""
CLOCKS_DIFFER = timedelta(seconds=3)
"""Those of two processes, at most."""
MOST_PROBLEMS = 500
"""So many are kept of those met while writing; all are counted."""
WENT_ON = "went on"
"""How the history calls a batch that was not the last."""


@dataclass(frozen=True)
class NotWritten:
    """A record that was to be written and was not."""

    number: int
    label: str
    problem: Problem


@dataclass(frozen=True)
class Import:
    """`importer` brought it; on behalf of `confirmed_by` it is written. `responsible` is asked to claim what comes of
    it, for these `sites`. `records`: in the file, or about so many while it is read, 0 where nobody knows; `done`: so
    many of them in the step that it is at. `asked_at`: when what a worker is to do next was asked for; `again_at`: when
    it is begun again, unless the worker that is at it tells more before.

    `format`: that was named, then the one that was found; `encoding` likewise, and whether it `is_guessed`.
    `found`: how many records are what, by the words of `records`; `to_merge`: how many are to be merged; `became`: how
    many became what. `refused`: why nothing can be read of the file. The file and the records themselves stand
    elsewhere.
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
    to_merge: int = 0
    again_at: datetime | None = None

    @property
    def batch(self) -> int:
        """Which batch comes next, from 0 on."""
        return self.done // BATCH

    @property
    def is_behind_the_last(self) -> bool:
        """Whether no batch comes next."""
        return self.done >= self.records

    @property
    def alone_from(self) -> datetime:
        """From then on at the latest no other import has written anything."""
        return (self.confirmed_at or self.asked_at) + CLOCKS_DIFFER


def start(imported: Import) -> Decision[Import]:
    return Decision(imported, what="started", why=imported.file)


def may_be_decided(imported: Import) -> None:
    """Raises `WrongState`."""
    must_be(imported, "decide_import_records", READY)


def decided(imported: Import, more_to_merge: int, what: str) -> Decision[Import]:
    """Somebody has said of some records what is to become of them. Raises `WrongState`, `TooManyToMerge`.

    `more_to_merge`: so many more than before are to be merged, or fewer where it is below 0.
    """
    may_be_decided(imported)
    to_merge = imported.to_merge + more_to_merge
    if to_merge > MOST_MERGED and more_to_merge > 0:
        raise TooManyToMerge(records=to_merge, most=MOST_MERGED)
    return Decision(replace(imported, to_merge=to_merge), what="decided", why=what)


def confirm(imported: Import, confirmed_by: Importer, now: datetime) -> Decision[Import]:
    """Somebody has seen what is to happen and wants it. Raises `WrongState`.

    What is to be merged is counted anew as it is come by.
    """
    must_be(imported, "confirm_import", READY)
    begun = replace(imported, state=APPLYING, asked_at=now, done=0, to_merge=0)
    return Decision(replace(begun, confirmed_by=confirmed_by, confirmed_at=now), what="confirmed")


def resume(imported: Import, now: datetime, why: str) -> Decision[Import]:
    """A worker is to take up again, at once, what it was to do. Raises `WrongState`."""
    must_be(imported, "resume_import", READING, CHECKING, APPLYING)
    state = replace(imported, asked_at=now, again_at=None, failing=at_once(imported.failing, now))
    return Decision(state, what="resumed", why=why)


def failed(imported: Import, error: str, now: datetime) -> Decision[Import]:
    """A worker met something that nobody foresaw: told by its type, and tried again later and later."""
    must_be(imported, "fail_import", READING, CHECKING, APPLYING)
    state = replace(imported, again_at=None, failing=failing(imported.failing, error, now))
    return Decision(state, what="failed", why=error)


def cancel(imported: Import, why: str) -> Decision[Import]:
    """Nothing is to come of it. Possible until it is confirmed. Raises `WrongState`."""
    must_be(imported, "cancel_import", READING, CHECKING, READY, REFUSED)
    return Decision(replace(imported, state=CANCELLED, failing=None, again_at=None), what="cancelled", why=why)


def due(imported: Import) -> tuple[Due, ...]:
    """A worker reads what was started, looks it through, and writes what was confirmed."""
    name = {READING: READ, CHECKING: CHECK, APPLYING: APPLY}.get(imported.state)
    later = imported.again_at or (imported.failing.again_at if imported.failing else None)
    return (Due(name, later or imported.asked_at),) if name else ()


def holds(imported: Import) -> tuple[str, ...]:
    return BEING_APPLIED if imported.state == APPLYING else ()


def must_be(imported: Import, command: str, *fits: str) -> None:
    """Raises `WrongState`."""
    if imported.state not in fits:
        raise WrongState(state=imported.state, command=command, fits=list(fits))
