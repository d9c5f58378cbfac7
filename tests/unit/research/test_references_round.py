"""What was read is written, and read again: nothing is lost on the way, in any format and across them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.research.domain.references import Reference
from tests.unit.research.references import FILES, references

FORMATS = ("bibtex", "csl-json", "csv", "ris", "xlsx")


def read_again(name: str, written: list[Reference]) -> list[object]:
    return list(FILES.read(FILES.write(name, written), "file", format_name=name).records)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=st.lists(references(), min_size=1, max_size=3))
def test_whatever_is_written_is_read_as_it_was(name: str, told: list[Reference]) -> None:
    assert read_again(name, told) == told
