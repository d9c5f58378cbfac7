"""Sheets of outcomes: CSV as programs write it, and XLSX that people have worked on."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from chassis.kernel.errors import Refusal
from chassis.kernel.sheets import HiddenRows, MergedCells, NotASpreadsheet, TooLarge
from services.research.adapters.references.sheet_table import DETAILS
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.references import Reference
from services.research.domain.references_refusals import NotReferences
from tests.unit.research.detailed import TOLD
from tests.unit.research.references import FILES
from tests.unit.research.references_read import names, only, records, remarks, reports, titles

TABLE = 'title;type;details.year;Contributors;Notes;bibtex:keywords\nA;;2006;"Bano, S.; Ali, I. [editor]";n;k\n'


def book(change: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in (["title", "type", "details.year"], ["A", "publication", 2006], ["B", "publication", 2007]):
        sheet.append(row)
    change(sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_whatever_separates_its_cells(separator: str, encoding: str) -> None:
    told = TABLE.replace(";", separator).replace(f"S.{separator}", "S.;")
    found = only("csv", told.encode(encoding))
    assert (found.title, found.details) == ("A", {"year": 2006})
    assert found.also == {"sheet:Notes": "n", "bibtex:keywords": "k"}


def test_contributors_stand_in_one_cell_with_role_and_orcid() -> None:
    found = only(
        "csv", 'title,contributors\nA,"Bano, S.; Ali, I. [editor] <https://orcid.org/0000-0002-1825-0097>; X [guest]"\n'
    )
    assert names(found) == [("Bano, S.", "author"), ("Ali, I.", "editor"), ("X [guest]", "author")]
    assert found.contributors[1].orcid == "https://orcid.org/0000-0002-1825-0097"


@pytest.mark.parametrize("outcome_type", FIELDS_OF)
@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_every_field_of_every_type_has_a_column(name: str, outcome_type: str) -> None:
    told = Reference("a", outcome_type, "T", details=TOLD[outcome_type])
    written = FILES.write(name, [told])
    assert records(name, written) == [told]
    if name == "csv":
        assert "khunjerab" not in written.decode("utf-8-sig").splitlines()[0]


def test_the_columns_are_those_of_the_types() -> None:
    assert {each.removeprefix("details.") for each in DETAILS} == {
        field for fields in FIELDS_OF.values() for field in fields
    }


def test_a_row_that_makes_no_sense_is_reported_and_its_neighbours_are_kept() -> None:
    told = "title,type,details.year\nA,,2006\nB,nonsense,\n,award,\nC,award,2006,lost\nD,publication,soon\n"
    assert titles("csv", told) == ["A", "D"]
    assert reports("csv", told) == [
        ("row 3", "", "UnknownType"),
        ("row 4", "", "NoTitle"),
        ("row 5, D", "", "CellsWithoutHeading"),
    ]
    found = records("csv", told)[-1]
    assert isinstance(found, Reference)
    assert (found.also, remarks(found)) == ({"sheet:details.year": "soon"}, [("sheet:details.year", "NotANumber")])


@pytest.mark.parametrize("told", ["name,type\nA,award\n", "title,title\nA,B\n", "title\n", ""])
def test_a_table_that_is_none_of_outcomes_is_refused(told: str) -> None:
    with pytest.raises(NotReferences):
        records("csv", told)


def test_a_quote_that_never_ends_would_swallow_records_and_is_refused_with_its_line() -> None:
    with pytest.raises(NotASpreadsheet, match="line"):
        records("csv", 'title\n"A\nB\nC\n')


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'=1", "\t=1", '=HYPERLINK("https://a.example")']
)
def test_text_that_a_program_would_compute_is_computed_nowhere_and_comes_back_as_it_was(text: str) -> None:
    told = Reference("a", "publication", f"T{text}", summary=text.strip(), also={"sheet:Notes": text.strip()})
    cells = FILES.write("csv", [told]).decode("utf-8-sig").splitlines()[1].split(",")
    assert not [cell for cell in cells if cell.strip('"')[:1] in tuple("=+-@\t＝")]
    sheet = load_workbook(io.BytesIO(FILES.write("xlsx", [told]))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    for name in ("csv", "xlsx"):
        assert records(name, FILES.write(name, [told])) == [told]


def test_a_workbook_is_read() -> None:
    assert [each.details for each in records("xlsx", book()) if isinstance(each, Reference)] == [
        {"year": 2006},
        {"year": 2007},
    ]


def test_a_cell_that_computes_is_reported_and_the_other_rows_are_kept() -> None:
    def computes(sheet: Worksheet) -> None:
        sheet["C2"] = "=2000+6"

    assert titles("xlsx", book(computes)) == ["B"]
    assert reports("xlsx", book(computes)) == [("row 2, C", "", "FormulaInCell")]


def hides(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def merges(sheet: Worksheet) -> None:
    sheet.merge_cells("A2:B2")


def adds(sheet: Worksheet) -> None:
    assert sheet.parent
    sheet.parent.create_sheet("More").append(["title"])


@pytest.mark.parametrize(("change", "refusal"), [(hides, HiddenRows), (merges, MergedCells), (adds, NotReferences)])
def test_what_nobody_sees_or_can_tell_is_refused(change: Callable[[Worksheet], None], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        records("xlsx", book(change))


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(NotASpreadsheet):
        records("xlsx", b"PK\x03\x04 nothing")


def test_a_text_that_no_cell_takes_is_refused_and_not_cut() -> None:
    with pytest.raises(TooLarge):
        FILES.write("xlsx", [Reference("a", "publication", "T", summary="x" * 40_000)])
