"""Outcomes in the formats of catalogues: what stands where, and that the published schemas take all of it."""

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from services.research.adapters.cerif import cerif
from services.research.adapters.datacite import datacite, lacking
from services.research.adapters.dublin_core import PREFIXES, dublin_core
from services.research.adapters.xml import written
from services.research.domain.contributors import Contributor
from services.research.domain.details.fields import Fields
from services.research.domain.details.kinds import OneOf
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.harvesting.formats import CERIF, formats_of
from services.research.domain.organisations import Organisation
from services.research.domain.outcome import Outcome
from tests.unit.research.detailed import TOLD
from tests.unit.research.harvesters import outcome_of, texts
from tests.xml_judge import VENDOR, judged

PEOPLE = tuple(
    Contributor(f"Person {role}", role, "per_1")
    for role in ("author", "inventor", "developer", "editor", "supervisor", "data-manager")
)
WORDS = {
    "published_in", "publisher", "volume", "issue", "pages", "repository", "licence", "version", "office", "reference",
}  # fmt: skip
"""Fields that people write freely."""


@cache
def datacites_judge() -> jsonschema.Draft201909Validator:
    return jsonschema.Draft201909Validator(json.loads((VENDOR / "datacite-4.5.json").read_text("utf-8")))


def of_every_kind(outcome_type: str, fields: Fields) -> list[Outcome]:
    kind = fields["kind"].kind if "kind" in fields else None
    codes = kind.codes if isinstance(kind, OneOf) else ("",)
    details = [TOLD[outcome_type] | ({"kind": code} if code else {}) for code in codes]
    return [outcome_of(outcome_type, details=each, contributors=PEOPLE) for each in details]


EVERY = [outcome for each, fields in FIELDS_OF.items() for outcome in of_every_kind(each, fields)]


@pytest.mark.parametrize("outcome", EVERY, ids=lambda each: f"{each.type} {each.details.get('kind', '')}")
def test_an_outcome_of_any_kind_is_told_so_that_the_schemas_take_it(outcome: Outcome) -> None:
    judged(written(dublin_core(outcome), PREFIXES))
    if CERIF in formats_of(outcome.type):
        judged(written(cerif(outcome)))
    if not lacking(outcome):
        datacites_judge().validate(datacite(outcome))


@pytest.mark.parametrize("outcome_type", FIELDS_OF)
def test_one_that_tells_next_to_nothing_is_taken_too(outcome_type: str) -> None:
    bare = outcome_of(outcome_type, details={}, contributors=(), organisations=(), summary="", doi="", field="")
    judged(written(dublin_core(bare), PREFIXES))
    if CERIF in formats_of(outcome_type):
        judged(written(cerif(bare)))
    assert "Doi" in lacking(bare)


@settings(max_examples=40)
@for_any(st.text(max_size=60), st.sampled_from([each for each in FIELDS_OF if CERIF in formats_of(each)]))
def test_whatever_text_people_write_the_documents_are_well_formed_and_valid(text: str, outcome_type: str) -> None:
    told = {name: text if name in WORDS else value for name, value in TOLD[outcome_type].items()}
    outcome = outcome_of(
        outcome_type,
        title=text,
        summary=text,
        field=text,
        details=told,
        contributors=(
            Contributor(text, "author"),
            Contributor(text, "inventor", orcid="https://orcid.org/0009-0000-0000-0000"),
        ),
        organisations=(Organisation(text, "https://ror.org/03yrm5c26"),),
    )
    judged(written(cerif(outcome)))
    judged(written(dublin_core(outcome), PREFIXES))
    if not lacking(outcome):
        datacites_judge().validate(datacite(outcome))


def test_what_xml_cannot_carry_is_replaced_and_nothing_else() -> None:
    text = "a\x00b\x0bc\ufffed\rx\r\ny <&>\"' \U0001f600 肝 ئۇيغۇر"
    document = judged(written(dublin_core(outcome_of("software", title=text)), PREFIXES))
    assert texts(document, "title") == ["a\ufffdb\ufffdc\ufffdd\nx\ny <&>\"' \U0001f600 肝 ئۇيغۇر"]


