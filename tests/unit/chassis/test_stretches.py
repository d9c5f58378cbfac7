"""The stretches in which a list looks back: together they are everything behind the page's place, and none overlaps."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis.kernel.ids import derived, uuid7
from chassis.store.stretches import behind_id, behind_moment

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MOMENTS = some.integers(0, 2 * 10**12).map(lambda seen: NOW - timedelta(days=10_000) + timedelta(milliseconds=seen))
IDS = some.one_of(
    MOMENTS.map(lambda moment: f"vis_{uuid7(moment, b'0123456789')}"),
    some.text("ab0", min_size=1).map(lambda word: f"vis_{derived(word)}"),
    some.text("0159afz_", max_size=6).map(lambda word: f"vis_{word}"),
)


def fits(where: dict[str, Any], document: dict[str, Any]) -> bool:
    """As a database would say."""
    return all(
        (value["$gte"] <= document[name] if "$gte" in value else True)
        and (document[name] < value["$lt"] if "$lt" in value else True)
        if isinstance(value, dict)
        else document[name] == value
        for name, value in where.items()
    )


@given(IDS, some.none() | IDS)
def test_every_id_behind_the_place_lies_in_one_stretch_and_no_other_id_in_any(each: str, after: str | None) -> None:
    behind = behind_id("vis", after, NOW)
    for ranges in (behind.stretches, behind.whole):
        assert sum(fits(one, {"_id": each}) for one in ranges) == (after is None or each < after)


@given(MOMENTS, some.sampled_from("abc"), some.none() | some.tuples(MOMENTS, some.just("b")))
def test_every_moment_behind_the_place_lies_in_one_stretch(
    at: datetime, each: str, place: tuple[datetime, str] | None
) -> None:
    behind = behind_moment("made_at", place, NOW)
    for ranges in (behind.stretches, behind.whole):
        document = {"made_at": at, "_id": each}
        assert sum(fits(one, document) for one in ranges) == (place is None or (at, each) < place)


@pytest.mark.parametrize("place", [None, NOW, NOW - timedelta(days=2000), NOW + timedelta(days=1)])
def test_they_are_few_and_begin_with_hours_wherever_the_page_begins(place: datetime | None) -> None:
    by_id = behind_id("vis", f"vis_{uuid7(place, b'0123456789')}" if place else None, NOW).stretches
    stretches = behind_moment("made_at", (place, "b") if place else None, NOW).stretches
    begins = [each["made_at"]["$gte"] for each in stretches if "_id" not in each]
    assert min(place or NOW, NOW) - timedelta(hours=6) in begins
    assert max(len(by_id), len(stretches)) <= 8


def test_an_id_that_tells_no_moment_is_followed_by_all_the_rest_at_once() -> None:
    assert behind_id("vis", "vis_zz", NOW).stretches == [{"_id": {"$gte": "vis_", "$lt": "vis_zz"}}]
