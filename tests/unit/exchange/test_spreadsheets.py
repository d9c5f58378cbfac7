"""Spreadsheets as files: what is written is read again exactly, and hostile files are refused by name."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from chassis.kernel.cells import as_meant, joined, neutralised, separated
from chassis.kernel.errors import Refusal
from chassis.kernel.sheets import ForbiddenMarkup, NotASpreadsheet, Table, TooLarge, TooManyRows, letters
from services.exchange.adapters.spreadsheets import SpreadsheetFiles
from services.exchange.application.importing.limits import MOST_CELLS, MOST_IN_A_CELL, MOST_ROWS, MOST_UNPACKED
from services.exchange.application.importing.ports import Page
from services.exchange.application.importing.sheets import rows_of
from services.exchange.domain.importing_refusals import (
    ColumnTwice,
    MissingColumns,
    PassportColumn,
    UnknownColumns,
    UnknownSheets,
)

FILES = SpreadsheetFiles()
NASTY = st.text(alphabet=st.sampled_from("=+-@'\"\t\r\n\x0b_x00D#;\\, \u202e\u2028张ش＝"), max_size=8)
TEXTS = st.one_of(
    NASTY, st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=12)
)
PEOPLE = {"email": "text", "passport_name": "text", "local_name": "text", "language": "text", "zone": "text",
          "sites": "text"}  # fmt: skip
ROW = dict.fromkeys(PEOPLE, "a")


def page(*rows: dict[str, str], **columns: str) -> Page:
    return Page("People", "a note", columns or PEOPLE, rows)  # type: ignore[arg-type]


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


@settings(max_examples=150)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(-(10**9), 10**9), st.dates(date(1970, 1, 1), date(2200, 12, 31)))))
def test_what_is_written_is_read_again_exactly(rows: list[tuple[str, str, int, date]]) -> None:
    columns = {"a": "text", "b": "text", "number": "number", "day": "day"}
    written = page(*(dict(zip(columns, map(str, row), strict=True)) for row in rows), **columns)
    expected = [tuple(map(str, row)) for row in rows]
    assert cells(FILES.read_xlsx(FILES.write_xlsx([written]))[0])[2:] == expected
    assert cells(FILES.read_csv(FILES.write_csv(written), "People"))[1:] == expected


@given(st.one_of(NASTY, TEXTS))
def test_text_neutralised_is_no_formula_and_means_the_same(text: str) -> None:
    assert as_meant(neutralised(text)) == text
    assert neutralised(text)[:1] not in tuple("=+-@\t\r\n")


@pytest.mark.parametrize("cell", ["'Abd al-Karim", "'", "O'Neill", ""])
def test_a_quote_that_neutralises_nothing_stays(cell: str) -> None:
    assert as_meant(cell) == cell


@given(st.lists(st.one_of(NASTY, TEXTS).filter(bool)))
def test_several_values_in_one_cell_come_apart_as_they_were(values: list[str]) -> None:
    assert separated(joined(values)) == tuple(values)


def test_values_are_separated_as_people_write_them() -> None:
    assert separated(" Gilgit [PK];Kashgar ; ;") == ("Gilgit [PK]", "Kashgar")


def test_no_text_of_an_export_is_a_formula_to_a_spreadsheet_program() -> None:
    evil = '=HYPERLINK("http://evil.example","click")'
    sheet = load_workbook(io.BytesIO(FILES.write_xlsx([page(ROW | {"passport_name": evil})])))["People"]
    assert (sheet["B3"].data_type, sheet["B3"].value, sheet["B3"].quotePrefix) == ("s", evil, True)
    assert b"'=HYPERLINK" in FILES.write_csv(page(ROW | {"passport_name": evil}))


def test_cells_of_an_export_have_types() -> None:
    row = {"seats": "3", "day": "2026-03-01"}
    sheet = load_workbook(io.BytesIO(FILES.write_xlsx([page(row, seats="number", day="day")])))["People"]
    assert (sheet["A3"].data_type, sheet["A3"].value) == ("n", 3)
    assert sheet["B3"].value.date() == date(2026, 3, 1)
    assert (sheet["A1"].value, sheet.freeze_panes) == ("# a note", "A3")


def test_a_cell_that_computes_is_known_by_its_place_and_read_as_its_text() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "People"
    sheet.append(list(PEOPLE))
    sheet.append(["a@b.example", "=1+1", "x", "en", "Asia/Karachi", "=A1"])
    (row,) = rows_of(FILES.read_xlsx(saved(book)))
    assert (row.formulas, row.cells["passport_name"]) == (("passport_name", "sites"), "=1+1")
    assert row.cell("sites") == "People!F2"


def test_numbers_and_days_that_people_type_are_read_as_text() -> None:
    book = Workbook()
    book.worksheets[0].append([12, 1.5, date(2026, 3, 1), True, None, "x"])
    assert cells(FILES.read_xlsx(saved(book))[0]) == [("12", "1.5", "2026-03-01", "True", "", "x")]


def rezipped(change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """A good file with its parts changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FILES.write_xlsx([page(ROW)]))) as good,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, change(name, good.read(name)))
        for name, content in (more or {}).items():
            bad.writestr(name, content)
    return made.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return rezipped(lambda name, part: part.replace(old, new) if "worksheets/" in name else part)


def lying(content: bytes) -> bytes:
    """The same file, saying of every part that it unpacks to ten bytes."""
    told = bytearray(content)
    start = 0
    while (start := told.find(b"PK\x01\x02", start)) >= 0:
        told[start + 24 : start + 28] = struct.pack("<I", 10)
        start += 4
    return bytes(told)


