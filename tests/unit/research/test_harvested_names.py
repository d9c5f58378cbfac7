"""People and organisations as records of their own: what is told of them, that works refer to them, and until when."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.research.adapters.cerif.person import person
from services.research.adapters.xml import written
from services.research.application.queries import harvested as pages
from services.research.domain.contributors import Contributor
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.harvesting.formats import ORGANISATION, PERSON
from services.research.domain.harvesting.named import Named, id_of
from services.research.domain.organisations import Organisation
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.detailed import TOLD
from tests.unit.research.harvesters import (
    CERIF,
    DC,
    Asked,
    change,
    error,
    harvested,
    identifier,
    ids,
    keep,
    outcome_of,
    texts,
    token,
    verb,
)
from tests.xml_judge import judged

LIST, GET = verb("ListRecords"), verb("GetRecord")
PERSONS, ORG_UNITS = ("set", "openaire_cris_persons"), ("set", "openaire_cris_orgunits")
ORCID, ROR = "https://orcid.org/0000-0002-1825-0097", "https://ror.org/03yrm5c26"
BANO, LIBRARY = id_of(PERSON, ORCID), id_of(ORGANISATION, ROR)

WITH_ROR: dict[str, dict[str, Any]] = {
    "intellectual-property": {"owners": [{"name": "Owners", "ror": ROR}, {"name": "Others", "ror": ""}]},
    "further-funding": {"funder": {"name": "A fund", "ror": ROR}},
}


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def later(research: ResearchInMemory) -> None:
    research.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]


def test_a_person_and_an_organisation_are_told_with_what_the_works_say_and_no_more(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication"))
    people = harvested(research, LIST, CERIF, PERSONS)
    assert ids(people) == [BANO]
    (bano,) = people.iter("{*}Person")
    assert bano.get("id") == BANO
    assert [(each.tag.rpartition("}")[2], each.text) for each in bano.iter()] == [
        ("Person", None), ("PersonName", None), ("OtherNames", "Shahida Bano"), ("ORCID", ORCID),
    ]  # fmt: skip
    organisations = harvested(research, LIST, CERIF, ORG_UNITS)
    assert ids(organisations) == [LIBRARY]
    (library,) = organisations.iter("{*}OrgUnit")
    assert [(each.tag.rpartition("}")[2], each.text) for each in library.iter()] == [
        ("OrgUnit", None), ("Name", "California Digital Library"), ("RORID", ROR),
    ]  # fmt: skip
    assert texts(harvested(research, GET, identifier(BANO), CERIF), "setSpec") == ["openaire_cris_persons"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Bano, Shahida", {"FamilyNames": ["Bano"], "FirstNames": ["Shahida"]}),
        ("Shahida Bano", {"OtherNames": ["Shahida Bano"]}),
        ("陈勇", {"OtherNames": ["陈勇"]}),
        (",", {"OtherNames": [","]}),
        (", Shahida", {"OtherNames": [", Shahida"]}),
    ],
)
def test_only_a_comma_says_which_part_of_a_name_is_the_familys(name: str, parts: dict[str, list[str]]) -> None:
    told = judged(written(person(Named(BANO, PERSON, ORCID, (name,)))))
    found = {each: texts(told, each) for each in ("FamilyNames", "FirstNames", "OtherNames")}
    assert {each: said for each, said in found.items() if said} == parts


def test_of_several_names_the_fullest_is_told() -> None:
    told = judged(written(person(Named(BANO, PERSON, ORCID, ("Bano S", "Shahida Bano", "Shahida B")))))
    assert texts(told, "OtherNames") == ["Shahida Bano"]


def test_records_of_works_refer_to_those_that_there_are_and_say_nothing_that_these_do_not(
    research: ResearchInMemory,
) -> None:
    named = {"contributors": (Contributor("Bano S", "author", None, ORCID), Contributor("Chen Yong", "author"))}
    keep(research, outcome_of("publication", 1, **named))
    for number, each in enumerate(FIELDS_OF, 2):
        more = WITH_ROR.get(each, {})
        keep(research, outcome_of(each, number, details=TOLD[each] | more))
    told = harvested(research, LIST, CERIF)
    records = {each[0].get("id"): each[0] for each in told.iter("{*}metadata")}
    referred = [each for entity in records.values() for each in list(entity.iter())[1:] if each.get("id")]
    assert {each.get("id") for each in referred} == {BANO, LIBRARY}
    for each in referred:
        assert said(each) <= said(records[each.get("id")])
    unnamed = [each for each in told.iter("{*}Person", "{*}OrgUnit") if not each.get("id")]
    assert all(not texts(each, "ORCID") and not texts(each, "RORID") for each in unnamed)


def said(entity: Any) -> set[tuple[str, str | None]]:
    return {(each.tag, each.text) for each in list(entity.iter())[1:]}


def test_who_is_named_by_nothing_public_any_more_is_told_as_deleted_and_by_no_name(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication", 1))
    keep(research, outcome_of("award", 2))
    later(research)
    change(research, "out_001", public=False)
    assert ids(harvested(research, LIST, CERIF, PERSONS)) == [BANO], "an award names her, too"
    assert error(harvested(research, LIST, CERIF, PERSONS, ("from", "2026-05-16"))) == "noRecordsMatch"
    later(research)
    change(research, "out_002", questioned="Entered twice.")
    for document in (
        harvested(research, LIST, CERIF, PERSONS, ("from", "2026-05-17")),
        harvested(research, GET, identifier(BANO), CERIF),
    ):
        assert ids(document) == [BANO + "!"]
        assert texts(document, "datestamp") == ["2026-05-17T06:00:00Z"]
        assert texts(document, "ORCID") == []
    assert error(harvested(research, verb("ListMetadataFormats"), identifier(BANO))) == "noMetadataFormats"
    assert ids(harvested(research, LIST, CERIF, ORG_UNITS)) == [LIBRARY + "!"]


def test_nobody_is_a_work_people_and_organisations_are_told_in_cerif_alone(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication"))
    assert texts(harvested(research, verb("ListMetadataFormats"), identifier(BANO)), "metadataPrefix") == [
        "oai_cerif_openaire"
    ]
    assert error(harvested(research, GET, identifier(BANO), DC)) == "cannotDisseminateFormat"
    assert error(harvested(research, LIST, DC, PERSONS)) == "noRecordsMatch"
    assert ids(harvested(research, LIST, DC)) == ["out_001"]


def test_who_has_no_identifier_has_no_record(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication", contributors=(Contributor("Chen Yong", "author", "per_chen"),)))
    assert error(harvested(research, LIST, CERIF, PERSONS)) == "noRecordsMatch"
    one = harvested(research, GET, identifier("out_001"), CERIF)
    assert texts(one, "DisplayName") == ["Chen Yong"]
    assert [(len(each), each.get("id")) for each in one.iter("{*}Person")] == [(0, None)]


def test_pages_go_on_behind_any_kind_of_record(research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 1)
    keep(research, outcome_of("publication", 1))
    later(research)
    keep(research, outcome_of("software", 2, organisations=(Organisation("Another", "https://ror.org/01ggx4157"),)))
    another = id_of(ORGANISATION, "https://ror.org/01ggx4157")
    assert [*walked(research, CERIF)] == [LIBRARY, "out_001", BANO, another, "out_002"]
    assert [*walked(research, CERIF, ORG_UNITS)] == [LIBRARY, another]
    assert [*walked(research, CERIF, ("from", "2026-05-16"))] == [another, "out_002"]
    assert [*walked(research, CERIF, ("until", "2026-05-15"))] == [LIBRARY, "out_001", BANO]


def walked(research: ResearchInMemory, *arguments: Asked) -> Iterator[str]:
    document = harvested(research, LIST, *arguments)
    yield from ids(document)
    while going_on := token(document):
        document = harvested(research, LIST, ("resumptionToken", going_on))
        yield from ids(document)


def test_the_earliest_moment_is_that_of_any_record(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication"))
    later(research)
    change(research, "out_001", title="Another title")
    assert texts(harvested(research, verb("Identify")), "earliestDatestamp") == ["2026-05-15T06:00:00Z"]
