"""What stands on a letter, read back from the PDF."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from services.exchange.adapters.letters import PdfLetters
from services.exchange.adapters.letters.rendering import page
from services.exchange.domain.letter import Letter
from tests.unit.exchange.given_letter import GILGIT, KASHGAR, SURGERY, letter

CODE = "K7QM-2D4X-9RTP-WB3H"
ALL_COSTS = {
    "travel": "sending-site visitor",
    "stay": "host-site",
    "allowance": "sending-site",
    "insurance": "visitor",
    "visa": "alliance",
    "interpreter": "host-site",
}
LONG = "Staging of liver echinococcosis by ultrasound, joint ward rounds and teaching with the telemedicine team. " * 19
CHINESE = "肝包虫病的超声分期与联合查房，" * 133
TO_KASHGAR: dict[str, Any] = {}
TO_GILGIT: dict[str, Any] = {
    "host": GILGIT,
    "host_country": "PK",
    "host_zone": "Asia/Karachi",
    "sending": KASHGAR,
    "passport_name": "WANG, XIAOMING",
}
"""The sending partner has no name in Urdu."""


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
        CODE,
        "https://pages.example/check",
        "盖章处",
    ],
)
def test_a_letter_states_what_the_authorities_ask_for(chinese: tuple[PdfReader, str], words: str) -> None:
    assert words in chinese[1]


def test_the_day_on_the_letter_is_the_hosts(chinese: tuple[PdfReader, str]) -> None:
    assert "3 March 2026" in chinese[1]


@pytest.mark.parametrize("purpose", ["Ultrasound staging", LONG[:200], LONG[:500], CHINESE[:250], CHINESE[:500]])
@pytest.mark.parametrize("to", [TO_KASHGAR, TO_GILGIT])
def test_a_letter_is_one_page(to: dict[str, Any], purpose: str) -> None:
    reader, text = read(letter(**to, purpose=purpose, pays=ALL_COSTS))
    assert len(reader.pages) == 1
    assert CODE in text
    assert purpose.replace(" ", "").strip() in text.replace(" ", "")


@pytest.mark.parametrize("purpose", [LONG[:2000], CHINESE[:2000]])
@pytest.mark.parametrize("to", [TO_KASHGAR, TO_GILGIT])
def test_what_goes_on_over_the_page_fills_the_first_and_leaves_no_signature_alone(
    to: dict[str, Any], purpose: str
) -> None:
    reader, _ = read(letter(**to, purpose=purpose, pays=ALL_COSTS))
    first, *rest = ("".join(page.extract_text().split()) for page in reader.pages)
    assert len(rest) <= 1
    assert all(CODE in each for each in (first, *rest)), "whichever page is shown can be checked"
    assert "".join(purpose.split())[:1000] in first
    assert "DrZhangWei" in (rest or [first])[-1]
    assert "Wekindlyrequestthatthevisas" in (rest or [first])[-1]


def painted(reader: PdfReader) -> list[tuple[str, str]]:
    """Every piece of text with its font, as it is painted: what stands in one line from the left to the right."""
    pieces: list[tuple[str, str]] = []

    def paint(text: str, _cm: object, _tm: object, font: dict[str, Any] | None, _size: float) -> None:
        if text.strip() and font:
            pieces.append((text.strip(), str(font["/BaseFont"]).replace("-", "")))

    reader.pages[0].extract_text(visitor_text=paint)
    return pieces


@pytest.fixture(scope="module")
def urdu() -> list[tuple[str, str]]:
    return painted(read(letter(**TO_GILGIT, pays=ALL_COSTS))[0])


def is_urdu(text: str) -> bool:
    return re.search("[\u0600-\u06ff]", text) is not None


def test_urdu_runs_from_the_right_to_the_left(urdu: list[tuple[str, str]]) -> None:
    texts = [text for text, _ in urdu]
    after = texts.index("6 April 2026 to 24 April 2026") + 1
    days = [text for text in texts[after : after + 8] if text.isdigit()]
    assert days == ["2026", "24", "2026", "6"], "the arrival stands to the right of the departure"
    ends = texts.index("First People's Hospital of")
    goes_on = texts.index("Kashgar Prefecture")
    assert is_urdu(texts[ends + 1]), "a name that a line ends with stands at its left"
    assert is_urdu(texts[goes_on - 1]), "what is left of it begins the next at its right"


def test_digits_and_latin_letters_in_urdu_are_not_those_of_the_nastaliq(urdu: list[tuple[str, str]]) -> None:
    fonts = {font for text, font in urdu if re.search("[0-9A-Za-z]", text)}
    assert fonts
    assert not [font for font in fonts if "Nastaliq" in font]
    assert all("Nastaliq" in font for text, font in urdu if is_urdu(text))


def test_chinese_names_a_place_from_the_whole_to_its_part(chinese: tuple[PdfReader, str]) -> None:
    assert "喀什地区第一人民医院肝胆外科" in chinese[1]


def test_where_a_name_is_not_known_in_chinese_the_place_is_written_as_in_english() -> None:
    place = "Surgery, First People's Hospital of Kashgar Prefecture"
    html = page(letter(host_department={"en": "Surgery"}, host={"en": KASHGAR["en"]}), "AB1234567", "")
    assert html.count(f">{place.replace(chr(39), '&#39;')}<") == 2


def test_a_department_whose_name_says_that_it_is_one_is_not_called_so_twice() -> None:
    assert f"اپنے ہاں {SURGERY['ur']} کے دورے" in page(letter(**TO_GILGIT), "AB1234567", "")


@pytest.mark.parametrize(("country", "font"), [("CN", "Noto-Serif-CJK"), ("PK", "Noto-Nastaliq-Urdu")])
def test_every_font_is_embedded_and_urdu_is_set_in_nastaliq(country: str, font: str) -> None:
    reader, _ = read(letter(host_country=country))
    fonts = [each.get_object() for each in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    names = [str(each["/BaseFont"]).replace("_", "-") for each in fonts]
    assert any(font.replace("-", "") in name.replace("-", "").replace("+", "") for name in names), names
    for each in fonts:
        (descendant,) = [one.get_object() for one in each["/DescendantFonts"]]
        assert descendant["/FontDescriptor"].get_object().keys() & {"/FontFile2", "/FontFile3"}


def test_every_kind_of_cost_is_named_with_each_who_bears_it() -> None:
    said = (
        "the hospital alliance: visa; First People's Hospital of Kashgar Prefecture: accommodation, interpreter; "
        "Provincial Hospital, Gilgit: travel, allowance; the visitor: travel, insurance."
    )
    assert said in read(letter(pays=ALL_COSTS))[1]


def test_a_host_without_a_name_in_the_language_stands_in_english() -> None:
    assert KASHGAR["en"] in read(letter(host_country="PK"))[1]
