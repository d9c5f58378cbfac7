"""Outbox entries on their way out, and what may leave the document afterwards."""

from typing import Any

import pytest

from chassis.relay.parcels import CannotPublish, Outcome, Parcel, Unsent, oldest, sorted_out, unsent

TYPE = "exchange.visit.booked.v1"


def entry(number: int, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "type": TYPE, "time": f"2026-01-0{number}T00:00:00.000Z", "body": "{}"} | more


def test_the_body_of_an_entry_goes_out_as_it_stands() -> None:
    assert unsent(entry(1, body='{ "name":  "阿迪力" }')) == Unsent("1", TYPE, '{ "name":  "阿迪力" }'.encode())


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (None, "no-event"),
        ({"type": TYPE}, "no-event"),
        ({"id": 7, "type": TYPE}, "no-event"),
        ({"id": "", "type": TYPE}, "no-event"),
        (entry(1, type="x" * 256), "no-event"),
        ({"id": "1", "type": TYPE}, "no-body"),
        (entry(1, body={}), "no-body"),
        (entry(1, body="x" * ((1 << 20) + 1)), "too-large"),
        (entry(1, body="é" * (1 << 20)), "too-large"),
    ],
)
def test_an_entry_that_cannot_go_out_is_named(odd: Any, reason: str) -> None:
    with pytest.raises(CannotPublish, match=reason):
        unsent(odd)
    events, bad = sorted_out([entry(2), odd, entry(3)])
    assert [event.id for event in events] == ["2", "3"]
    assert [why for _, why in bad] == [reason]


def test_an_outbox_that_is_no_list_is_named() -> None:
    assert sorted_out({"id": 1}) == ([], [("", "no-list")])


def test_an_event_that_shares_its_id_with_one_that_cannot_go_out_stays_with_it() -> None:
    events, bad = sorted_out([entry(1), entry(1, type="x" * 300), entry(2)])
    assert [event.id for event in events] == ["2"]
    assert bad == [("1", "no-event")]


def settled(*outcomes: Outcome) -> Parcel:
    parcel = Parcel("visits", "vis_1", 1, [Unsent(str(number), TYPE, b"") for number in range(len(outcomes))])
    last = [parcel.settle(event, outcome) for event, outcome in zip(parcel.events, outcomes, strict=True)]
    assert last == [False] * (len(outcomes) - 1) + [True]
    return parcel


def test_only_what_is_settled_leaves_the_document() -> None:
    parcel = settled(Outcome.CONFIRMED, Outcome.NACKED, Outcome.UNROUTABLE, Outcome.UNKNOWN)
    assert parcel.to_pull == ["0", "2"]
    assert not parcel.all_settled


def test_an_id_leaves_when_every_version_of_the_event_is_out() -> None:
    one, other = Unsent("7", TYPE, b""), Unsent("7", "exchange.visit.booked.v2", b"")
    parcel = Parcel("visits", "vis_1", 1, [one, other])
    parcel.settle(one, Outcome.CONFIRMED)
    parcel.settle(other, Outcome.NACKED)
    assert parcel.to_pull == []


def test_the_oldest_of_the_entries_tells_the_age() -> None:
    assert oldest([entry(3), entry(1), {"time": 7}, None, entry(2)]) == "2026-01-01T00:00:00.000Z"
    assert oldest([]) is None
