"""An XLSX file looked through before anything reads it: unpacked within bounds and scanned."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from chassis.kernel.sheets import ForbiddenMarkup, Limits, NotASpreadsheet, TooLarge, TooManyRows
from chassis.sheets.hidden import Hidden

MOST_PARTS = 500
MOST_DIGITS = 15
_RANGE = 30
"""Characters of a range of cells."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def parts_of(content: bytes, limits: Limits) -> dict[str, bytes]:
    """Every part by its name. Raises `NotASpreadsheet`, `TooLarge`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive, limits)
    except _BAD_ZIP as error:
        raise NotASpreadsheet(because=f"no XLSX file: {type(error).__name__}") from None


def _unpacked(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    if len(archive.infolist()) > MOST_PARTS:
        raise TooLarge(of="parts", most=MOST_PARTS)
    parts: dict[str, bytes] = {}
    left = limits.unpacked
    for entry in archive.infolist():
        with archive.open(entry) as part:
            # What the file says of its size is not believed: no more than is left is ever unpacked.
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            raise TooLarge(of="unpacked", most=limits.unpacked)
        parts[entry.filename] = content
    return parts


@dataclass
class Scan:
    """What the parts of one file hold. Bounds hold for all together.

    `lengths` of the shared texts; `formulas` by part, row and column; `merged` ranges, as `A1:B2`, by part; what is
    `hidden`, by part.
    """

    limits: Limits
    lengths: list[int] = field(default_factory=list)
    formulas: dict[str, dict[int, dict[int, str]]] = field(default_factory=dict)
    merged: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, Hidden] = field(default_factory=dict)
    cells: int = 0
    characters: int = 0

    def part(self, name: str, content: bytes) -> None:
        """Raises `ForbiddenMarkup`, `NotASpreadsheet`, `TooLarge`, `TooManyRows`."""
        reading = _Reading(self, name)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = reading.doctype
        parser.StartElementHandler = reading.start
        parser.EndElementHandler = reading.end
        parser.CharacterDataHandler = reading.text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise NotASpreadsheet(because=f"{name}: {expat.ErrorString(error.code)}") from None

    def cell(self, characters: int) -> None:
        """One more cell that says something."""
        self.cells += 1
        self.characters += characters
        if self.cells > self.limits.cells:
            raise TooLarge(of="cells", most=self.limits.cells)
        if self.characters > self.limits.unpacked:
            raise TooLarge(of="unpacked", most=self.limits.unpacked)


class _Reading:
    """One part while it is scanned."""

    def __init__(self, scan: Scan, name: str) -> None:
        self.scan, self.name, self.limits = scan, name, scan.limits
        self.hidden = scan.hidden.setdefault(name, Hidden(scan.limits.highest_row, scan.limits.columns))
        self.row, self.column = 0, 0
        self.place, self.kind = (0, 0), ""
        self.said: list[str] = []

    def doctype(self, *_: object) -> None:
        raise ForbiddenMarkup(part=self.name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1, self.name), 0
            self.hidden.row(self.row, attributes)
        elif kind == "col":
            self.hidden.column(attributes)
        elif kind == "sheetFormatPr":
            self.hidden.sheet(attributes)
        elif kind == "c":
            self.place = _place(attributes.get("r"), (self.row, self.column + 1), self.name)
            self.column, self.kind = self.place[1], attributes.get("t", "n")
        elif kind == "mergeCell":
            self.scan.merged.setdefault(self.name, []).append(attributes.get("ref", "")[:_RANGE])
        elif kind in ("v", "is", "f", "si"):
            self.said = []
            if kind != "si":
                _must_be_near(self.place, self.limits)
                self.hidden.cell(self.place[0], self.row, self.place[1])

    def text(self, text: str) -> None:
        self.said.append(text)

    def end(self, tag: str) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "c":
            self.kind = ""
        if kind not in ("v", "is", "f", "si"):
            return
        said = "".join(self.said)
        if kind == "si":
            self.scan.lengths.append(_bounded(len(said), self.limits))
        elif kind == "f":
            # Counted like any cell: a million of them would take their time, too.
            self.scan.cell(_bounded(len(said), self.limits))
            self._computes()[self.place[1]] = f"={said}"
        else:
            self.scan.cell(self._length(said))

    def _computes(self) -> dict[int, str]:
        """The cells of its row that do."""
        return self.scan.formulas.setdefault(self.name, {}).setdefault(self.place[0], {})

    def _length(self, said: str) -> int:
        if self.kind == "e":
            # Somebody's formula failed here, and its failure was pasted as a value: readers would take it for nothing.
            self._computes().setdefault(self.place[1], said)
        if self.kind == "n":
            _must_be_exact(said, self.name)
        if self.kind != "s":
            return _bounded(len(said), self.limits)
        if not said.isdecimal() or int(said) >= len(self.scan.lengths):
            raise NotASpreadsheet(because=f"{self.name}: a text that is not there")
        return self.scan.lengths[int(said)]


def _bounded(length: int, limits: Limits) -> int:
    if length > 8 * limits.in_a_cell:  # one character may be written as seven
        raise TooLarge(of="cell", most=limits.in_a_cell)
    return length


def _must_be_exact(said: str, part: str) -> None:
    """Spreadsheet programs calculate with 15 digits: of a longer number typed into one, the last have become others."""
    if said and re.fullmatch(r"-?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})(E[-+]?[0-9]{1,3})?", said, re.I) is None:
        raise NotASpreadsheet(because=f"{part}: a number that is none")
    if said and abs(float(said)) >= 10**MOST_DIGITS:
        raise TooLarge(of="number", most=MOST_DIGITS)


def _must_be_near(place: tuple[int, int], limits: Limits) -> None:
    if place[0] > limits.highest_row:
        raise TooManyRows(most=limits.rows)
    if place[1] > limits.columns:
        raise TooLarge(of="columns", most=limits.columns)


def _number(text: str | None, otherwise: int, part: str) -> int:
    if text is not None and not re.fullmatch("[0-9]{1,7}", text):
        raise NotASpreadsheet(because=f"{part}: a row without a number")
    return int(text) if text is not None else otherwise


def _place(text: str | None, otherwise: tuple[int, int], part: str) -> tuple[int, int]:
    if text is None:
        return otherwise
    match = _PLACE.match(text)
    if match is None:
        raise NotASpreadsheet(because=f"{part}: a cell without a place")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
