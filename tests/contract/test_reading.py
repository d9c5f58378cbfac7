"""How an event is read: newer writers are survived, everything else is refused without quoting anybody's data."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from contracts.catalogue import EVENT_MODELS, NotAnEvent, SchemaViolation, UnknownEventType, parse, read
from contracts.envelope import CloudEvent, sequence
from contracts.generate import schema_of
from tests.event_factory import events, make_event

PRIVATE = "Mehrban of Gilgit"


def arrived(event: dict[str, Any]) -> CloudEvent:
    return parse(json.dumps(event).encode())


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_a_field_that_the_reader_does_not_know_is_let_through(event_type: str) -> None:
    event = make_event(event_type, invented_later={"by": "a newer writer"}) | {"newerattribute": "1"}
    assert read(arrived(event)) == read(arrived(make_event(event_type)))


def test_a_field_that_the_reader_does_not_know_is_let_through_inside_a_part_too() -> None:
    known = make_event("exchange.visit.booked.v1")["data"]["host_site"]
    event = make_event("exchange.visit.booked.v1", host_site=known | {"city": "Kashgar"})
    assert read(arrived(event)) == read(arrived(make_event("exchange.visit.booked.v1")))


@pytest.mark.parametrize("event_type", ["exchange.visit.booked.v2", "research.grant.won.v1"])
def test_a_version_or_type_without_a_model_is_named(event_type: str) -> None:
    event = make_event("exchange.visit.booked.v1", envelope={"type": event_type})
    with pytest.raises(UnknownEventType, match=event_type.replace(".", r"\.")):
        read(arrived(event))


VIOLATIONS: dict[str, dict[str, Any]] = {
    "leader": {"leader": PRIVATE},
    "planned_arrival": {"planned_arrival": PRIVATE},
    "state": {"state": PRIVATE},
    "visitors.0": {"visitors": [PRIVATE]},
    "host_site.zone": {"host_site": {"id": "sit_1", "names": {"en": PRIVATE}, "coordinators": []}},
    "purpose": {"purpose": PRIVATE * 200},
}


@pytest.mark.parametrize("where", VIOLATIONS)
def test_a_violation_names_the_field_and_never_its_value(where: str) -> None:
    with pytest.raises(SchemaViolation) as refused:
        read(arrived(make_event("exchange.visit.booked.v1", **VIOLATIONS[where])))
    assert f"{where}: " in str(refused.value)
    assert PRIVATE not in str(refused.value)
    assert refused.value.__cause__ is None, "a chained validation error would quote the value in a traceback"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"{}", json.dumps({"id": PRIVATE}).encode()])
def test_what_is_no_cloudevent_is_refused_without_quoting_it(body: bytes) -> None:
    with pytest.raises(NotAnEvent) as refused:
        parse(body)
    assert PRIVATE not in str(refused.value)


@pytest.mark.parametrize(
    "attribute",
    [
        {"specversion": "2.0"},
        {"source": "/somebody/else"},
        {"type": "exchange.visit.booked"},
        {"subject": "visit/$where"},
        {"sequence": "2"},
        {"time": "2026-05-04T09:00:00"},
        {"id": ""},
        {"data": "text"},
    ],
    ids=lambda attribute: next(iter(attribute)),
)
def test_an_attribute_that_the_envelope_does_not_allow_is_refused(attribute: dict[str, Any]) -> None:
    with pytest.raises(NotAnEvent, match=next(iter(attribute))):
        arrived(make_event("exchange.visit.booked.v1", envelope=attribute))


def test_a_sequence_compares_as_text_as_its_numbers_compare() -> None:
    places = [(1, 0), (2, 0), (2, 1), (9, 999), (10, 0), (99, 0), (100, 0), (9_999_999_999, 0)]
    texts = [sequence(version, number) for version, number in places]
    assert texts == sorted(texts)
    assert len(set(texts)) == len(texts)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(events())
def test_whatever_fits_the_schema_is_read_and_survives_being_written_again(event: dict[str, Any]) -> None:
    jsonschema.validate(event["data"], schema_of(event["type"]), cls=jsonschema.Draft202012Validator)
    data = read(arrived(event))
    assert EVENT_MODELS[event["type"]].model_validate_json(data.model_dump_json()) == data