def test_a_publication_in_cerif() -> None:
    outcome = outcome_of(
        "publication",
        contributors=(*PEOPLE, Contributor("Bano", "author", "per_bano", "https://orcid.org/0000-0002-1825-0097")),
    )
    document = judged(written(cerif(outcome)))
    assert texts(document, "Type") == [
        "http://purl.org/coar/resource_type/c_6501",
        "http://purl.org/coar/resource_type/c_0640",
    ]
    assert texts(document, "Title") == [outcome.title, "Acta Tropica"]
    named = {
        name: texts(document, name) for name in ("PublicationDate", "Volume", "Issue", "StartPage", "EndPage", "DOI")
    }
    assert named == {
        "PublicationDate": ["2026-07-01"], "Volume": ["251"], "Issue": ["3"], "StartPage": ["107"], "EndPage": ["119"],
        "DOI": ["10.1000/182"],
    }  # fmt: skip
    assert texts(document, "DisplayName") == ["Person author", "Bano", "Person editor"]
    assert texts(document, "ORCID") == ["https://orcid.org/0000-0002-1825-0097"]
    assert texts(document, "Access") == ["http://purl.org/coar/access_right/c_abf2"]


def test_a_chapter_is_part_of_its_book_and_says_when_only_its_year_is_known() -> None:
    chapter = {"kind": "book-chapter", "published_in": "Echinococcosis", "year": 2026, "open_access": "closed"}
    document = judged(written(cerif(outcome_of("publication", details=chapter))))
    assert [each.tag.rpartition("}")[2] for each in document][2] == "PartOf"
    assert texts(document, "PublicationDate") == ["2026"]
    assert texts(document, "Access") == ["http://purl.org/coar/access_right/c_14cb"]


def test_data_software_patents_and_funding_in_cerif() -> None:
    data = judged(written(cerif(outcome_of("dataset-or-model", contributors=PEOPLE))))
    assert texts(data, "License") == ["https://spdx.org/licenses/CC-BY-4.0"]
    assert texts(data, "Access") == ["http://purl.org/coar/access_right/c_16ec"]
    assert [each.get("startDate") for each in data.iter("{*}Issued")] == ["2026-07-20"]
    assert texts(data, "DisplayName") == ["Person author", "Person inventor", "Person developer"]
    assert texts(judged(written(cerif(outcome_of("software")))), "VersionInfo") == ["1.2"]
    patent = judged(written(cerif(outcome_of("intellectual-property", contributors=PEOPLE))))
    assert [texts(patent, each)[0] for each in ("RegistrationDate", "PatentNumber", "DisplayName")] == [
        "2026-06-01", "CN 1234567 A", "Person inventor",
    ]  # fmt: skip
    assert texts(patent, "Name") == ["CNIPA", "Both hospitals"]
    funding = judged(written(cerif(outcome_of("further-funding"))))
    assert [(each.text, each.get("currency")) for each in funding.iter("{*}Amount")] == [("120000.00", "CNY")]
    assert texts(funding, "Name")[-1] == "Belt and Road Health Fund"


@pytest.mark.parametrize("outcome", EVERY, ids=lambda each: f"{each.type} {each.details.get('kind', '')}")
def test_no_id_of_a_person_and_no_file_is_told(outcome: Outcome) -> None:
    told = written(dublin_core(outcome), PREFIXES) + json.dumps(datacite(outcome) if not lacking(outcome) else {})
    told += written(cerif(outcome)) if CERIF in formats_of(outcome.type) else ""
    for hidden in ("per_", outcome.attachments[0].address, outcome.agreement, "sit_"):
        assert hidden not in told


