"""Files that were damaged on the way: nothing but named refusals, and good neighbours are kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from services.research.adapters.references.files import FORMATS
from services.research.domain.references import Reference, Unreadable
from tests.unit.research.references import FILES
from tests.unit.research.references_read import records, titles
from tests.unit.research.test_references_round import REAL

PIECES = [
    b"{", b"}", b'"', b"@", b"@article{", b"\\", b"#", b",", b"=", b"\n", b"\r", b"\x00", b"\xff", b"\xe8\xe6",
    b"ER  - ",
    b"TY  - ", b"[", b"]", b":", b"null", b"1e999", b"\\ud800", b";", b"\t", b"\xef\xbb\xbf", b"\xff\xfe", b"khunjerab",
    b"$", b"%", b"<", b"",
]  # fmt: skip
ODD = Reference("b", "award", "Ein {Preis} für \\alpha", also={"ris:KW": "a\nb"})
SAMPLES = {name: FILES.write(name, [REAL, ODD]) for name in FORMATS}
GOOD = {"bibtex": "\n@misc{{x, title = {{Good {}}}}}\n", "ris": "\nTY  - GEN\nTI  - Good {}\nER  - \n"}


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A good file with pieces put in, cut out or put in the place of others."""
    content = SAMPLES[name]
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 10, 200]))
        content = content[:place] + draw(st.sampled_from(PIECES)) + content[place + cut :]
    return content


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_by_name(name: str, data: st.DataObject) -> None:
    content = data.draw(damaged(name))
    try:
        found = records(name, content)
    except Refusal:
        return
    for each in found:
        assert isinstance(each, Reference | Unreadable)
    told = [each for each in found if isinstance(each, Reference)]
    assert records(name, FILES.write(name, told)) == told if told else True


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_good_neighbours_of_a_damaged_record_are_kept(name: str, data: st.DataObject) -> None:
    before, after = (GOOD[name].format(number).encode() for number in (1, 2))
    found = titles(name, before + data.draw(damaged(name)) + after)
    assert found[0] == "Good 1"
    assert found[-1] == "Good 2"
