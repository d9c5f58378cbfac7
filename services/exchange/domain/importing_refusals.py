"""Why a file is not read, or an import not begun."""

from chassis.kernel.errors import Refusal


class NotASpreadsheet(Refusal):
    """Neither XLSX nor CSV in UTF-8. Facts: `because`."""


class TooLarge(Refusal):
    """Facts: `of` (`file`, in bytes; `unpacked`, in bytes; `cells`; `columns`; `cell`, in characters), `most`."""


class TooManyRows(Refusal):
    """Facts: `most`."""


class ForbiddenMarkup(Refusal):
    """The file declares a document type: such declarations can make entities that grow. Facts: `part`."""


class UnknownColumns(Refusal):
    """Facts: `sheet`, `columns`, `known`."""


class MissingColumns(Refusal):
    """Facts: `sheet`, `columns`."""


class ColumnTwice(Refusal):
    """Facts: `sheet`, `column`."""


class UnknownSheets(Refusal):
    """The file has a sheet of another name. Facts: `sheets`, `known`."""


class NothingToImport(Refusal):
    """Facts: `file`."""


class ImportRunning(Refusal):
    """Another import is being applied: one at a time. Nothing has been changed; confirm again later."""
