"""What the diary's entries are called elsewhere: as FHIR allows, and the way back to the document."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as some

from chassis.kernel.errors import Unknown
from services.exchange.domain.diary.naming import (
    Name,
    digits_of,
    moment_in,
    moment_of,
    name_of,
    read,
    role_in,
    role_name,
)

FHIR_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
ids = some.integers(0, 16**32 - 1).map(lambda number: f"{number:032x}")
moments = some.integers(0, 40_000_000).map(lambda number: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number))


@whatever(ids, ids, moments)
def test_every_name_is_one_that_fhir_allows_and_leads_back(one: str, other: str, moment: datetime) -> None:
    meeting = name_of(f"con_{one}", moment_of(moment))
    said = f"{meeting}.{digits_of(f'per_{other}')}"
    role = role_name(f"per_{one}", f"sit_{other}")
    time = f"{role}.{moment_of(moment)}"
    party = name_of(f"vis_{one}", "international-office")
    assert all(FHIR_ID.fullmatch(each) for each in (meeting, said, role, time, party))
    assert read(meeting, "con", rest=1) == Name(f"con_{one}", (moment_of(moment),))
    assert read(time, "per", rest=2).rest == (digits_of(f"sit_{other}"), moment_of(moment))
    assert role_in(role) == Name(f"per_{one}", (digits_of(f"sit_{other}"),))
    assert moment_in(moment_of(moment)) == moment
    assert moment_in(moment_of(moment.astimezone(timezone(timedelta(hours=8))))) == moment


@pytest.mark.parametrize(
    "name", ["sit-1", "vis-1.x", "vis_1", "vis-", "vis-1 ", "VIS-1", "vis-1\n", "vis-" + "x" * 61, "", "-"]
)
def test_what_is_no_visit_s_name_leads_nowhere(name: str) -> None:
    assert read("vis-1", "vis", rest=0) == Name("vis_1")
    with pytest.raises(Unknown):
        read(name, "vis", rest=0)
