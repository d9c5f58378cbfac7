"""No event carries the number of a passport or of any other identity document."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from contracts.catalogue import EVENT_MODELS
from contracts.envelope import EventData
from contracts.generate import golden_samples

FORBIDDEN_NAME = re.compile(
    r"passport(?!_name$)|cnic|(visa|identity|id|document|card)_?(no|num|number)$|national_id|resident_id", re.IGNORECASE
)
"""`passport_name` is a name as a passport spells it, and no number."""

FORBIDDEN_VALUE = re.compile(r"\b[A-Z]{1,2}[0-9]{7,8}\b|\b[0-9]{5}-[0-9]{7}-[0-9]\b|\b[0-9]{17}[0-9X]\b")
"""Passports of China and Pakistan, a Pakistani CNIC, a Chinese resident identity number."""


def field_names(node: Any) -> Iterator[str]:
    for value in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
        yield from field_names(value)
    if isinstance(node, dict):
        yield from node.get("properties", {})


def forbidden_fields(model: type[EventData]) -> list[str]:
    return [name for name in field_names(model.model_json_schema()) if FORBIDDEN_NAME.search(name)]


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_no_event_has_a_field_for_one(event_type: str) -> None:
    assert forbidden_fields(EVENT_MODELS[event_type]) == []


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_no_sample_shows_one(event_type: str) -> None:
    assert FORBIDDEN_VALUE.findall(str(golden_samples()[event_type])) == []


class _Traveller(EventData):
    """A planted violation."""

    type: ClassVar[str] = "exchange.traveller.changed.v1"

    passport_number: str
    cnic: str
    visa_no: str
    passport_name: str


def test_a_planted_field_is_caught() -> None:
    assert forbidden_fields(_Traveller) == ["passport_number", "cnic", "visa_no"]


@pytest.mark.parametrize("value", ["E12345678", "EA1234567", "AB1234567", "35202-1234567-1", "65310119900101123X"])
def test_a_planted_value_is_caught(value: str) -> None:
    assert FORBIDDEN_VALUE.search(f"{{'text': '{value}'}}")
