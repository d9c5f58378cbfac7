"""How the annual report's pages and sheets tell of consultations, in each language, read back from the files."""

import io
import re
from collections.abc import Callable
from typing import get_args

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from contracts.words import Language
from services.exchange.adapters.reports import PrintedReports
from services.exchange.adapters.reports.naming import Naming
from services.exchange.adapters.reports.wording import meeting
from services.exchange.adapters.reports.workbook import Workbook
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.conferring import ACTION_STATES, SESSION_STATES
from tests.alliance import START
from tests.met_year import MetYear
from tests.unit.exchange.reading_reports import account, fetched

LANGUAGES = get_args(Language)


@pytest.fixture(scope="module")
def told(lived: MetYear) -> Callable[..., Account]:
    return lambda language="en", **asked: account(lived, lived.report(language=language, **asked))


def test_every_state_of_a_session_and_an_action_has_its_text() -> None:
    assert meeting.STATES.keys() == {*SESSION_STATES, *ACTION_STATES} - {"entered-in-error"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_three_sheets_more_and_none_has_two_columns_of_one_name(
    told: Callable[..., Account], language: str
) -> None:
    found = told(language)
    pages = list(Workbook(found, Naming(found)).pages("now"))
    assert len({page.name for page in pages}) == len(pages) == 10
    assert [len(page.columns) for page in pages[-3:]] == [24, 10, 11]
    assert [len(page.columns) for page in pages[:-3]] == [2, 10, 13, 24, 7, 10, 14]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_print_one_page_wide_run_as_the_language_does_and_compute_nothing(
    lived: MetYear, language: str
) -> None:
    book = load_workbook(io.BytesIO(fetched(lived.alliance, lived.report(language=language))))
    for sheet in book.worksheets[-3:]:
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$2:$2")
        assert bool(sheet.sheet_view.rightToLeft) == (language == "ur")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    evil = [cell for cell in cells if str(cell.value).startswith("=")]
    assert evil
    assert all(cell.quotePrefix and cell.data_type == "s" for cell in evil)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_table_stands_whole_on_one_page(told: Callable[..., Account], language: str) -> None:
    found = told(language)
    reader = PdfReader(io.BytesIO(PrintedReports().pdf(found, "ALI, KARIM", START)))
    on = [set(re.findall(r"[FG]\d\.\d+(?![\da-z])", page.extract_text())) for page in reader.pages]
    for table in (*found.chapters["F"], *found.chapters["G"]):
        codes = {line.code for line in table.lines}
        assert any(codes <= page for page in on), table.plan.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_table_and_says_how_to_read_it(told: Callable[..., Account], language: str) -> None:
    found = told(language)
    page, naming = PrintedReports().page(found, "ALI, KARIM", START), Naming(found)
    for table in (*found.chapters["F"], *found.chapters["G"]):
        assert naming.table(table) in page
    assert naming.say("reading-consultations") in page
    assert page.count('<div class="tile">') == 4


def test_the_appendix_names_every_consultation_with_all_that_hangs_on_it(
    told: Callable[..., Account], lived: MetYear
) -> None:
    page = PrintedReports().page(told(), "ALI, KARIM", START)
    appendix = page[page.index('<section class="appendix">') :]
    for consultation in lived.met.values():
        assert consultation in appendix
    assert "2026-03-12 – 2026-04-09 · sessions: 5 · \u2068=Round of the liver\u2069" in appendix
    assert "G3.0abcdef" in appendix, "its actions count with it"


def test_what_others_promised_each_other_is_named_by_what_was_talked_about(
    told: Callable[..., Account], lived: MetYear
) -> None:
    found = told(site_id=lived.alliance.sites["hotan"])
    (line, _) = next(table for table in found.tables if table.plan.code == "F2").lines
    assert Naming(found).value("condition", line.key[0]) == "Consultation · Liver echinococcosis"
