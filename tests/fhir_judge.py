"""Judges resources: by FHIR's own JSON Schema, and by those of its invariants that a schema cannot hold."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = Path(__file__).parent / "contract" / "vendor" / "fhir-4.0.1.json"
TIMELESS = {"proposed", "cancelled", "waitlist"}
CALLED_OFF = {"cancelled", "noshow"}
Json = dict[str, Any]


@cache
def _validator(type_: str) -> jsonschema.Draft6Validator:
    definitions = json.loads(SCHEMA.read_text("utf-8"))["definitions"]
    return jsonschema.Draft6Validator({"$ref": f"#/definitions/{type_}", "definitions": definitions})


def complaints(resource: Json) -> list[str]:
    """What is wrong with the resource and with those in it; nothing of a good one."""
    errors = [
        f"{resource['resourceType']}: {'.'.join(map(str, each.absolute_path))}: {each.message[:200]}"
        for each in _validator(resource["resourceType"]).iter_errors(resource)
    ]
    return [*errors, *broken(resource)]


def broken(resource: Json) -> Iterator[str]:
    """The names of the invariants that the resource breaks."""
    yield from _INVARIANTS.get(resource["resourceType"], _none)(resource)
    if resource["resourceType"] != "Bundle":  # its resources are judged one by one
        yield from _of_what_is_contained(resource)


def _of_appointment(it: Json) -> Iterator[str]:
    if not all({"type", "actor"} & each.keys() for each in it["participant"]):
        yield "app-1"
    if ("start" in it) != ("end" in it):
        yield "app-2"
    if not {"start", "end"} <= it.keys() and it["status"] not in TIMELESS:
        yield "app-3"
    if "cancelationReason" in it and it["status"] not in CALLED_OFF:
        yield "app-4"


def _of_response(it: Json) -> Iterator[str]:
    if not {"participantType", "actor"} & it.keys():
        yield "apr-1"


def _of_bundle(it: Json) -> Iterator[str]:
    addresses = [each["fullUrl"] for each in it.get("entry", [])]
    if len(set(addresses)) < len(addresses):
        yield "bdl-7"
    if it["type"] != "searchset" and any("search" in each for each in it.get("entry", [])):
        yield "bdl-2"
    for each in it.get("entry", []):
        yield from complaints(each["resource"])


def _of_organization(it: Json) -> Iterator[str]:
    if not {"identifier", "name"} & it.keys():
        yield "org-1"


def _of_what_is_contained(it: Json) -> Iterator[str]:
    """dom-2 to dom-4: nothing within what is within, all of it is referred to, and all that is referred to is there."""
    contained = it.get("contained", [])
    ids = [each["id"] for each in contained]
    referred = {text[1:] for text in _references(it) if text.startswith("#")}
    if any({"contained", "meta"} & each.keys() for each in contained):
        yield "dom-2"
    if set(ids) != referred or len(set(ids)) < len(ids):
        yield "dom-3"


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("reference"), str):
            yield part["reference"]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _none(_: Json) -> Iterator[str]:
    return iter(())


_INVARIANTS = {
    "Appointment": _of_appointment,
    "AppointmentResponse": _of_response,
    "Bundle": _of_bundle,
    "Organization": _of_organization,
}
