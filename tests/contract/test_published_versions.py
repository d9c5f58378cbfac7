"""A published version never changes: what its schema promised at its release it promises for ever."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts import generate
from contracts.compatibility import violations

BOOKED = "exchange.visit.booked.v1"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def schema() -> dict[str, Any]:
    return generate.schema_of(BOOKED)


def changed(schema: dict[str, Any], change: Change) -> dict[str, Any]:
    result = copy.deepcopy(schema)
    change(result)
    return result


def test_no_published_version_has_changed() -> None:
    assert generate.broken_promises(generate.published(), generate.schemas()) == []


def test_every_type_is_published() -> None:
    assert generate.published().keys() == generate.schemas().keys()


def remove_a_field(schema: dict[str, Any]) -> None:
    del schema["properties"]["purpose"]
    schema["required"].remove("purpose")


def rename_a_field(schema: dict[str, Any]) -> None:
    schema["properties"]["aim"] = schema["properties"].pop("purpose")
    schema["required"] = ["aim" if name == "purpose" else name for name in schema["required"]]


def add_a_required_field(schema: dict[str, Any]) -> None:
    schema["properties"]["budget"] = {"type": "integer"}
    schema["required"].append("budget")


FORBIDDEN: dict[str, tuple[Change, str]] = {
    "a removed field": (remove_a_field, "data.purpose was removed"),
    "a renamed field": (rename_a_field, "data.purpose was removed"),
    "a retyped field": (lambda s: s["properties"]["purpose"].update(type="integer"), "data.purpose: type changed"),
    "a new required field": (add_a_required_field, "data.budget became required"),
    "a field that may now be missing": (lambda s: s["required"].remove("purpose"), "purpose is no longer required"),
    "a field bounded more tightly": (lambda s: s["properties"]["purpose"].update(maxLength=10), "maxLength changed"),
    "a new word in a list": (lambda s: s["properties"]["state"]["enum"].append("held"), "data.state: enum changed"),
    "a lost word in a list": (lambda s: s["properties"]["state"]["enum"].remove("booked"), "data.state: enum changed"),
    "a change deep inside": (
        lambda s: s["$defs"]["Site"]["required"].remove("zone"),
        "data.host_site.zone is no longer",
    ),
    "no more fields let through": (lambda s: s.update(additionalProperties=False), "additionalProperties changed"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_planted_violation_is_caught(name: str, schema: dict[str, Any]) -> None:
    change, sentence = FORBIDDEN[name]
    assert sentence in "\n".join(violations(schema, changed(schema, change)))


ALLOWED: dict[str, Change] = {
    "an added optional field": lambda s: s["properties"].update(budget={"type": "integer", "default": 0}),
    "an added optional field deep inside": lambda s: s["$defs"]["Site"]["properties"].update(city={"type": "string"}),
    "a better description": lambda s: s["properties"]["planned_arrival"].update(description="the day they come"),
    "another title": lambda s: s.update(title="Booked"),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_every_reader_survives_is_allowed(name: str, schema: dict[str, Any]) -> None:
    assert violations(schema, changed(schema, ALLOWED[name])) == []


def test_an_added_optional_field_is_from_then_on_promised_too(schema: dict[str, Any]) -> None:
    grown = changed(schema, ALLOWED["an added optional field"])
    assert violations(grown, schema) == ["data.budget was removed"]


def test_a_published_type_does_not_just_vanish(schema: dict[str, Any]) -> None:
    assert generate.broken_promises({BOOKED: schema}, {}) == [f"{BOOKED} was published and is gone"]


def test_generating_refuses_to_break_a_promise_and_writes_nothing(
    tmp_path: Path, schema: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    promised = {BOOKED: changed(schema, add_a_required_field)}
    (tmp_path / "published.json").write_text(json.dumps(promised))
    assert generate.main([], root=tmp_path) == 1
    assert f"{BOOKED}: data.budget was removed" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["published.json"]
