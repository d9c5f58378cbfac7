"""Files as clumsy people save them and hostile ones build them: the right values, or a refusal that says what to do."""

import io
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from chassis.kernel.errors import Refusal
from chassis.kernel.sheets import HiddenColumns, HiddenRows, NotASpreadsheet, TooLarge
from chassis.sheets import reading
from chassis.sheets.hidden import Hidden
from services.exchange.adapters.spreadsheets import SpreadsheetFiles
from services.exchange.application.importing.sheets import rows_of
from services.exchange.domain.importing_refusals import (
    CellsWithoutHeading,
    ColumnTwice,
    MissingColumns,
    NothingToImport,
    UnknownColumns,
)
from services.exchange.domain.importing_rows import Row
from tests.fakes.exchange import alliance_in_memory
from tests.unit.exchange.test_imports import BANO, checked, problems, started

FILES = SpreadsheetFiles()
HEAD, LINE = "email,local_name,sites", 'bano@gilgit.example,李伟,"Gilgit; Kashgar"'
SEMICOLONS = 'email;local_name;sites\r\nbano@gilgit.example;李伟;"Gilgit; Kashgar"\r\n'
SAID = {"email": "bano@gilgit.example", "local_name": "李伟", "sites": "Gilgit; Kashgar"}


def of_csv(content: bytes) -> list[Row]:
    return rows_of([FILES.read_csv(content, "People")])


def of_xlsx(content: bytes) -> list[Row]:
    return rows_of(FILES.read_xlsx(content))


def book(change: Callable[[Worksheet], Any] = lambda _: None) -> bytes:
    """A workbook of one person, changed."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "People"
    sheet.append(list(SAID))
    sheet.append(list(SAID.values()))
    change(sheet)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def rebuilt(change: Callable[[dict[str, bytes]], Any], content: bytes | None = None) -> bytes:
    """The same with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content or book())) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


SHEET, INDEX, BOOK = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"


def replacing(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], Any]:
    return lambda parts: parts.update({name: parts[name].replace(old, new)})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{HEAD}\n{LINE}\n".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(f"{HEAD}\r\n{LINE}\r\n".encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(b"\xfe\xff" + f"{HEAD}\r{LINE}\r".encode("utf-16-be"), id="UTF-16, the other end first"),
        pytest.param(SEMICOLONS.encode(), id="semicolons"),
        pytest.param(f"# {HEAD}\n{SEMICOLONS}".encode(), id="semicolons under a note with commas"),
        pytest.param(SEMICOLONS.replace(";", "\t").replace("\t K", "; K").encode("utf-16"), id="Excel's Unicode text"),
        pytest.param(f"{HEAD}\n{LINE}\n,,\n\n , ,\n,,\n".encode(), id="blank rows behind"),
        pytest.param(f" email , local_name,sites \n{LINE}".encode(), id="spaces around headings"),
        pytest.param(f'"email","local_name","sites"\n{LINE}'.encode(), id="quoted headings"),
    ],
)
def test_text_is_read_as_spreadsheet_programs_write_it(content: bytes) -> None:
    assert [dict(row.cells) for row in of_csv(content) if any(map(str.strip, row.cells.values()))] == [SAID]


