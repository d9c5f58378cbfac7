"""Each type has one complete event that shows what it looks like, and that every reader can read."""

import json
from typing import Any

import jsonschema
import pytest

from contracts import generate, golden
from contracts.catalogue import EVENT_MODELS, dataschema, parse, producer, read

SAMPLES = generate.golden_samples()


def body(event: dict[str, Any]) -> bytes:
    return json.dumps(event).encode()


def test_every_type_has_a_sample_and_every_sample_a_type() -> None:
    assert {path.stem for path in (golden.HERE / "samples").glob("*.json")} == set(EVENT_MODELS)


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_a_sample_is_read_as_its_own_model_and_written_again_unchanged(event_type: str) -> None:
    event = parse(body(SAMPLES[event_type]))
    data = read(event)
    assert type(data) is EVENT_MODELS[event_type]
    assert event.model_dump(mode="json") | {"data": data.model_dump(mode="json")} == SAMPLES[event_type]


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_a_sample_names_its_own_type_source_and_schema(event_type: str) -> None:
    sample = SAMPLES[event_type]
    assert sample["type"] == event_type
    assert sample["source"] == f"/khunjerab/{producer(event_type)}"
    assert sample["dataschema"] == dataschema(event_type)
    kind = event_type.split(".")[1]
    # `import` is no name in Python.
    assert sample["subject"] == f"{kind}/{sample['data']['import_id' if kind == 'import' else kind]}"


@pytest.mark.parametrize("event_type", EVENT_MODELS)
def test_a_sample_fits_the_schema_that_others_read(event_type: str) -> None:
    jsonschema.validate(
        SAMPLES[event_type]["data"],
        generate.schema_of(event_type),
        cls=jsonschema.Draft202012Validator,
        format_checker=jsonschema.FormatChecker(),
    )


def test_no_two_samples_are_the_same_event() -> None:
    assert len({sample["id"] for sample in SAMPLES.values()}) == len(SAMPLES)
