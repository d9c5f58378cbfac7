"""Files for catalogues: every outcome that fits the format, valid, and the others named with what they lack."""

import base64
import io
import json
import zipfile

import pytest

from services.research.adapters.catalogue_files import CATALOGUE_WRITERS
from services.research.application import queries
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.harvesting.formats import CERIF, formats_of
from services.research.domain.harvesting.named import named_in
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.harvesters import keep, outcome_of, texts
from tests.unit.research.test_exported_formats import datacites_judge
from tests.xml_judge import judged

OUTCOMES = [outcome_of(each, number, public=None) for number, each in enumerate(FIELDS_OF)]
TRADEMARK = outcome_of("intellectual-property", 99, details={"kind": "trademark"})


def test_a_file_of_cerif_has_a_document_of_each_outcome_that_cerif_knows_public_or_not() -> None:
    content = CATALOGUE_WRITERS["cerif-xml"].write([*OUTCOMES, TRADEMARK])
    file = zipfile.ZipFile(io.BytesIO(content))
    left_out = json.loads(file.read("left-out.json"))
    told = {name.removesuffix(".xml") for name in file.namelist()} - {"left-out.json"}
    in_cerif = [each for each in OUTCOMES if CERIF in formats_of(each.type)]
    assert told == {each.id for each in in_cerif} | {each.id for each in named_in(in_cerif)}
    assert {each["outcome"] for each in left_out} == {each.id for each in [*OUTCOMES, TRADEMARK]} - told
    assert left_out[-1] == {"outcome": "out_099", "title": "Ultrasound staging", "lacks": ["Entity"]}
    for name in told:
        document = judged(file.read(f"{name}.xml").decode())
        assert document.get("id") == name
    assert content == CATALOGUE_WRITERS["cerif-xml"].write([*OUTCOMES, TRADEMARK]), "and is the same each time"


def test_a_file_of_datacite_has_its_records_and_names_what_the_others_lack() -> None:
    bare = outcome_of("software", 98, doi="", contributors=())
    told = json.loads(CATALOGUE_WRITERS["datacite-json"].write([*OUTCOMES, bare]))
    for record in told["data"]:
        datacites_judge().validate(record)
    assert {"outcome": "out_098", "title": "Ultrasound staging", "lacks": ["Doi", "Creators"]} in told["left_out"]
    assert len(told["data"]) + len(told["left_out"]) == len(OUTCOMES) + 1
    assert len(told["data"]) > len(told["left_out"])


def test_an_empty_file_is_one_too() -> None:
    assert json.loads(CATALOGUE_WRITERS["datacite-json"].write([])) == {"data": [], "left_out": []}
    assert zipfile.ZipFile(io.BytesIO(CATALOGUE_WRITERS["cerif-xml"].write([]))).namelist() == ["left-out.json"]


def test_text_of_any_script_stands_as_it_is() -> None:
    outcome = outcome_of("software", 1, title="肝包虫 جگر")
    content = zipfile.ZipFile(io.BytesIO(CATALOGUE_WRITERS["cerif-xml"].write([outcome]))).read("out_001.xml")
    assert texts(judged(content.decode()), "Name")[0] == "肝包虫 جگر"
    assert "肝包虫 جگر".encode() in CATALOGUE_WRITERS["datacite-json"].write([outcome])


@pytest.mark.parametrize(("name", "file"), [("cerif-xml", "outcomes.zip"), ("datacite-json", "outcomes.json")])
def test_they_are_exported_like_any_other_format(name: str, file: str) -> None:
    research = ResearchInMemory(StandingClock(given.NOW))
    outcome = keep(research, outcome_of("publication", public=None))
    answer = research.export_outcomes(queries.ExportOutcomes(format=name), given.MANAGER)
    assert (answer["file"], answer["outcomes"]) == (file, 1)
    assert base64.b64decode(answer["content"]) == CATALOGUE_WRITERS[name].write([outcome])
