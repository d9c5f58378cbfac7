"""One row while it is decided on: what is refused of one cell keeps no other from being looked at."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from chassis.commands import Command, parsed
from chassis.kernel.errors import InvalidCommand, Refusal
from services.exchange.application.importing.cells import must_be_prose, must_be_visible
from services.exchange.application.importing.problems import problems_of
from services.exchange.application.importing.refusing import FormulaInCell
from services.exchange.application.importing.sheets import SHEETS
from services.exchange.application.importing.work import CellRefused
from services.exchange.domain.importing_rows import Problem, Row

Asked = TypeVar("Asked", bound=Command)


class Unsound(Exception):
    """Something stands against the row; its `Reading` says what."""


class Reading:
    """What is refused of `row`: of each cell, the kind found first. `earlier`: columns that are known to be wrong.

    `refused` are the columns that were refused here; `whole`: whether something is refused of the row itself.
    """

    def __init__(self, row: Row, column_of: Mapping[str, str], earlier: Iterable[str] = ()) -> None:
        self._row, self._column_of = row, column_of
        self._cells = {row.cell(column) for column in earlier}
        self.problems: list[Problem] = []
        self.refused: set[str] = set()
        self.whole = False

    def __bool__(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.refused or self.whole)

    @contextmanager
    def column(self, column: str) -> Iterator[None]:
        """Whatever is refused within is put down to the column's cell."""
        try:
            yield
        except Refusal as refusal:
            self.refuse(CellRefused(column, refusal))

    @contextmanager
    def row(self) -> Iterator[None]:
        """Whatever is refused within is put down to the cell that it names, else to the row."""
        try:
            yield
        except (Refusal, CellRefused) as refused:
            self.refuse(refused)

    def refuse(self, refused: Refusal | CellRefused) -> None:
        """Notes it, unless something else is known of its cell."""
        found = list(problems_of(self._row, refused, self._column_of))
        told = {column for column in self._row.cells if self._row.cell(column) in {each.cell for each in found}}
        if isinstance(refused, CellRefused | InvalidCommand) or refused.name in self._column_of:
            self.refused |= told
        else:
            self.whole = True
        self.problems += [each for each in found if each.cell not in self._cells]
        self._cells |= {each.cell for each in found}

    def cells(self) -> None:
        """Refuses those that compute, and those that hold what nobody sees and that means nothing there."""
        for column in self._row.formulas:
            self.refuse(CellRefused(column, FormulaInCell()))
        for column, cell in self._row.cells.items():
            is_prose = column in SHEETS[self._row.sheet].prose
            with self.column(column):
                (must_be_prose if is_prose else must_be_visible)(cell)

    def checked(self, model: type[Asked], fields: Mapping[str, Any]) -> Asked | None:
        """The command that the fields spell; `None` where they do not.

        Of fields that are missing nothing is said while cells are wrong: it is these that would have filled them.
        """
        try:
            return parsed(model, fields)
        except InvalidCommand as invalid:
            of_cells = invalid.facts["problems"]
            if not self:
                of_cells = [each for each in of_cells if each["field"].partition(".")[0] in fields]
            self.refuse(InvalidCommand(problems=of_cells))
            return None

    def command(self, model: type[Asked], fields: Mapping[str, Any]) -> Asked:
        """The command that the fields spell, to be given. Raises `Unsound` where anything stands against the row."""
        command = self.checked(model, fields)
        if command is None or not self:
            raise Unsound
        return command
