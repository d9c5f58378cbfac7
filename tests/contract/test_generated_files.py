"""What is generated says what the models say, and says it in the standards' own words."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from contracts import generate, golden
from contracts.catalogue import EVENT_MODELS, dataschema

VENDOR = Path(__file__).parent / "vendor"


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((golden.HERE / "asyncapi.yaml").read_text("utf-8"))
    return document


def asyncapi_validator() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((VENDOR / "asyncapi-3.0.0.json").read_text("utf-8")))


def test_the_generated_files_are_what_the_models_say() -> None:
    assert [str(path) for path in generate.drifted()] == [], "run python -m contracts.generate"


def test_a_drifted_file_is_found_and_written_again(tmp_path: Path) -> None:
    generate.write(tmp_path)
    assert generate.drifted(tmp_path) == []
    (tmp_path / "schemas/exchange.visit.booked.v1.json").write_text("{}")
    (tmp_path / "schemas/exchange.visit.imagined.v1.json").write_text("{}")
    assert {path.name for path in generate.drifted(tmp_path)} == {
        "exchange.visit.booked.v1.json",
        "exchange.visit.imagined.v1.json",
    }
    generate.write(tmp_path)
    assert generate.drifted(tmp_path) == []


def test_checking_fails_on_drift_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"], root=tmp_path) == 1
    assert "asyncapi.yaml has drifted" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_generating_twice_gives_the_same_text() -> None:
    assert generate.generated() == generate.generated()


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_every_type_has_a_schema_that_is_one(event_type: str) -> None:
    schema = json.loads((golden.HERE / f"schemas/{event_type}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == dataschema(event_type)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_asyncapi_document_fits_the_official_schema(asyncapi: dict[str, Any]) -> None:
    assert [error.message for error in asyncapi_validator().iter_errors(asyncapi)] == []


def test_the_official_schema_refuses_a_document_that_is_none(asyncapi: dict[str, Any]) -> None:
    operation = next(iter(asyncapi["operations"].values()))
    broken = asyncapi | {"operations": {"publish": operation | {"action": "shout"}}}
    assert not asyncapi_validator().is_valid(broken)
    assert not asyncapi_validator().is_valid({key: value for key, value in asyncapi.items() if key != "info"})


def test_every_reference_in_the_asyncapi_document_leads_somewhere(asyncapi: dict[str, Any]) -> None:
    lost = [reference for reference in _references(asyncapi) if not _leads_somewhere(reference, asyncapi)]
    assert lost == []


def test_every_type_is_a_message_on_its_producers_exchange(asyncapi: dict[str, Any]) -> None:
    for event_type in EVENT_MODELS:
        service = event_type.partition(".")[0]
        channel = asyncapi["channels"][f"{service}Events"]
        assert event_type in channel["messages"]
        assert channel["bindings"]["amqp"]["exchange"]["name"] == f"{service}.events"


def _references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [reference for item in node for reference in _references(item)]
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [reference for value in node.values() for reference in _references(value)]
    return []


def _leads_somewhere(reference: str, document: dict[str, Any]) -> bool:
    if not reference.startswith("#/"):
        return (golden.HERE / reference).is_file()
    node: Any = document
    for step in reference.removeprefix("#/").split("/"):
        node = node.get(step) if isinstance(node, dict) else None
    return node is not None