def test_a_record_of_datacite() -> None:
    outcome = outcome_of("publication")
    assert datacite(outcome) == {
        "doi": "10.1000/182",
        "types": {"resourceTypeGeneral": "JournalArticle", "resourceType": "journal-article"},
        "creators": [
            {
                "name": "Shahida Bano",
                "nameType": "Personal",
                "nameIdentifiers": [
                    {
                        "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                        "nameIdentifierScheme": "ORCID",
                        "schemeUri": "https://orcid.org",
                    }
                ],
            }
        ],
        "titles": [{"title": "Ultrasound staging"}],
        "publisher": {"name": "Elsevier"},
        "publicationYear": "2026",
        "subjects": [{"subject": "liver echinococcosis"}],
        "contributors": [
            {"name": "Chen Yong", "nameType": "Personal", "contributorType": "Other"},
            {
                "name": "California Digital Library",
                "nameType": "Organizational",
                "contributorType": "Other",
                "nameIdentifiers": [
                    {
                        "nameIdentifier": "https://ror.org/03yrm5c26",
                        "nameIdentifierScheme": "ROR",
                        "schemeUri": "https://ror.org",
                    }
                ],
            },
        ],
        "dates": [{"date": "2026-07-01", "dateType": "Issued"}],
        "relatedIdentifiers": [
            {"relatedIdentifier": "38123456", "relatedIdentifierType": "PMID", "relationType": "IsIdenticalTo"}
        ],
        "relatedItems": [
            {
                "titles": [{"title": "Acta Tropica"}],
                "relatedItemType": "Journal",
                "relationType": "IsPublishedIn",
                "volume": "251",
                "issue": "3",
                "firstPage": "107",
                "lastPage": "119",
            }
        ],
        "descriptions": [{"description": "A protocol.", "descriptionType": "Abstract"}],
        "url": "https://journal.example/acta/251",
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


@pytest.mark.parametrize(
    ("different", "lacks"),
    [
        ({"doi": ""}, ["Doi"]),
        ({"doi": "10.1000.10/123"}, ["Doi"]),
        ({"contributors": ()}, ["Creators"]),
        ({"details": {"kind": "journal-article", "year": 2026}, "organisations": ()}, ["Publisher"]),
        ({"details": {"kind": "journal-article", "published_in": "Acta"}}, ["Year"]),
    ],
)
def test_what_datacite_needs_and_is_not_told_is_named(different: dict[str, Any], lacks: list[str]) -> None:
    assert lacking(outcome_of("publication", **different)) == lacks


def test_only_money_that_was_given_says_by_whom() -> None:
    funder = {"name": "Belt and Road Health Fund", "ror": "https://ror.org/03yrm5c26"}
    people = (Contributor("Shahida Bano", "principal-investigator"),)
    grant = outcome_of("further-funding", details=TOLD["further-funding"] | {"funder": funder}, contributors=people)
    assert lacking(grant) == []
    datacites_judge().validate(datacite(grant))
    assert datacite(grant)["fundingReferences"] == [
        {
            "funderName": "Belt and Road Health Fund",
            "funderIdentifier": "https://ror.org/03yrm5c26",
            "funderIdentifierType": "ROR",
            "awardNumber": "BR-2026-014",
            "awardUri": "https://fund.example/BR-2026-014",
            "awardTitle": "Ultrasound staging",
        }
    ]
    assert "fundingReferences" not in datacite(outcome_of("publication"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("肝囊型包虫病的超声分型", "zh"),
        ("基于 Doppler ultrasound 的 CE2 型包虫病诊断", "zh"),
        ("Doppler of liver cysts", "und"),
        ("The character 肝 in the titles of papers", "und"),
        ("肝エキノコックス症の超音波診断", "und"),
        ("간 포충증의 超音波", "und"),
        ("جگر کے سسٹ کا الٹراساؤنڈ", "und"),
        ("جىگەر ئېخىنوكوككى", "und"),
        ("2026", "und"),
    ],
)
def test_a_text_is_chinese_where_its_letters_say_so_and_else_of_no_known_language(text: str, language: str) -> None:
    outcome = outcome_of("publication", title=text)
    (title, *_) = judged(written(cerif(outcome))).iter("{*}Title")
    assert title.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    known = {"lang": language} if language != "und" else {}
    assert datacite(outcome)["titles"] == [{"title": text} | known]


def test_a_utility_model_is_told_as_one_and_a_guideline_as_a_report() -> None:
    details = TOLD["intellectual-property"] | {"kind": "utility-model"}
    model = judged(written(cerif(outcome_of("intellectual-property", details=details))))
    assert texts(model, "Type") == ["http://purl.org/coar/resource_type/9DKX-KSAF"]
    guideline = judged(written(cerif(outcome_of("publication", details=TOLD["publication"] | {"kind": "guideline"}))))
    assert texts(guideline, "Type")[0] == "http://purl.org/coar/resource_type/c_93fc"