@pytest.mark.parametrize(
    ("content", "refusal", "says"),
    [
        pytest.param(
            f"{HEAD}\n{LINE}".encode("gbk"),
            NotASpreadsheet,
            'line 2: it may be GBK, .*; save it as "CSV UTF-8"',
            id="GBK",
        ),
        pytest.param(
            f"{HEAD}\na@b.example,Müller,x".encode("cp1252"), NotASpreadsheet, "CSV UTF-8", id="Latin letters"
        ),
        pytest.param(f"{HEAD}\n{LINE}".encode("utf-16-le"), NotASpreadsheet, "UTF-16", id="UTF-16 without a mark"),
        pytest.param(
            b"\xff\xfe" + f"{HEAD}\n".encode("utf-16-le") + b"a", NotASpreadsheet, "UTF-8", id="half a letter"
        ),
        pytest.param(
            f'{HEAD}\na@b.example,"李伟,Gilgit\n'.encode(), NotASpreadsheet, "unexpected end", id="an open quote"
        ),
        pytest.param(f'{HEAD}\na@b.example,"李"伟",Gilgit\n'.encode(), NotASpreadsheet, "line 2", id="a quote within"),
        pytest.param(book(), NotASpreadsheet, "XLSX", id="an XLSX file taken for CSV"),
        pytest.param(b"", MissingColumns, "email", id="nothing"),
        pytest.param(b"\n\n,,,\n", MissingColumns, "email", id="blank rows alone"),
        pytest.param(f"{HEAD},email\n{LINE},x".encode(), ColumnTwice, "email", id="a heading twice"),
        pytest.param(HEAD.replace("email", "Email").encode(), UnknownColumns, "Email", id="a heading in capitals"),
        pytest.param(HEAD.replace("email", "ｅｍａｉｌ").encode(), UnknownColumns, "column A", id="a wide heading"),
        pytest.param(HEAD.replace("_", " ").encode(), UnknownColumns, "local name", id="a heading with a space"),
        pytest.param(
            HEAD.replace(",", "\u200b,").encode(), UnknownColumns, "column A", id="a heading with what nobody sees"
        ),
        pytest.param(f"sep=;\n{SEMICOLONS}".encode(), UnknownColumns, "column A", id="Excel's own first line"),
        pytest.param(("x," * 100_000).encode(), TooLarge, "columns", id="a hundred thousand columns"),
        pytest.param(f"{HEAD}\n{LINE}{',' * 100_000}x".encode(), TooLarge, "columns", id="a row of as many"),
        pytest.param(
            f"{HEAD}\n{'x' * 200_000}".encode(), NotASpreadsheet, "field limit", id="a cell beyond all limits"
        ),
        pytest.param(
            f"{HEAD}\na@b.example,Li, Wei,Gilgit".encode(), CellsWithoutHeading, "People!D2", id="a comma too many"
        ),
    ],
)
def test_text_that_cannot_be_read_as_it_was_meant_is_refused(content: bytes, refusal: type[Refusal], says: str) -> None:
    with pytest.raises(refusal, match=says):
        of_csv(content)


def test_headings_alone_are_nothing_to_import() -> None:
    for content in (HEAD.encode(), f"{HEAD}\n,,\n".encode()):
        with pytest.raises(NothingToImport):
            started(alliance_in_memory(), content, sheet="People")


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b"])
def test_characters_that_control_are_refused_in_prose_too(character: str) -> None:
    row = BANO | {"local_name": f"شاہدہ{character}بانو"}
    alliance = alliance_in_memory()
    assert problems(checked(alliance, People=[row])) == [("People!C3", "InvisibleCharacter")]
    (read,) = of_csv(f"{HEAD}\na@b.example,{row['local_name']},x".encode())
    assert read.cells["local_name"] == row["local_name"], "it is told by its cell, and not left out on the way"


