"""What imports and exports need from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from chassis.kernel.documents import Documents, Loaded, Transaction
from chassis.kernel.sheets import Table
from services.exchange.domain.importing import Import
from services.exchange.domain.importing_rows import Row

Kind = Literal["text", "number", "day", "amount"]


@dataclass(frozen=True)
class Page:
    """One sheet to be written: a note, then the columns with the kind of their values, then the rows.

    An `amount` is a number with all its decimals. `widths`: of columns, in characters, where they are not the usual.
    """

    name: str
    note: str
    columns: Mapping[str, Kind]
    rows: Sequence[Mapping[str, str]]
    right_to_left: bool = False
    widths: Mapping[str, int] = field(default_factory=dict)


class Spreadsheets(Protocol):
    """Reads and writes files."""

    def read_xlsx(self, content: bytes) -> list[Table]:
        """Raises `NotASpreadsheet`, `TooLarge`, `TooManyRows`, `ForbiddenMarkup`."""
        ...

    def read_csv(self, content: bytes, name: str) -> Table:
        """The table of this name. Raises `NotASpreadsheet`, `TooLarge`, `TooManyRows`."""
        ...

    def write_xlsx(self, pages: Sequence[Page]) -> bytes:
        """One sheet for each page."""
        ...

    def write_csv(self, page: Page) -> bytes:
        """UTF-8 with a byte order mark, so that spreadsheet programs know it."""
        ...


class Imports(Documents[Import], Protocol):
    """Every import."""

    def all(self) -> list[Loaded[Import]]:
        """The last hundred, newest first."""
        ...


class ImportRows(Protocol):
    """The rows of imports that are not yet over."""

    def keep(self, import_id: str, rows: Sequence[Row], within: Transaction) -> None:
        """Keeps them in their order, in several documents where they are many."""
        ...

    def of(self, import_id: str) -> list[Row]:
        """In their order; none where they have been dropped."""
        ...

    def drop(self, import_id: str, within: Transaction) -> None:
        """They are not needed any more."""
        ...
