"""What was read is written, and read again: nothing is lost on the way, in any format and across them."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.research.adapters.references.bibtex_table import TABLE as BIBTEX
from services.research.adapters.references.csl_table import TABLE as CSL
from services.research.adapters.references.files import FORMATS
from services.research.adapters.references.places import Table
from services.research.adapters.references.rest import FIELD
from services.research.adapters.references.ris_table import TABLE as RIS
from services.research.domain.contributors import Contributor
from services.research.domain.references import Reference
from tests.architecture.tree import ROOT
from tests.unit.research.detailed import TOLD
from tests.unit.research.references import FILES, references
from tests.unit.research.references_read import only, records

SAMPLES = {"bibtex": "samples/echinococcosis.bib", "ris": "samples/echinococcosis.ris"}
ORCID = "https://orcid.org/0000-0002-1825-0097"
REAL = Reference(
    "bano2026",
    "publication",
    "Doppler of liver cysts: 40 cases & a review",
    "It tells active cysts from others.",
    "10.1000/182",
    {**TOLD["publication"], "year": 2026},
    (Contributor("Bano, Shahida", "author"), Contributor("Ali, Imran", "editor")),
)


def read_again(name: str, written: list[Reference]) -> list[object]:
    return list(records(name, FILES.write(name, written)))


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(told=st.lists(references(), min_size=1, max_size=3))
def test_whatever_is_written_is_read_as_it_was(name: str, told: list[Reference]) -> None:
    assert read_again(name, told) == told


@pytest.mark.parametrize("through", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_real_files_go_through_every_format_and_come_back_as_they_were(sample: str, through: str) -> None:
    told = [each for each in records(sample, (ROOT / SAMPLES[sample]).read_bytes()) if isinstance(each, Reference)]
    assert len(told) >= 1
    assert read_again(through, told) == told
    assert read_again(sample, read_again(through, told)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json"])
def test_what_a_format_has_a_place_for_needs_no_field_of_ours(name: str) -> None:
    details = {field: value for field, value in REAL.details.items() if field != "open_access"}
    details = {field: value for field, value in details.items() if (name, field) != ("ris", "pubmed_id")}
    told = replace(REAL, details=details)
    assert FIELD not in FILES.write(name, [told]).decode()
    assert read_again(name, [told]) == [told]


@pytest.mark.parametrize("table", [BIBTEX, RIS, CSL], ids=["bibtex", "ris", "csl-json"])
def test_a_table_is_read_both_ways(table: Table) -> None:
    for each in table.kinds:
        written = table.kind_of(each.type, each.kind)
        assert table.type_of(written).type == each.type
    for places in table.details.values():
        assert len({place.ours for place in places}) == len(places)


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json", "csv"])
def test_what_another_program_changes_holds_and_the_rest_stays(name: str) -> None:
    told = replace(REAL, details={**REAL.details, "kind": "review"}, contributors=(Contributor("Bano, S.", "trainer"),))
    changed = only(name, FILES.write(name, [told]).replace(b"Doppler", b"Sonography"))
    assert changed == replace(told, title=REAL.title.replace("Doppler", "Sonography"))


def test_a_correction_by_another_program_is_not_undone() -> None:
    told = replace(REAL, contributors=(Contributor("Bano, Shahida", "author", orcid=ORCID),))
    written = FILES.write("bibtex", [told]).decode()
    assert FIELD in written
    corrected = only("bibtex", written.replace("author = {Bano, Shahida}", "author = {Bano, S. and Ali, I.}"))
    assert [each.name for each in corrected.contributors] == ["Bano, S.", "Ali, I."]


NONSENSE = (
    "x", "{}", "[]", "5", "null", '{"type": 5}', '{"type": ["publication", "nonsense"]}', '{"title": ["T", 5]}',
    '{"title": ["T", "\\ud800"]}', '{"doi": ["", "nonsense"]}', '{"details.year": [null, "2006"]}',
    '{"details.unheard": [null, 1]}', '{"contributors": [[], [["A", "king", ""]]]}', '{"contributors": [[], [1]]}',
    '{"contributors": [[], [["A", "author", "0000"]]]}', '{"organisations": [[], [["A", "x"]]]}',
    '{"also.a": [null, 5]}', "[" * 5_000, '{"type": [["a"], {"b": 1}]}',
    '{"details.kind": ["other", {"a": 1}]}', '{"type": ["publication", ["a"]]}',
)  # fmt: skip


@pytest.mark.parametrize("rest", NONSENSE)
def test_nonsense_in_our_own_field_changes_nothing(rest: str) -> None:
    told = "TY  - GEN\nTI  - T\nU5  - khunjerab {}\nER  - \n"
    plain, spoilt = only("ris", told.format("{}")), only("ris", told.format(rest))
    assert replace(spoilt, details={}, label="") == replace(plain, details={}, label="")
    assert spoilt.details in ({"kind": "other"}, {})


def test_whom_the_alliance_knows_is_told_in_no_file() -> None:
    told = replace(REAL, contributors=(Contributor("Bano, Shahida", "author", person="per_bano"),))
    for name in FORMATS:
        assert b"per_bano" not in FILES.write(name, [told])
        assert read_again(name, [told]) == [replace(REAL, contributors=(Contributor("Bano, Shahida", "author"),))]


def test_two_of_one_name_have_two_keys() -> None:
    twice = [replace(REAL, label=label) for label in ("", "", "a b", "ab", "")]
    keys = [
        line.partition("{")[2] for line in FILES.write("bibtex", twice).decode().splitlines() if line.startswith("@")
    ]
    assert len(set(keys)) == 5
    assert read_again("bibtex", twice) == twice
    assert json.loads(FILES.write("csl-json", twice))[2]["id"] == "a b"