def in_1904(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.epoch = CALENDAR_MAC_1904
    sheet["B2"] = date(2026, 6, 1)


def rich(sheet: Worksheet) -> None:
    sheet["B2"] = CellRichText("李", TextBlock(InlineFont(b=True), "伟"))


def far_below(sheet: Worksheet) -> None:
    for number in range(3, 3_000):
        sheet.cell(number, 1).font = Font(bold=True)


def empty_and_hidden(sheet: Worksheet) -> None:
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["F"].hidden = True


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXTS = b'<sst xmlns="%s"><si><t>%s</t><rPh sb="0" eb="1"><t>Li</t></rPh></si></sst>'


def spelled_out(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = TEXTS % (MAIN, "李伟".encode())
    old = '<c r="B2" t="inlineStr"><is><t>李伟</t></is></c>'.encode()
    assert old in parts[SHEET]
    parts[SHEET] = parts[SHEET].replace(old, b'<c r="B2" t="s"><v>0</v></c>')


def with_macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"sheet.main+xml", b"macroEnabled.main+xml")


LINK = b'<externalLink xmlns="%s"/>' % MAIN


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(book(in_1904), "2026-06-01", id="days counted from 1904"),
        pytest.param(book(rich), "李伟", id="a word in bold"),
        pytest.param(rebuilt(spelled_out), "李伟", id="how it is spoken, above it"),
        pytest.param(book(far_below), "李伟", id="blank rows with a format"),
        pytest.param(book(empty_and_hidden), "李伟", id="hidden rows and columns that say nothing"),
        pytest.param(
            book(lambda sheet: setattr(sheet.auto_filter, "ref", "A1:C2")), "李伟", id="a filter that hides none"
        ),
        pytest.param(rebuilt(with_macros), "李伟", id="macros, which nothing here runs"),
        pytest.param(
            rebuilt(lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": LINK})), "李伟", id="a link"
        ),
        pytest.param(
            rebuilt(replacing(SHEET, b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')),
            "李伟",
            id="a size that is not true",
        ),
        pytest.param(
            rebuilt(lambda parts: parts.update({"xl/worksheets/SHEET1.xml": b"<a/>"})), "李伟", id="a part twice"
        ),
        pytest.param(book(lambda sheet: sheet.__setitem__("B2", 46174)), "46174", id="a number is no day"),
        pytest.param(book(lambda sheet: sheet.__setitem__("B2", "۱۲")), "۱۲", id="digits of Urdu stay what they are"),
    ],
)
def test_a_workbook_is_read_as_who_opens_it_sees_it(content: bytes, name: str) -> None:
    assert [dict(row.cells) for row in of_xlsx(content)] == [SAID | {"local_name": name}]


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:C2"
    sheet.auto_filter.add_filter_column(0, ["somebody else"])
    hide_row(sheet)


def hide_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("B", "C", hidden=True)


def rows_apart(parts: dict[str, bytes]) -> None:
    """The cells of the second row stand in the first, and a second row that is hidden in the end."""
    parts[SHEET] = parts[SHEET].replace(b'</row><row r="2">', b"").replace(
        b"</sheetData>", b'<row r="2" hidden="1"/></sheetData>'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "refusal", "facts"),
    [
        pytest.param(book(hide_row), HiddenRows, {"rows": ["People!2"], "more": 0}, id="a row"),
        pytest.param(book(filtered), HiddenRows, {"rows": ["People!2"]}, id="a row that a filter leaves out"),
        pytest.param(rebuilt(rows_apart), HiddenRows, {"rows": ["People!2"]}, id="a row told of elsewhere"),
        pytest.param(
            book(lambda sheet: setattr(sheet.row_dimensions[2], "height", 0.5)), HiddenRows, {}, id="no height"
        ),
        pytest.param(
            rebuilt(replacing(SHEET, b'defaultRowHeight="15"', b'defaultRowHeight="0"')),
            HiddenRows,
            {},
            id="no height of any",
        ),
        pytest.param(book(hide_columns), HiddenColumns, {"columns": ["People!B", "People!C"]}, id="columns"),
        pytest.param(
            book(lambda sheet: setattr(sheet.column_dimensions["B"], "width", 0.1)), HiddenColumns, {}, id="no width"
        ),
        pytest.param(
            rebuilt(replacing(SHEET, b"baseColWidth", b'defaultColWidth="0" baseColWidth')),
            HiddenColumns,
            {"columns": ["People!A", "People!B", "People!C"]},
            id="no width of any",
        ),
    ],
)
def test_what_nobody_sees_who_opens_the_file_is_refused_by_its_place(
    content: bytes, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        of_xlsx(content)
    assert facts.items() <= refused.value.facts.items()


def test_without_the_look_at_rows_and_columns_they_would_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hidden, "row", lambda *_: None)
    monkeypatch.setattr(Hidden, "column", lambda *_: None)
    assert [len(of_xlsx(book(change))) for change in (hide_row, filtered, hide_columns)] == [1, 1, 1]


def test_of_a_great_many_hidden_rows_a_few_are_named() -> None:
    def many(sheet: Worksheet) -> None:
        for number in range(3, 33):
            sheet.append(["x"])
            sheet.row_dimensions[number].hidden = True

    with pytest.raises(HiddenRows) as refused:
        of_xlsx(book(many))
    assert (len(refused.value.facts["rows"]), refused.value.facts["more"]) == (10, 20)


EVIL = b'<worksheet xmlns="%s"><sheetData><row><c r="A1"><f>1</f><v>1</v></c></row></sheetData></worksheet>' % MAIN


def index(target: str, part: str) -> Callable[[dict[str, bytes]], Any]:
    """The index names the sheet so, and a part of that very name says something else."""

    def change(parts: dict[str, bytes]) -> None:
        replacing(INDEX, b"/xl/worksheets/sheet1.xml", target.encode())(parts)
        parts[part] = EVIL

    return change


TWICE = b'<sheet xmlns:q="%s" name="People" sheetId="9" q:id="rId1"/></sheets>' % OFFICE


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (lambda parts: parts.update({"xl/worksheets/SHEET1.xml": EVIL}), SAID),
        (index("worksheets/./sheet1.xml", "xl/worksheets/./sheet1.xml"), SAID),
        (index("../xl/worksheets/sheet1.xml", "xl/../xl/worksheets/sheet1.xml"), SAID),
        (index("xl/worksheets/sheet1.xml", "xl/xl/worksheets/sheet1.xml"), None),
        (index("worksheets/sheet1.bin", "xl/worksheets/sheet1.bin"), None),
        (index("worksheets/nowhere.xml", "xl/worksheets/sheet2.xml"), None),
        (replacing(BOOK, b"</sheets>", TWICE), None),
    ],
)
def test_no_part_is_read_but_the_one_that_was_looked_through(
    change: Callable[[dict[str, bytes]], Any], read: dict[str, str] | None
) -> None:
    try:
        assert [dict(row.cells) for row in of_xlsx(rebuilt(change))] == [read]
    except (NotASpreadsheet, UnknownColumns):
        assert read is None


