"""The relay on the real broker and database: at least once, whatever ends it where."""

import pytest

from tests.event_factory import make_event
from tests.integration.small import Small, body, close_connections, entry, metrics, person, small, without
from tests.integration.small_service import AGREED, PERSON_CHANGED
from tests.probes import Finding, always, equal, eventually

__all__ = ["small"]


def delivered(small: Small) -> list[bytes]:
    """Takes what stands in the subscriber's queue."""
    taken = []
    with small.broker() as channel:
        while (got := channel.basic_get("notify.subscription", auto_ack=True))[0] is not None:
            taken.append(got[2])
    return taken


def ids_of(bodies: list[bytes]) -> set[str]:
    import orjson

    return {orjson.loads(each)["id"] for each in bodies}


def test_an_event_is_published_as_it_stands_and_then_leaves_its_document(small: Small) -> None:
    event = person()
    document = small.decide(event)
    small.start("relay")
    small.eventually(lambda: equal(small.unsent, 0))
    assert delivered(small) == [body(event)]
    left = small.database("exchange")["visits"].find_one({"_id": document})
    assert left == {"_id": document, "version": 1, "outbox": []}


def test_an_event_carries_what_a_reader_of_the_queue_needs(small: Small) -> None:
    event = person()
    small.decide(event)
    small.start("relay")
    small.eventually(lambda: equal(small.unsent, 0))
    with small.broker() as channel:
        method, properties, _ = channel.basic_get("notify.subscription", auto_ack=True)
    assert (method.routing_key, properties.message_id) == (PERSON_CHANGED, event["id"])
    assert (properties.content_type, properties.delivery_mode) == ("application/cloudevents+json", 2)


def test_a_document_with_many_events_is_emptied_and_a_later_one_is_not_lost(small: Small) -> None:
    events = [person() for _ in range(300)]
    document = small.decide(*events)
    small.start("relay")
    late = person()
    change = {"$push": {"outbox": entry(late)}, "$inc": {"version": 1}}
    small.database("exchange")["visits"].update_one({"_id": document}, change)
    small.eventually(lambda: equal(small.unsent, 0))
    assert ids_of(delivered(small)) == {each["id"] for each in [*events, late]}


@pytest.mark.parametrize("place", ["relay.after-publish", "relay.after-confirm", "relay.after-pull"])
def test_a_crash_anywhere_loses_nothing(small: Small, place: str) -> None:
    events = [person() for _ in range(20)]
    for event in events:
        small.decide(event)
    small.start_crashing("relay", place)
    small.eventually(lambda: equal(small.crashed(place), wanted=True))
    small.until(lambda: equal(small.unsent, 0))
    assert ids_of(delivered(small)) == {event["id"] for event in events}


@without("relay: pulled only when confirmed")
def test_what_the_broker_has_not_taken_stays_in_its_document(small: Small, mutant: str) -> None:
    with small.broker() as channel:
        # The queue refuses what does not fit: the broker answers with a nack.
        channel.queue_declare("narrow", arguments={"x-max-length": 1, "x-overflow": "reject-publish"})
        channel.queue_bind("narrow", "exchange.events", AGREED)
    events = [make_event(AGREED, envelope={"id": f"{number:032x}"}) for number in range(5)]
    for event in events:
        small.decide(event, collection="agreements")
    small.start("relay", mutant=mutant)
    small.eventually(lambda: Finding(small.unsent, small.unsent < 5, "fewer than 5"))
    always(lambda: Finding(small.unsent, small.unsent == 4, "4 still there"), seconds=1)
    with small.broker() as channel:
        channel.queue_delete("narrow")
    small.eventually(lambda: equal(small.unsent, 0))


def test_a_connection_that_closes_again_and_again_loses_nothing(small: Small) -> None:
    events = [person() for _ in range(2000)]
    small.database("exchange")["visits"].insert_many(
        [{"_id": f"vis_{event['id']}", "version": 1, "outbox": [entry(event)]} for event in events]
    )
    relay = small.start("relay")
    for _ in range(3):
        close_connections(small, "exchange")
    small.eventually(lambda: equal(small.unsent, 0))
    assert relay.is_running()
    assert ids_of(delivered(small)) == {event["id"] for event in events}


def test_an_event_that_no_queue_wants_is_counted_and_removed(small: Small) -> None:
    small.decide(make_event("exchange.visit.proposed.v1"))
    relay = small.start("relay")
    small.eventually(lambda: equal(small.unsent, 0))
    assert 'khunjerab_events_unroutable_total{type="exchange.visit.proposed.v1"} 1.0' in metrics(relay)


@without("relay: a poison row is set aside")
def test_an_event_that_cannot_be_published_stays_and_stops_no_other(small: Small, mutant: str) -> None:
    odd = [
        entry(person()) | {"body": {"not": "text"}},
        entry(person()) | {"body": "x" * 2_000_000},
        {"id": "7", "no": "type"},
        entry(person()) | {"type": "x" * 300},
    ]
    good = [person() for _ in range(40)]
    for number, event in enumerate(good):
        small.store_entries(*odd[number : number + 1], entry(event))
    relay = small.start("relay", mutant=mutant)
    small.eventually(lambda: equal(small.unsent, len(odd)))
    assert ids_of(delivered(small)) == {event["id"] for event in good}
    assert 'khunjerab_outbox_set_aside_total{reason="no-body"} 1.0' in metrics(relay)
    late = person()
    small.decide(late)
    small.eventually(lambda: equal(small.unsent, len(odd)))


def test_two_relays_of_one_service_do_no_harm(small: Small) -> None:
    events = [person() for _ in range(300)]
    for event in events:
        small.decide(event)
    small.start("relay")
    small.start("relay")
    small.eventually(lambda: equal(small.unsent, 0))
    assert ids_of(delivered(small)) == {event["id"] for event in events}


def test_two_versions_of_one_event_share_an_id_and_both_go_out(small: Small) -> None:
    first, second = person(id="5" * 32), make_event(AGREED, envelope={"id": "5" * 32})
    small.decide(first, second)
    small.start("relay")
    small.eventually(lambda: equal(small.unsent, 0))
    assert len(delivered(small)) == 2


def test_a_relay_asked_to_stop_ends_within_seconds_and_cleanly(small: Small) -> None:
    relay = small.start("relay")
    relay.ask_to_stop()
    eventually(lambda: equal(relay.is_running(), wanted=False), timeout=5)
