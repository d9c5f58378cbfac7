"""What a catalogue is answered: every verb, every error of the protocol, and of whom it hears."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.research.domain.details.types import FIELDS_OF
from services.research.domain.harvesting import wrong
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.detailed import TOLD
from tests.unit.research.harvesters import (
    ADDRESS,
    CERIF,
    DC,
    REPOSITORY,
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
from tests.xml_judge import OAI

LIST, IDS, GET = verb("ListRecords"), verb("ListIdentifiers"), verb("GetRecord")
FORMATS = verb("ListMetadataFormats")


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def test_it_says_who_it_is_as_openaire_wants_it(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication"))
    told = harvested(research, verb("Identify"))
    said = {name: texts(told, name)[0] for name in ("baseURL", "deletedRecord", "granularity", "earliestDatestamp")}
    assert said == {
        "baseURL": ADDRESS, "deletedRecord": "persistent", "granularity": "YYYY-MM-DDThh:mm:ssZ",
        "earliestDatestamp": "2026-05-15T06:00:00Z",
    }  # fmt: skip
    assert texts(told, "repositoryIdentifier") == texts(told, "Acronym") == [REPOSITORY]
    assert len(list(told.iter(f"{{{OAI}}}description"))) == 2


def test_the_nine_sets_of_openaire_are_there_populated_or_not(research: ResearchInMemory) -> None:
    told = harvested(research, verb("ListSets"))
    names = (
        "publications", "products", "patents", "persons", "orgunits", "projects", "funding", "events", "equipments",
    )  # fmt: skip
    assert texts(told, "setSpec") == [f"openaire_cris_{name}" for name in names]
    assert texts(told, "setName") == [f"OpenAIRE_CRIS_{name}" for name in names]


def test_each_type_is_in_its_set_and_only_cerifs_are_told_in_cerif(research: ResearchInMemory) -> None:
    for number, each in enumerate(FIELDS_OF):
        keep(research, outcome_of(each, number))
    types = list(FIELDS_OF)

    def of_the_set(name: str) -> list[str]:
        return ids(harvested(research, LIST, CERIF, ("set", f"openaire_cris_{name}")))

    of_set = {
        name: [types[int(each[4:7])] for each in of_the_set(name)]
        for name in ("publications", "products", "patents", "funding", "events")
    }
    assert of_set == {
        "publications": ["publication"],
        "products": ["research-tool", "dataset-or-model", "software", "creative-work"],
        "patents": ["intellectual-property"],
        "funding": ["further-funding"],
        "events": ["engagement"],
    }
    in_cerif = [each[:4] for each in ids(harvested(research, LIST, CERIF))]
    assert Counter(in_cerif) == {"out_": 8, "prs_": 1, "org_": 1}
    everything = ids(harvested(research, LIST, DC))
    assert len(everything) == len(types)
    assert [types[int(each[4:7])] for each in everything if "!" in each] == ["skills-and-people"]


def test_a_record_is_told_whole_with_its_sets_or_by_its_header_alone(research: ResearchInMemory) -> None:
    keep(research, outcome_of("software"))
    one = harvested(research, GET, identifier("out_001"), CERIF)
    assert texts(one, "setSpec") == ["openaire_cris_products"]
    assert texts(one, "datestamp") == ["2026-05-15T06:00:00Z"]
    assert [each.get("id") for each in one.iter("{*}Product")] == ["out_001"]
    assert texts(harvested(research, LIST, DC), "creator") == ["Shahida Bano"]
    headers = harvested(research, IDS, DC)
    assert (ids(headers), texts(headers, "creator")) == (["out_001"], [])
    assert texts(headers, "request") == [ADDRESS]
    assert dict(headers.find(f"{{{OAI}}}request").attrib) == {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (outcome_of("publication"), ["out_001"]),
        (outcome_of("publication", public=False), ["out_001!"]),
        (outcome_of("publication", questioned="Entered twice."), ["out_001!"]),
        (outcome_of("publication", state="withdrawn"), ["out_001!"]),
        (outcome_of("publication", details=None), ["out_001!"]),
        (outcome_of("publication", public=None), []),
        (outcome_of("publication", public=None, state="unclaimed"), []),
    ],
    ids=["public", "taken back", "questioned", "withdrawn", "without details", "never public", "unclaimed"],
)
def test_who_was_told_of_it_hears_that_it_is_gone_and_nobody_of_what_never_was_public(
    research: ResearchInMemory, outcome: Any, told: list[str]
) -> None:
    keep(research, outcome)
    publications = ("set", "openaire_cris_publications")
    for metadata in (DC, CERIF):
        assert ids(harvested(research, LIST, metadata, publications)) == told
        assert ids(harvested(research, GET, identifier("out_001"), metadata)) == told
    document = harvested(research, LIST, DC)
    assert texts(document, "title") == (["Ultrasound staging"] if told == ["out_001"] else [])


def test_a_patent_that_is_corrected_to_a_trademark_is_gone_from_cerif_alone(research: ResearchInMemory) -> None:
    keep(research, outcome_of("intellectual-property", details={"kind": "trademark", "licensed": "no"}))
    assert ids(harvested(research, LIST, CERIF, ("set", "openaire_cris_patents"))) == ["out_001!"]
    assert ids(harvested(research, LIST, DC)) == ["out_001"]


def test_what_was_held_is_an_event_and_what_was_only_published_is_none(research: ResearchInMemory) -> None:
    for number, kind in enumerate(["open-day", "workshop", "exhibition", "press-release", "talk-or-presentation"]):
        keep(research, outcome_of("engagement", number, details=TOLD["engagement"] | {"kind": kind}))
    events = harvested(research, LIST, CERIF, ("set", "openaire_cris_events"))
    assert ids(events) == ["out_000", "out_001", "out_002", "out_003!", "out_004!"]
    assert len(ids(harvested(research, LIST, DC))) == 5
    open_day = harvested(research, GET, identifier("out_000"), CERIF)
    assert {name: texts(open_day, name) for name in ("StartDate", "Name", "RORID")} == {
        "StartDate": ["2026-08-02"],
        "Name": ["Ultrasound staging", "California Digital Library"],
        "RORID": ["https://ror.org/03yrm5c26"],
    }


def test_formats_are_those_of_everything_or_of_one_record(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication", 1))
    keep(research, outcome_of("award", 2))
    keep(research, outcome_of("publication", 3, public=False))

    def told(*of: tuple[str, str]) -> list[str]:
        return texts(harvested(research, FORMATS, *of), "metadataPrefix")

    assert told() == told(identifier("out_001")) == ["oai_dc", "oai_cerif_openaire"]
    assert told(identifier("out_002")) == ["oai_dc"]
    assert error(harvested(research, FORMATS, identifier("out_003"))) == "noMetadataFormats"


def test_only_what_changed_in_the_stretch_is_told_and_both_ends_are_within(research: ResearchInMemory) -> None:
    clock: Any = research.clock
    for number in range(3):
        clock.moment = datetime(2026, 5, 1 + number, 12, 0, 30, 400_000, tzinfo=UTC)
        keep(research, outcome_of("publication", number))

    def told(**edges: str) -> list[str]:
        return ids(harvested(research, IDS, DC, *((name.strip("_"), value) for name, value in edges.items())))

    assert told(from_="2026-05-02") == ["out_001", "out_002"]
    assert told(until="2026-05-02") == ["out_000", "out_001"]
    assert told(from_="2026-05-02", until="2026-05-02") == ["out_001"]
    assert told(from_="2026-05-02T12:00:30Z", until="2026-05-02T12:00:30Z") == ["out_001"]
    assert told(from_="2026-05-02T12:00:31Z") == ["out_002"]
    assert told(until="2026-05-01T12:00:29Z") == []


def test_a_change_moves_the_datestamp(research: ResearchInMemory) -> None:
    keep(research, outcome_of("publication"))
    research.clock.advance(timedelta(days=3))  # type: ignore[attr-defined]
    change(research, "out_001", public=False)
    assert ids(harvested(research, IDS, DC, ("from", "2026-05-18"))) == ["out_001!"]


ERRORS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "no verb": ("badVerb", []),
    "an unknown verb": ("badVerb", [verb("listrecords")]),
    "two verbs": ("badVerb", [verb("Identify"), verb("Identify")]),
    "what the verb does not take": ("badArgument", [verb("Identify"), DC]),
    "what nobody takes": ("badArgument", [LIST, DC, ("x", "y")]),
    "twice the same": ("badArgument", [LIST, DC, DC]),
    "no format": ("badArgument", [LIST]),
    "no identifier": ("badArgument", [GET, DC]),
    "a token beside others": ("badArgument", [LIST, DC, ("resumptionToken", "x")]),
    "a day that is none": ("badArgument", [LIST, DC, ("from", "2026-02-30")]),
    "a day without its zeros": ("badArgument", [LIST, DC, ("from", "2026-2-3")]),
    "an empty day": ("badArgument", [LIST, DC, ("from", "")]),
    "a time without seconds": ("badArgument", [LIST, DC, ("from", "2026-02-03T10:00Z")]),
    "a time of another zone": ("badArgument", [LIST, DC, ("from", "2026-02-03T10:00:00+08:00")]),
    "the last day that there is": ("badArgument", [LIST, DC, ("until", "9999-12-31")]),
    "two granularities": ("badArgument", [LIST, DC, ("from", "2026-02-03"), ("until", "2026-02-04T00:00:00Z")]),
    "an end before its begin": ("badArgument", [LIST, DC, ("from", "2026-02-03"), ("until", "2026-02-02")]),
    "a set that is written otherwise": ("badArgument", [LIST, DC, ("set", "a b")]),
    "a format that is written otherwise": ("badArgument", [LIST, ("metadataPrefix", "oai dc")]),
    "an unknown format": ("cannotDisseminateFormat", [LIST, ("metadataPrefix", "marc21")]),
    "an unknown format of one": ("cannotDisseminateFormat", [GET, identifier("out_001"), ("metadataPrefix", "marc21")]),
    "a format that is not its": ("cannotDisseminateFormat", [GET, identifier("out_002"), CERIF]),
    "an unknown identifier": ("idDoesNotExist", [GET, identifier("out_9"), DC]),
    "another's identifier": ("idDoesNotExist", [GET, ("identifier", "oai:other.example:out_001"), DC]),
    "no identifier of anybody's": ("idDoesNotExist", [GET, ("identifier", "really_wrong_id"), DC]),
    "an id that is no identifier": ("idDoesNotExist", [GET, ("identifier", "out_001"), DC]),
    "one that was never public": ("idDoesNotExist", [GET, identifier("out_003"), DC]),
    "formats of nothing": ("idDoesNotExist", [FORMATS, identifier("out_9")]),
    "formats of what is gone": ("noMetadataFormats", [FORMATS, identifier("out_004")]),
    "nothing so early": ("noRecordsMatch", [LIST, DC, ("until", "2025-01-01")]),
    "nothing so late": ("noRecordsMatch", [IDS, DC, ("from", "2027-01-01")]),
    "an empty set": ("noRecordsMatch", [LIST, CERIF, ("set", "openaire_cris_equipments")]),
    "an unknown set": ("noRecordsMatch", [LIST, DC, ("set", "openaire_cris_cats")]),
    "no token of ours": ("badResumptionToken", [LIST, ("resumptionToken", "x")]),
    "a token for sets": ("badResumptionToken", [verb("ListSets"), ("resumptionToken", "x")]),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_be_answered_is_an_error_of_the_protocol(research: ResearchInMemory, name: str) -> None:
    keep(research, outcome_of("publication", 1))
    keep(research, outcome_of("award", 2))
    keep(research, outcome_of("award", 3, public=None))
    keep(research, outcome_of("award", 4, public=False))
    code, arguments = ERRORS[name]
    told = harvested(research, *arguments)
    assert error(told) == code
    repeated = dict(told.find(f"{{{OAI}}}request").attrib)
    assert repeated == ({} if code in ("badVerb", "badArgument") else dict(arguments))
    assert token(told) is None


def test_every_code_of_the_protocol_is_among_them_but_that_of_those_without_sets() -> None:
    ours = {value for name, value in vars(wrong).items() if name.isupper()}
    assert {code for code, _ in ERRORS.values()} == ours
    assert ours | {"noSetHierarchy"} == {
        "badVerb", "badArgument", "badResumptionToken", "cannotDisseminateFormat", "idDoesNotExist", "noRecordsMatch",
        "noMetadataFormats", "noSetHierarchy",
    }  # fmt: skip