@pytest.mark.parametrize(
    ("content", "refusal", "says"),
    [
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, NotASpreadsheet, "an XLS file", id="XLS renamed"
        ),
        pytest.param(
            rebuilt(lambda parts: parts.update(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
            NotASpreadsheet,
            "an ODS file; save it as XLSX",
            id="ODS renamed",
        ),
        pytest.param(
            rebuilt(lambda parts: parts.pop(BOOK)), NotASpreadsheet, "save it as XLSX", id="another Office file"
        ),
        pytest.param(HEAD.encode(), NotASpreadsheet, "no XLSX file", id="CSV taken for XLSX"),
        pytest.param(
            book(lambda sheet: sheet.__setitem__("E9", "Ask Bano")),
            CellsWithoutHeading,
            "People!E9",
            id="a note beside the table",
        ),
        pytest.param(
            book(lambda sheet: sheet.__setitem__("B2", 653101199001011234)),
            TooLarge,
            "number",
            id="a number that is not exact any more",
        ),
        pytest.param(
            rebuilt(
                replacing(
                    SHEET,
                    b'<c r="A2" t="inlineStr"><is><t>bano@gilgit.example</t></is></c>',
                    b'<c r="A2"><v>NaN</v></c>',
                )
            ),
            NotASpreadsheet,
            "a number that is none",
            id="no number",
        ),
    ],
)
def test_a_file_that_is_no_plain_workbook_is_refused_with_what_to_do(
    content: bytes, refusal: type[Refusal], says: str
) -> None:
    with pytest.raises(refusal, match=says):
        of_xlsx(content)


def before_all_days(sheet: Worksheet) -> None:
    sheet["B2"] = -999999999999
    sheet["B2"].number_format = "yyyy-mm-dd"


def test_a_failure_of_the_reader_is_a_refusal_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotASpreadsheet, match="makes no sense"):
        of_xlsx(book(before_all_days))
    monkeypatch.setattr(reading, "no_panic", nullcontext)
    with pytest.raises(BaseException, match="out of bounds") as failed:
        of_xlsx(book(before_all_days))
    assert not isinstance(failed.value, Exception), "no handler of exceptions would catch it"


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_a_cell_in_which_something_failed_is_not_taken_for_an_empty_one(error: str) -> None:
    def failed(sheet: Worksheet) -> None:
        sheet["B2"] = error
        sheet["B2"].data_type = "e"

    (row,) = of_xlsx(book(failed))
    assert (row.formulas, row.cells["local_name"]) == (("local_name",), error)


def test_a_formula_is_known_as_one_whatever_it_came_to_when_the_file_was_saved() -> None:
    for formula in (b"<f>1+1</f><v>2</v>", b'<f t="shared" si="0"/><v>2</v>', b"<v>2</v><f>[1]Other!A1</f>"):
        old = '<c r="B2" t="inlineStr"><is><t>李伟</t></is></c>'.encode()
        (row,) = of_xlsx(rebuilt(replacing(SHEET, old, b'<c r="B2">' + formula + b"</c>")))
        assert row.formulas == ("local_name",)
