"""Copies on the real database: whatever the order and however often, the newest event's state stands."""

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo.database import Database

from chassis.copies import Copies
from contracts.envelope import CloudEvent, sequence
from contracts.exchange.v1 import PersonChanged
from tests.event_factory import make_event


@pytest.fixture
def copies(database: Database[dict[str, Any]]) -> Copies:
    return Copies(database["copies"])


def changed(version: int, person: str = "per_1") -> CloudEvent:
    envelope = {"subject": f"person/{person}", "sequence": sequence(version, 0)}
    return CloudEvent.model_validate(make_event(PersonChanged.type, envelope=envelope))


def kept(copies: Copies, person: str = "per_1") -> dict[str, Any]:
    return copies.of([person])[person]


def test_the_first_event_makes_the_copy(copies: Copies) -> None:
    assert copies.keep(changed(1), {"name": "one"})
    assert kept(copies)["name"] == "one"


def test_a_newer_event_replaces_the_copy_whole(copies: Copies) -> None:
    copies.keep(changed(1), {"name": "one", "zone": "Asia/Karachi"})
    assert copies.keep(changed(2), {"name": "two"})
    assert kept(copies).keys() == {"_id", "sequence", "name"}
    assert kept(copies)["name"] == "two"


def test_an_older_event_never_overwrites_a_newer_copy(copies: Copies) -> None:
    copies.keep(changed(10), {"name": "ten"})
    assert not copies.keep(changed(9), {"name": "nine"})
    assert kept(copies)["name"] == "ten"


def test_a_repeat_changes_nothing(copies: Copies) -> None:
    copies.keep(changed(1), {"name": "one"})
    assert not copies.keep(changed(1), {"name": "one"})


def test_without_the_mark_an_older_event_would_win(database: Database[dict[str, Any]], copies: Copies) -> None:
    """The guard taken out: whatever comes last stands."""
    copies.keep(changed(10), {"name": "ten"})
    database["copies"].update_one({"_id": "per_1"}, {"$set": {"sequence": ""}})
    copies.keep(changed(9), {"name": "nine"})
    assert kept(copies)["name"] == "nine"


def test_each_subject_has_a_mark_of_its_own(copies: Copies) -> None:
    copies.keep(changed(7, "per_1"), {"name": "one"})
    assert copies.keep(changed(1, "per_2"), {"name": "other"})
    assert kept(copies, "per_2")["name"] == "other"


def test_subjects_that_nobody_told_of_are_left_out(copies: Copies) -> None:
    copies.keep(changed(1), {"name": "one"})
    assert copies.of(["per_1", "per_nobody"]).keys() == {"per_1"}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([1, 2, 3, 4, 5, 5, 3]), person=st.uuids())
def test_in_whatever_order_they_come_the_newest_stands(copies: Copies, order: list[int], person: Any) -> None:
    subject = f"per_{person.hex}"
    for version in order:
        copies.keep(changed(version, subject), {"version": version})
    assert kept(copies, subject)["version"] == 5


def test_of_many_that_race_the_newest_stands(copies: Copies) -> None:
    start = threading.Barrier(12)
    kept_by_order: list[tuple[int, bool]] = []

    def keep(version: int) -> None:
        event = changed(version)
        start.wait()
        kept_by_order.append((version, copies.keep(event, {"version": version})))

    racers = [threading.Thread(target=keep, args=(version,)) for version in range(1, 13)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert kept(copies)["version"] == 12
    assert (12, True) in kept_by_order
    assert len(kept_by_order) == 12
