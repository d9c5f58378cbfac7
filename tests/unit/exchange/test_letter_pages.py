"""What stands on a letter, read back from the PDF."""

import io

import pytest
from pypdf import PdfReader

from services.exchange.adapters.letters import PdfLetters
from services.exchange.domain.letter import Letter
from tests.unit.exchange.given_letter import KASHGAR, letter


def read(one: Letter) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(PdfLetters("https://pages.example/").pdf(one, "AB1234567")))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def chinese() -> tuple[PdfReader, str]:
    return read(letter())


@pytest.mark.parametrize(
    "words",
    [
        "BANO, SHAHIDA",
        "Female",
        "29 February 1988",
        "1988年2月29日",
        "AB1234567",
        "Ultrasound staging of <cystic> echinococcosis & surgery",
        "6 April 2026 to 24 April 2026",
        "喀什地区第一人民医院",
        "Provincial Hospital, Gilgit: travel",
        "the visitor: insurance",
        "Dr Zhang Wei",
        "K7QM-2D4X-9RTP-WB3H",
        "https://pages.example/check",
        "盖章处",
    ],
)
def test_a_letter_states_what_the_authorities_ask_for(chinese: tuple[PdfReader, str], words: str) -> None:
    assert words in chinese[1]


def test_the_day_on_the_letter_is_the_hosts(chinese: tuple[PdfReader, str]) -> None:
    assert "3 March 2026" in chinese[1]


def test_a_letter_is_one_page(chinese: tuple[PdfReader, str]) -> None:
    assert len(chinese[0].pages) == 1


@pytest.mark.parametrize(("country", "font"), [("CN", "Noto-Serif-CJK"), ("PK", "Noto-Nastaliq-Urdu")])
def test_every_font_is_embedded_and_urdu_is_set_in_nastaliq(country: str, font: str) -> None:
    reader, _ = read(letter(host_country=country))
    fonts = [each.get_object() for each in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    names = [str(each["/BaseFont"]).replace("_", "-") for each in fonts]
    assert any(font.replace("-", "") in name.replace("-", "").replace("+", "") for name in names), names
    for each in fonts:
        (descendant,) = [one.get_object() for one in each["/DescendantFonts"]]
        assert descendant["/FontDescriptor"].get_object().keys() & {"/FontFile2", "/FontFile3"}


def test_what_nobody_agreed_on_is_borne_by_each() -> None:
    assert "Each institution bears its own costs" in read(letter(pays={}))[1]


def test_a_host_without_a_name_in_the_language_stands_in_english() -> None:
    assert KASHGAR["en"] in read(letter(host_country="PK"))[1]
