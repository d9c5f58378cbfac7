"""RIS as programs write it, and as they should not."""

import pytest
import rispy

from services.research.domain.references import Reference
from tests.unit.research.references import FILES
from tests.unit.research.references_read import names, only, records, remarks, reports, titles

WHOLE = """TY  - JOUR
ID  - budke2006
AU  - Budke, Christine M.
A1  - Deplazes, Peter
ED  - Ali, Imran
T1  - A title
that goes on
JF  - Emerging Infectious Diseases
JA  - Emerg. Infect. Dis.
KW  - liver
KW  - cyst
of the liver
PY  - 2006/05/03/
SP  - 296
EP  - 303
UR  - https://a.example/1
UR  - https://a.example/2
DO  - https://doi.org/10.3201/eid1202.050499
XX  - unheard of
ER  -
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("begins", ["", "\ufeff"])
def test_a_record_is_read_whatever_ends_its_lines(begins: str, ends: str) -> None:
    found = only("ris", begins + WHOLE.replace("\n", ends))
    assert (found.label, found.title, found.doi) == ("budke2006", "A title that goes on", "10.3201/eid1202.050499")
    assert names(found) == [("Budke, Christine M.", "author"), ("Deplazes, Peter", "author"), ("Ali, Imran", "editor")]
    assert found.details == {
        "kind": "journal-article",
        "published_in": "Emerging Infectious Diseases",
        "year": 2006,
        "published_on": "2006-05-03",
        "pages": "296-303",
        "address": "https://a.example/1",
    }
    assert found.also == {
        "ris:JA": "Emerg. Infect. Dis.",
        "ris:KW": "liver\ncyst of the liver",
        "ris:UR": "https://a.example/2",
        "ris:XX": "unheard of",
    }
    assert found.remarks == ()


def test_a_record_without_its_end_is_kept_and_its_neighbour_with_it() -> None:
    told = "TY  - JOUR\nTI  - One\nTY  - DATA\nTI  - Two\nDA  - 2019/05/03\nER  - \n"
    first, second = records("ris", told)
    assert remarks(first) == [("ris:ER", "MissingEnd")]  # type: ignore[arg-type]
    assert second.details == {"kind": "dataset", "published_on": "2019-05-03"}  # type: ignore[union-attr]


def test_lines_outside_of_records_are_reported() -> None:
    told = "Provider: a house\nContent: text\n\nTY  - JOUR\nTI  - One\nER  - \nTI  - Stray\n\nTY  - JOUR\nER  - \n"
    assert titles("ris", told) == ["One"]
    assert reports("ris", told) == [
        ("line 1", "", "OutsideRecord"),
        ("line 7", "", "OutsideRecord"),
        ("line 9", "", "NoTitle"),
    ]


@pytest.mark.parametrize(
    ("year", "found", "left"),
    [
        ("2006", 2006, {}),
        ("2006//", 2006, {}),
        ("2006///Spring", 2006, {"ris:DA": "2006///Spring"}),
        ("2006/05", 2006, {"ris:DA": "2006/05"}),
        ("06", None, {"ris:PY": "06"}),
    ],
)
def test_a_year_is_read_and_what_stands_beside_it_kept(year: str, found: int | None, left: dict[str, str]) -> None:
    read = only("ris", f"TY  - JOUR\nTI  - T\nPY  - {year}\nER  - \n")
    assert (read.details.get("year"), read.also) == (found, left)


def test_a_text_of_several_lines_is_written_as_one() -> None:
    told = Reference("a", "publication", "T", summary="One.\n\nTwo.\nER  - ")
    lines = FILES.write("ris", [told]).decode().splitlines()
    assert [line for line in lines if line.startswith(("AB", "ER"))] == ["AB  - One.  Two. ER  - ", "ER  - "]
    assert records("ris", "\n".join(lines)) == [told]


def test_what_is_written_is_read_by_others_as_it_is_meant() -> None:
    written = FILES.write("ris", [only("ris", WHOLE)]).decode()
    (found,) = rispy.loads(written)
    assert (found["type_of_reference"], found["title"], found["year"]) == ("JOUR", "A title that goes on", "2006")
    assert (found["start_page"], found["end_page"]) == ("296", "303")
    assert found["authors"] == ["Budke, Christine M.", "Deplazes, Peter"]
    assert found["keywords"] == ["liver", "cyst of the liver"]
