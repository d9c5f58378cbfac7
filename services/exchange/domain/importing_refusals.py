"""Why a file is not read, or an import not begun."""

from chassis.kernel.errors import Refusal


class NotASpreadsheet(Refusal):
    """Neither XLSX nor CSV in UTF-8 or UTF-16. Facts: `because`."""


class TooLarge(Refusal):
    """Facts: `of` (`file`, in bytes; `unpacked`, in bytes; `cells`; `columns`; `cell`, in characters;
    `number`, in digits), `most`."""


class TooManyRows(Refusal):
    """Facts: `most`."""


class ForbiddenMarkup(Refusal):
    """The file declares a document type: such declarations can make entities that grow. Facts: `part`."""


class MergedCells(Refusal):
    """Cells are merged: what stands in one of them would count for none of the others. Facts: `cells`."""


class HiddenSheets(Refusal):
    """The file has sheets that nobody sees who opens it. Facts: `sheets`."""


class HiddenRows(Refusal):
    """Rows that say something and that nobody sees, by a filter, too. Facts: `rows`, such as `People!7`; `more`."""


class HiddenColumns(Refusal):
    """Columns that say something and that nobody sees. Facts: `columns`, such as `People!C`; how many `more`."""


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
