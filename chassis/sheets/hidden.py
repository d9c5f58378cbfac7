"""Which rows and columns of a sheet say something that nobody sees who opens the file.

As ECMA-376 part 1 has it: `hidden` of a row (18.3.1.73; a filter sets it, too) and of columns (18.3.1.13), and a height
or width that leaves nothing to be seen. Empty ones hide nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_YES = ("1", "true", "on")
_LEAST_HEIGHT = 2.0
"""Points: nobody reads a letter that is smaller."""
_LEAST_WIDTH = 0.5
"""Characters."""
Attributes = Mapping[str, str]


@dataclass
class Hidden:
    """Told of each row, column and cell of one part, as far as cells may say anything at all.

    What is kept is bounded by that, however many rows a part declares.
    """

    highest_row: int
    highest_column: int
    _rows: set[int] = field(default_factory=set)
    _columns: dict[int, bool] = field(default_factory=dict)
    _row_by_itself: bool = False
    _column_by_itself: bool = False
    _rows_that_say: set[int] = field(default_factory=set)
    _columns_that_say: set[int] = field(default_factory=set)

    def sheet(self, attributes: Attributes) -> None:
        """What rows and columns are that say nothing of it themselves (`sheetFormatPr`)."""
        self._row_by_itself = _is_below(attributes.get("defaultRowHeight"), _LEAST_HEIGHT)
        self._column_by_itself = _is_below(attributes.get("defaultColWidth"), _LEAST_WIDTH)

    def row(self, number: int, attributes: Attributes) -> None:
        height = attributes.get("ht")
        unseen = self._row_by_itself if height is None else _is_below(height, _LEAST_HEIGHT)
        if (unseen or attributes.get("hidden") in _YES) and number <= self.highest_row:
            self._rows.add(number)

    def column(self, attributes: Attributes) -> None:
        """Several columns that stand side by side."""
        unseen = attributes.get("hidden") in _YES or _is_below(attributes.get("width"), _LEAST_WIDTH)
        first, last = (int(_plain(attributes.get(name))) for name in ("min", "max"))
        for number in range(first, min(last, self.highest_column) + 1):
            self._columns[number] = unseen

    def cell(self, row: int, enclosed_by: int, column: int) -> None:
        """It says something. A cell may name another row than the one that it stands in: both have to be seen."""
        self._rows_that_say |= {row, enclosed_by}
        self._columns_that_say.add(column)

    def rows(self) -> list[int]:
        """Those that are not seen and say something."""
        return sorted(self._rows & self._rows_that_say)

    def columns(self) -> list[int]:
        """Those that are not seen and say something, from 1."""
        said = sorted(self._columns_that_say)
        return [number for number in said if self._columns.get(number, self._column_by_itself)]


def _is_below(text: str | None, least: float) -> bool:
    return bool(text and re.fullmatch(r"[0-9.]{1,30}", text) and text.count(".") < 2 and float(f"0{text}0") < least)


def _plain(text: str | None) -> str:
    return text if text and re.fullmatch("[0-9]{1,7}", text) else "0"
