"""Why a file is not read, or an import not begun."""

from chassis.kernel.errors import Refusal


class UnknownColumns(Refusal):
    """A heading that looks like no column's name is told by its place. Facts: `sheet`, `columns`, `known`."""


class PassportColumn(Refusal):
    """Passport numbers are entered one by one, by `set_passport`, and in no file. Facts: `sheet`, `columns`."""


class MissingColumns(Refusal):
    """Facts: `sheet`, `columns`."""


class ColumnTwice(Refusal):
    """Facts: `sheet`, `column`."""


class CellsWithoutHeading(Refusal):
    """They say something and nothing says what of. Facts: `cells`, such as `People!G7`; how many `more`."""


class UnknownSheets(Refusal):
    """The file has a sheet of another name. Facts: `sheets`, `known`."""


class NothingToImport(Refusal):
    """Facts: `file`."""


class ChangedMeanwhile(Refusal):
    """A row would now do something else than was confirmed. Facts: `confirmed`, `now`."""


class ImportRunning(Refusal):
    """Another import is being applied: one at a time. Nothing has been changed; confirm again later."""
