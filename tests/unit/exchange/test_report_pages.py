"""What stands on the annual report's pages and sheets, in each language, read back from the files."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from chassis.kernel.decision import Decision
from contracts.words import CooperationKind, Language, OutcomeType, VisitState
from services.exchange.adapters.reports import PrintedReports
from services.exchange.adapters.reports.appendix import compressed
from services.exchange.adapters.reports.naming import Naming
from services.exchange.adapters.reports.wording import labels, outcomes, prose, sheets, words
from services.exchange.adapters.reports.workbook import Workbook
from services.exchange.domain.cost_sharing import Kind, Payer
from services.exchange.domain.reporting.chapters import chapters
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.report import SITE, Asked, Subject
from services.exchange.domain.tracks.definitions import DEFINITIONS
from tests.alliance import ADMIN, START, YEAR
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.reported_year import LAST, ReportedYear
from tests.unit.exchange.reading_reports import account, fetched, read

LANGUAGES = get_args(Language)
WORDINGS: list[Mapping[str, words.Texts]] = [
    words.STATES, words.KIND, words.FIELDS, words.LINES, words.PAYER, words.STEPS, words.STEP_STATES, words.FLAGS,
    outcomes.OUTCOME_TYPES, labels.CHAPTERS, labels.TABLES, labels.SIDES, labels.MEASURES, sheets.SHEETS,
    sheets.SHEET_NOTES, sheets.COLUMNS, sheets.HOW, prose.PROSE,
]  # fmt: skip
NAMED = {"en": "=Kashgar <b>&", "zh": "喀什", "ur": "کاشغر"}


@pytest.fixture(scope="module")
def lived() -> ReportedYear:
    year = ReportedYear(alliance_in_memory(years=2))
    year.lived()
    year.line("a", "travel", "USD", "99.95")
    year.at(LAST, 6)
    kept = year.alliance.exchange.stores.sites
    loaded = kept.load(year.alliance.host)
    kept.save(loaded, Decision(replace(loaded.state, names=NAMED), what="named"), year.alliance.context(ADMIN))  # type: ignore[arg-type]
    return year


@pytest.fixture(scope="module")
def told(lived: ReportedYear) -> dict[str, Account]:
    return {language: account(lived, lived.report(language=language)) for language in LANGUAGES}


def xlsx(lived: ReportedYear, language: str) -> bytes:
    assert isinstance(lived.alliance, AllianceInMemory)
    return fetched(lived.alliance, lived.report(language=language))


def test_every_word_stands_in_three_languages() -> None:
    for wording in WORDINGS:
        for word, texts in wording.items():
            assert all(texts), word
            assert len(set(texts)) == 3, word


def test_every_word_of_the_field_has_its_text() -> None:
    assert words.STATES.keys() == set(get_args(VisitState))
    assert words.KIND.keys() == set(get_args(CooperationKind))
    assert words.LINES.keys() == set(get_args(Kind))
    assert words.PAYER.keys() == set(get_args(Payer))
    assert words.STEPS.keys() == {definition.name for definition in DEFINITIONS}
    assert outcomes.OUTCOME_TYPES.keys() == set(get_args(OutcomeType))


def test_every_chapter_table_side_and_column_has_its_title() -> None:
    whole = chapters(Asked(Subject(SITE, "sit_1"), YEAR, date(YEAR, 3, 2), "UTC", START, "en", "CNY"), consults=True)
    plans = [plan for chapter in whole for plan in chapter.plans]
    assert labels.CHAPTERS.keys() == {chapter.code for chapter in whole}
    assert labels.TABLES.keys() == {plan.code for plan in plans}
    assert labels.SIDES.keys() >= {side for plan in plans for side in plan.by}
    assert labels.MEASURES.keys() == {measure.name for plan in plans for measure in plan.measures}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sheet_has_two_columns_of_one_name(told: dict[str, Account], language: str) -> None:
    found = told[language]
    pages = list(Workbook(found, Naming(found)).pages("now"))
    assert len({page.name for page in pages}) == len(pages) == 8
    assert [len(page.columns) for page in pages] == [2, 10, 12, 24, 7, 10, 14, 5]
    assert all(len(page.name) <= 31 and not set(page.name) & set("[]:*?/\\") for page in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_run_as_the_language_does(lived: ReportedYear, language: str) -> None:
    book = load_workbook(io.BytesIO(xlsx(lived, language)))
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {language == "ur"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_a_sheet_is_one_page_wide_and_every_page_has_its_headings(lived: ReportedYear, language: str) -> None:
    for sheet in load_workbook(io.BytesIO(xlsx(lived, language))):
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, None, 0)
        assert sheet.print_title_rows == "$2:$2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_screen_headings_stay_and_sift_and_no_text_runs_into_its_neighbour(
    lived: ReportedYear, language: str
) -> None:
    for sheet in load_workbook(io.BytesIO(xlsx(lived, language))):
        assert sheet.freeze_panes == "A3"
        assert sheet.auto_filter.ref == sheet.dimensions.replace("A1", "A2")
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
        assert all(cell.alignment.wrap_text for cell in cells)
        assert {cell.alignment.readingOrder for cell in cells} == {2 if language == "ur" else 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_report_computes(lived: ReportedYear, language: str) -> None:
    book = load_workbook(io.BytesIO(xlsx(lived, language)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    evil = [cell for cell in cells if str(cell.value).startswith("=")]
    assert bool(evil) == (language == "en")
    assert all(cell.quotePrefix for cell in evil)


def test_amounts_are_numbers_to_the_last_digit(lived: ReportedYear) -> None:
    money = read(xlsx(lived, "en"))["Money"].rows
    assert {Decimal(str(row["Budgeted"])) for row in money} >= {
        Decimal("2100.1"),
        Decimal("85000.55"),
        Decimal("99.95"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_of_one_language_with_every_figure_and_its_code(told: dict[str, Account], language: str) -> None:
    found = told[language]
    page = PrintedReports().page(found, "ALI, KARIM", START)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}">' in page
    naming = Naming(found)
    for table in found.tables:
        assert naming.table(table) in page
        for line in table.lines:
            assert f">{line.code}</td>" in page
    assert NAMED[language] in page or "=Kashgar &lt;b&gt;&amp;" in page
    assert "<b>&" not in page


def test_the_appendix_names_every_document_that_counts(told: dict[str, Account]) -> None:
    found = told["en"]
    page = PrintedReports().page(found, "ALI, KARIM", START)
    appendix = page[page.index('<section class="appendix">') :]
    named = [each for each in found.rows if each.row.sheet in ("promises", "visits", "outcomes")]
    assert len(named) == 10
    for each in named:
        assert each.row.id in appendix
    whole = {code for each in found.rows for code in each.codes}
    lines = {code[:-1] for code in whole}
    assert all(f"{line}" in appendix for line in lines)


def test_codes_are_written_short() -> None:
    assert compressed(["A1.1a", "A1.1c", "B2.10b"]) == "A1.1ac B2.10b"


def test_months_stay_in_their_language_whichever_was_told_before(told: dict[str, Account]) -> None:
    april = [Naming(told[language]).value("month", 4) for language in ("en", "zh", "ur", "en")]
    assert april == ["April", "四月", "اپریل", "April"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_days_are_the_locales(told: dict[str, Account], language: str) -> None:
    naming = Naming(told[language])
    assert naming.number(Decimal("1234567.50")) == "1,234,567.50"
    assert naming.number(Decimal("0.5")) == "0.5"
    day = {"en": "6 April 2026", "zh": "2026年4月6日", "ur": "6 اپریل، 2026"}
    assert naming.day(date(2026, 4, 6)) == day[language]


@pytest.mark.parametrize(("language", "font"), [("zh", "NotoSerifCJK"), ("ur", "NotoNastaliqUrdu")])
def test_every_font_is_embedded_and_urdu_is_set_in_nastaliq(told: dict[str, Account], language: str, font: str) -> None:
    reader = PdfReader(io.BytesIO(PrintedReports().pdf(told[language], "ALI, KARIM", START)))
    fonts = [each.get_object() for each in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    names = [str(each["/BaseFont"]).replace("-", "").replace("_", "") for each in fonts]
    assert any(font in name for name in names), names
    for each in fonts:
        (descendant,) = [one.get_object() for one in each["/DescendantFonts"]]
        assert descendant["/FontDescriptor"].get_object().keys() & {"/FontFile2", "/FontFile3"}
    assert len(reader.pages) > 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_table_stands_whole_on_one_page(told: dict[str, Account], language: str) -> None:
    reader = PdfReader(io.BytesIO(PrintedReports().pdf(told[language], "ALI, KARIM", START)))
    # In the tables a line's code stands without a column's letter.
    on = [set(re.findall(r"[A-E]\d\.\d+(?![\da-z])", page.extract_text())) for page in reader.pages]
    for table in told[language].tables:
        codes = {line.code for line in table.lines}
        assert any(codes <= found for found in on), table.plan.code


def test_each_page_says_which_it_is_and_the_report_when_how_and_by_whom(told: dict[str, Account]) -> None:
    reader = PdfReader(io.BytesIO(PrintedReports().pdf(told["en"], "ALI, KARIM", START)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "by ALI, KARIM" in text
        assert "on 20 November 2026 at 11:30 (Asia/Karachi); the day was not over" in text
        assert "Memorandum" in text
    assert "No rate from USD → CNY was entered for 6 April 2026 or before." in pages[0]


def test_no_person_is_named_but_who_asked(lived: ReportedYear, told: dict[str, Account]) -> None:
    people = [each.state.passport_name for each in lived.alliance.exchange.stores.people.all()]
    cells = {str(value) for sheet in read(xlsx(lived, "en")).values() for row in sheet.rows for value in row.values()}
    assert people
    assert not cells & set(people)
