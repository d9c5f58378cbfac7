"""Files of agreements as spreadsheet programs and ill will make them: refused by name and cell, and nothing written."""

import io
import zipfile
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from chassis.kernel.errors import Refusal
from chassis.kernel.sheets import HiddenSheets, MergedCells, NotASpreadsheet, TooLarge, TooManyRows
from services.exchange.adapters.spreadsheets import SpreadsheetFiles
from services.exchange.application.importing.limits import MOST_BYTES, MOST_ROWS, MOST_SHEETS
from services.exchange.application.importing.sheets import SHEETS
from services.exchange.domain.importing_refusals import ColumnTwice, MissingColumns, UnknownColumns
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imported_agreements import OUTCOME, TRAINING, by_manager
from tests.unit.exchange.test_imports import preview, problems, started, work

FILES = SpreadsheetFiles()


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def book(*rows: dict[str, str], change: Callable[[Worksheet], Any] = lambda _: None) -> bytes:
    """A workbook as a person makes it, changed."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Agreements"
    sheet.append(list(TRAINING))
    for row in rows or (TRAINING,):
        sheet.append([row[name] for name in TRAINING])
    change(sheet)
    return saved(made)


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def hidden(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("People")
    other.append(["email"])
    other.sheet_state = "veryHidden"


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


HEAD = ",".join(TRAINING)
LINE = ",".join(f'"{cell}"' for cell in TRAINING.values())


@pytest.mark.parametrize(
    ("content", "sheet", "refusal", "facts"),
    [
        (book(change=lambda sheet: sheet.merge_cells("A2:A3")), None, MergedCells, {"cells": ["Agreements!A2:A3"]}),
        (book(change=hidden), None, HiddenSheets, {"sheets": ["People"]}),
        (book(*[TRAINING] * (MOST_ROWS + 1)), None, TooManyRows, {"most": MOST_ROWS}),
        (zipped(bomb=b"\0" * (17 << 20)), None, TooLarge, {"of": "unpacked"}),
        (b"\0" * (MOST_BYTES + 3), None, TooLarge, {"of": "file"}),
        (f"{HEAD}\n{LINE}".encode("gbk"), "Agreements", NotASpreadsheet, {}),
        (f"{HEAD}\n{LINE}".encode("utf-16-le"), "Agreements", NotASpreadsheet, {}),
        (f"{HEAD}\n{LINE}".encode("utf-16-be"), "Agreements", NotASpreadsheet, {}),
        (f"{HEAD},kind\n{LINE},x".encode(), "Agreements", ColumnTwice, {"column": "kind"}),
        (f"{HEAD.replace('kind,', '')}\n{LINE}".encode(), "Agreements", MissingColumns, {"columns": ["kind"]}),
        (
            f"{HEAD.replace('kind', 'ｋｉｎｄ')}\n{LINE}".encode(),
            "Agreements",
            UnknownColumns,
            {"columns": ["column H"]},
        ),
        (LINE.encode(), "Agreements", UnknownColumns, {}),
    ],
)
def test_what_is_no_plain_sheet_is_refused_by_name_before_anything_is_kept(
    alliance: AllianceInMemory, content: bytes, sheet: str | None, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        started(alliance, content, alliance.manager, sheet=sheet)
    assert facts.items() <= refused.value.facts.items()
    assert (alliance.memory.fake_imports.kept, len(alliance.memory.fake_agreements.kept)) == ({}, 1)


def test_a_byte_order_mark_is_no_part_of_the_first_heading(alliance: AllianceInMemory) -> None:
    content = b"\xef\xbb\xbf" + f"{HEAD}\r\n{LINE}\r\n".encode()
    receipt = started(alliance, content, alliance.manager, sheet="Agreements")
    work(alliance, receipt.id)
    assert preview(alliance, receipt.id)["counts"] == {"Agreements": {"new": 1}}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_text_that_looks_like_a_formula_is_text_on_the_way_in_and_none_on_the_way_out(
    alliance: AllianceInMemory, sign: str
) -> None:
    note = f"{sign}cmd|' /C calc'!A0"
    view = by_manager(alliance, TRAINING | {"note": note})
    assert view["problems"] == []
    page = FILES.read_csv(FILES.write_csv(page_of(TRAINING | {"note": note})), "Agreements")
    assert note in page.lines[1].cells
    assert f"'{sign}cmd".encode() in FILES.write_csv(page_of(TRAINING | {"note": note}))


def page_of(row: dict[str, str]) -> Any:
    return SHEETS["Agreements"].page([row])


def test_a_cell_that_computes_is_refused_whatever_it_would_come_to(alliance: AllianceInMemory) -> None:
    rows = [row | {"note": "Plain"} for row in (TRAINING, OUTCOME)]
    content = book(*rows, change=lambda sheet: sheet.cell(3, 12, "=6*6"))
    receipt = started(alliance, content, alliance.manager)
    work(alliance, receipt.id)
    found = preview(alliance, receipt.id)
    assert (problems(found), found["counts"]) == ([("Agreements!L3", "FormulaInCell")], {"Agreements": {"wrong": 2}})


@pytest.mark.parametrize(
    "day", ["1/6/2026", "01.06.2026", "2026/06/01", "2026年6月1日", "June 1, 2026", "20260601", "46174", "2026-6-1",
            "２０２６-０６-０１", "2026-02-30", "2026-06-01T00:00:00", "\u200f2026-06-01", "۲۰۲۶-۰۶-۰۱", ""]
)  # fmt: skip
def test_a_day_is_written_in_one_way_alone(alliance: AllianceInMemory, day: str) -> None:
    found = problems(by_manager(alliance, TRAINING | {"in_effect_until": day}))
    assert found in ([("Agreements!F3", "NotADay")], [("Agreements!F3", "InvisibleCharacter")])


@pytest.mark.parametrize("number", ["６", "٦", "6.0", "6,0", "1e3", " 6", "6 visits", "+6", "-6", "", "9" * 30])
def test_a_number_is_written_in_plain_digits_alone(alliance: AllianceInMemory, number: str) -> None:
    assert problems(by_manager(alliance, TRAINING | {"visits_per_year": number})) == [
        ("Agreements!L3", "InvalidCommand")
    ]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def rebuilt(sheet: str) -> bytes:
    """A workbook whose one sheet is this."""
    with zipfile.ZipFile(io.BytesIO(book())) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    return zipped(**parts)


def test_many_formulas_cost_no_more_than_many_cells() -> None:
    row = "<row>" + "<c><f>1</f></c>" * 90 + "</row>"
    few, many = (rebuilt(SHEET.format(row * rows)) for rows in (1, 3_000))
    FILES.read_xlsx(few)
    before = process_time()
    with pytest.raises(TooLarge):
        FILES.read_xlsx(many)
    assert process_time() - before < 10


def test_far_more_sheets_than_there_are_kinds_are_not_read() -> None:
    made = Workbook()
    for _ in range(MOST_SHEETS):
        made.create_sheet()
    with pytest.raises(TooLarge) as refused:
        FILES.read_xlsx(saved(made))
    assert refused.value.facts == {"of": "sheets", "most": MOST_SHEETS}