SHEET, OTHER = "xl/worksheets/sheet1.xml", "xl/other.xml"
BOMB = rezipped(lambda _, part: part, {"xl/media/bomb.bin": b"\0" * (MOST_UNPACKED + 1)})
ENTITIES = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
FAR = in_sheet(b"<sheetData>", b'<sheetData><row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>')
MANY_CELLS = b"<sheetData>" + (b"<row>" + b'<c t="n"><v>1</v></c>' * 90 + b"</row>") * (MOST_CELLS // 90 + 1)
ENCODED = "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16")


@pytest.mark.parametrize(
    ("content", "refusal", "facts"),
    [
        pytest.param(BOMB, TooLarge, {"of": "unpacked", "most": MOST_UNPACKED}, id="a zip bomb"),
        pytest.param(lying(BOMB), NotASpreadsheet, {}, id="a zip bomb that lies about its size"),
        pytest.param(in_sheet(b"<worksheet", ENTITIES), ForbiddenMarkup, {"part": SHEET}, id="lol"),
        pytest.param(
            rezipped(lambda _, part: part, {OTHER: ENCODED}), ForbiddenMarkup, {"part": OTHER}, id="utf16"
        ),
        pytest.param(FAR, TooManyRows, {"most": MOST_ROWS}, id="one cell at the far end"),
        pytest.param(
            in_sheet(b"<sheetData>", b'<sheetData><row r="1"><c r="ZZ1" t="n"><v>1</v></c></row>'),
            TooLarge, {"of": "columns", "most": 100}, id="one cell far to the right",
        ),
        pytest.param(in_sheet(b"<sheetData>", MANY_CELLS), TooLarge, {"of": "cells"}, id="too many cells"),
        pytest.param(in_sheet(b"</worksheet>", b""), NotASpreadsheet, {}, id="half a sheet"),
        pytest.param(in_sheet(b'r="A1"', b'r="11"'), NotASpreadsheet, {}, id="a cell without a place"),
        pytest.param(b"", NotASpreadsheet, {}, id="nothing"),
        pytest.param(b"PK\x03\x04 and so on", NotASpreadsheet, {}, id="the beginning of a zip"),
        pytest.param(b"\xd0\xcf\x11\xe0" * 200, NotASpreadsheet, {}, id="the old format, or one with a password"),
        pytest.param(saved(Workbook()).replace(b"xl/workbook.xml", b"xl/workbook.xmx"), NotASpreadsheet, {}, id="none"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_by_name(content: bytes, refusal: type[Refusal], facts: dict[str, object]) -> None:
    with pytest.raises(refusal) as refused:
        FILES.read_xlsx(content)
    assert facts.items() <= refused.value.facts.items()


def test_a_long_text_that_many_cells_share_is_counted_for_each() -> None:
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>' % (
        b"a" * 4000
    )
    many = b"<sheetData><row>" + b'<c t="s"><v>0</v></c>' * 90 + b"</row>"
    rows = b"<sheetData>" + (b"<row>" + b'<c t="s"><v>0</v></c>' * 90 + b"</row>") * 60
    content = rezipped(
        lambda name, part: part.replace(b"<sheetData>", rows) if "worksheets/" in name else part,
        {"xl/sharedStrings.xml": texts},
    )
    assert len(many) < len(content) < 50_000
    with pytest.raises(TooLarge):
        FILES.read_xlsx(content)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\xff\xfea\x00b", NotASpreadsheet),
        ("email,zone\nx,y".encode("utf-16-le"), NotASpreadsheet),
        ("email,local_name\r\nx,玉素甫\r\n".encode("gbk"), NotASpreadsheet),
        (b"a\n" * 400_000, TooManyRows),
        (b'a,"b', NotASpreadsheet),
        (b"a\n" * (MOST_ROWS + 3), TooManyRows),
        (b"," * 101 + b"a", TooLarge),
        (b"a" * (MOST_IN_A_CELL + 1), TooLarge),
    ],
)
def test_a_csv_that_is_none_or_too_large_is_refused(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        FILES.read_csv(content, "People")


@pytest.mark.parametrize(
    ("head", "refusal", "facts"),
    [
        ([*PEOPLE, "shoe_size"], UnknownColumns, {"columns": ["shoe_size"]}),
        ([*PEOPLE, "passport_number"], PassportColumn, {"columns": ["passport_number"]}),
        ([*PEOPLE, "护照号码"], PassportColumn, {"columns": ["column G"]}),
        (["bano@gilgit.example", "AB1234567"], UnknownColumns, {"columns": ["column A", "column B"]}),
        (list(PEOPLE)[1:], MissingColumns, {"columns": ["email"]}),
        ([*PEOPLE, "zone"], ColumnTwice, {"column": "zone"}),
        ([], MissingColumns, {"columns": ["email"]}),
    ],
)
def test_columns_have_to_be_those_of_the_sheet(
    head: list[str], refusal: type[Refusal], facts: dict[str, object]
) -> None:
    with pytest.raises(refusal) as refused:
        rows_of([FILES.read_csv(",".join(head).encode(), "People")])
    assert facts.items() <= refused.value.facts.items()


def test_a_sheet_of_another_name_is_refused() -> None:
    with pytest.raises(UnknownSheets) as refused:
        rows_of([Table("Payroll", ())])
    assert refused.value.facts["sheets"] == ["Payroll"]


def test_columns_may_stand_in_any_order_and_blank_lines_between() -> None:
    csv = b"sites,zone,language,local_name,passport_name,email\r\n,,,,,\r\ns,z,l,n,p,e\r\n"
    (row,) = rows_of([FILES.read_csv(csv, "People")])
    assert (row.cells["email"], row.cell("email"), row.cell("sites")) == ("e", "People!F3", "People!A3")


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_has_its_letters(place: int, name: str) -> None:
    assert letters(place) == name
