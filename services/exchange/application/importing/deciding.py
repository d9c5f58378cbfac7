"""One row decided on again and again, each time without the cells that are known to be wrong."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from chassis.kernel.errors import Refusal
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.problems import in_order
from services.exchange.application.importing.reading import Reading, Unsound
from services.exchange.application.importing.refusing import NamedTwice
from services.exchange.application.importing.sheets import SHEETS
from services.exchange.application.importing.work import CellRefused, Decided, Work, planned
from services.exchange.domain.importing_rows import UNCHANGED, WRONG, Planned, Problem, Row

StandIns = Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """How each row of one sheet becomes a document.

    `stand_ins`: column -> what a cell of it might say that nothing is refused of, told by the row. `leaning`: column ->
    columns that mean nothing without it.
    """

    key: Callable[[Row, Known], str]
    stands: Callable[[Row, Known, Work], bool]
    plan: Callable[[Row, str, Known, Work, Reading], Planned]
    column_of: Mapping[str, str]
    stand_ins: Callable[[Row, Known], StandIns]
    leaning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def decided(row: Row, kind: Rows, known: Known, work: Work, first: dict[str, Row]) -> Decided:
    """What becomes of the row, or everything that stands against it. `first`: by key, the row that named it first."""
    key = kind.key(row, known)
    earlier = row if row.formulas else first.setdefault(key, row)
    same = kind.stands(row, known, work) or (earlier is not row and earlier.cells == row.cells)
    if same and not row.formulas:
        return Decided(planned(row, key, UNCHANGED))
    return _Trying(row, key, kind, known, work).until_nothing_new(None if earlier is row else earlier)


class _Trying:
    """What a wrong row comes to, with something harmless in the place of what is wrong, is planned and never written:
    an import with one wrong row is refused. Rows that refer to it are then not wrong, too, because of that.
    """

    def __init__(self, row: Row, key: str, kind: Rows, known: Known, work: Work) -> None:
        self._row, self._key, self._kind, self._known, self._work = row, key, kind, known, work
        self._problems: list[Problem] = []
        self._wrong: set[str] = set()

    def until_nothing_new(self, earlier: Row | None) -> Decided:
        """Each round finds something that the ones before could not get to, so that there are no more than columns."""
        reading = self._reading()
        reading.cells()
        if earlier:
            reading.refuse(NamedTwice(row=earlier.number))
        self._note(reading)
        while True:
            reading = self._reading(twice=bool(earlier))
            done = self._tried(reading)
            if done and not self._problems:
                return Decided(done)
            if done or not reading.problems or not self._note(reading):
                return Decided(planned(self._row, self._key, WRONG), in_order(self._row, self._problems))

    def _reading(self, twice: bool = False) -> Reading:
        reading = Reading(self._row, self._kind.column_of, self._wrong)
        reading.whole = twice
        return reading

    def _tried(self, reading: Reading) -> Planned | None:
        row = self._row
        if self._wrong:
            stand_ins = self._kind.stand_ins(row, self._known)
            row = _without(row, self._wrong, stand_ins, self._kind.leaning)
        try:
            return self._kind.plan(row, self._key, self._known, self._work, reading)
        except (Refusal, CellRefused) as refused:
            reading.refuse(refused)
        except Unsound:
            pass
        return None

    def _note(self, reading: Reading) -> bool:
        """Keeps what was found; whether another round may find more."""
        self._problems += reading.problems
        further = reading.refused - self._wrong
        self._wrong |= further
        return bool(further)


def _without(row: Row, wrong: Iterable[str], stand_ins: StandIns, leaning: Mapping[str, tuple[str, ...]]) -> Row:
    """A column that need not be there is left out; one that has to be says something harmless, if anything is."""
    out = {*wrong, *(each for column in wrong for each in leaning.get(column, ()))}
    needed = SHEETS[row.sheet].needed
    kept = {column: cell for column, cell in row.cells.items() if column not in out or column in needed}
    instead = {column: cell for column, cell in stand_ins.items() if column in out or column not in row.cells}
    return replace(row, cells=kept | instead, formulas=())
