"""CSL-JSON and Crossref's JSON, told apart by what they are."""

import json
from typing import Any

import pytest

from services.research.domain.references import Reference
from services.research.domain.references_refusals import NotReferences
from tests.unit.research.references import FILES
from tests.unit.research.references_read import names, only, records, remarks, reports, titles

ITEM = {
    "id": "a",
    "type": "article-journal",
    "title": "On <i>E. granulosus</i> &amp; others",
    "volume": 12,
    "DOI": "10.1000/182",
    "author": [
        {
            "family": "Bano",
            "given": "S.",
            "ORCID": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "X"}],
        },
        {"literal": "WHO"},
    ],
    "editor": [{"non-dropping-particle": "van", "family": "Beethoven", "given": "L.", "suffix": "Jr"}],
    "issued": {"date-parts": [[2006, 5, 3]]},
    "keyword": "liver",
    "custom-x": {"a": [1]},
}
WORK = {
    "DOI": "10.1000/182",
    "type": "journal-article",
    "title": ["A title"],
    "container-title": ["J", "Journal"],
    "abstract": "<jats:p>Told.</jats:p>",
    "published": {"date-parts": [[2020]]},
    "page": "1-2",
    "author": [{"name": "A group", "sequence": "first"}],
}


def told(value: Any) -> str:
    return json.dumps(value)


def test_an_item_of_csl() -> None:
    found = only("csl-json", told([ITEM]))
    assert (found.label, found.title, found.doi) == ("a", "On E. granulosus & others", "10.1000/182")
    assert names(found) == [("Bano, S.", "author"), ("WHO", "author"), ("van Beethoven, L., Jr", "editor")]
    assert found.contributors[0].orcid == "https://orcid.org/0000-0002-1825-0097"
    assert found.details == {"kind": "journal-article", "year": 2006, "published_on": "2006-05-03", "volume": "12"}
    assert found.also == {
        "csl:author": '[{"affiliation": [{"name": "X"}]}, {}]',
        "csl:keyword": "liver",
        "csl:custom-x": '{"a": [1]}',
    }


@pytest.mark.parametrize("wrapped", [{"message": {"items": [WORK]}}, {"status": "ok", "message": WORK}, [WORK], WORK])
def test_a_work_of_crossref_however_it_is_wrapped(wrapped: Any) -> None:
    found = only("csl-json", told(wrapped))
    assert (found.title, found.summary, names(found)) == ("A title", "Told.", [("A group", "author")])
    assert found.details == {"kind": "journal-article", "published_in": "J", "year": 2020, "pages": "1-2"}
    assert found.also == {"csl:container-title": '["Journal"]', "csl:author": '[{"sequence": "first"}]'}


def test_what_is_written_is_json_of_csl() -> None:
    (item,) = json.loads(FILES.write("csl-json", [only("csl-json", told(WORK))]))
    assert (item["type"], item["title"], item["container-title"]) == ("article-journal", "A title", ["J", "Journal"])
    assert item["issued"] == {"date-parts": [[2020]]}
    assert "custom" not in item


@pytest.mark.parametrize("custom", ["jan", "{}", "[1]", '{"khunjerab": 1}', '{"a": 1}', "null"])
def test_what_others_keep_where_ours_stands_is_kept_with_it(custom: str) -> None:
    told = Reference("a", "award", "T", also={"csl:custom": custom, "ris:KW": "a"})
    assert only("csl-json", FILES.write("csl-json", [told])) == told


def test_what_is_no_item_is_reported_and_its_neighbours_are_kept() -> None:
    mixed = [ITEM, 5, {"id": "n", "type": "book"}, None, WORK]
    assert titles("csl-json", told(mixed)) == ["On E. granulosus & others", "A title"]
    assert reports("csl-json", told(mixed)) == [
        ("item 2", "", "NotAnItem"),
        ("item 3", "n", "NoTitle"),
        ("item 4", "", "NotAnItem"),
    ]


def test_an_orcid_with_a_wrong_check_digit_stays_with_whom_it_was_said_of() -> None:
    found = only("csl-json", told([{"title": "T", "author": [{"family": "B", "ORCID": "0000-0002-1825-0098"}]}]))
    assert remarks(found) == [("csl:author", "InvalidOrcid")]
    assert found.also == {"csl:author": '[{"ORCID": "0000-0002-1825-0098"}]'}


@pytest.mark.parametrize(
    "parts", [[[2006, 5]], [["2006"], [2007]], [[]], "x", [[2006, 13, 1]], [[2006, 1, 1, 1]], [[True]]]
)
def test_a_date_that_has_no_place_is_kept_whole(parts: Any) -> None:
    found = only("csl-json", told({"title": "T", "issued": {"date-parts": parts}}))
    assert found.also["csl:issued"] == json.dumps({"date-parts": parts})
    assert only("csl-json", FILES.write("csl-json", [found])) == found


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1,",
        "[NaN]",
        "[1e999]",
        "5",
        '"x"',
        "{}",
        "[" * 100_000,
        '[{"a": ' + "9" * 5000 + "}]",
        "",
        "[]",
        '{"message": 5}',
    ],
    ids=["open", "cut", "nan", "huge", "number", "text", "empty", "deep", "digits", "nothing", "none", "message"],
)
def test_what_is_no_json_of_references_is_refused_whole(text: str) -> None:
    with pytest.raises(NotReferences):
        records("csl-json", text)
