"""`python tests/contract/vendor/trim_fhir_schema.py FROM TO`: FHIR's JSON Schema with the resources that are served.

FROM is the file of the package that README.md names, 3.9 MB. What is kept is as it was written;
`ResourceList` names what is left, and definitions that nothing kept refers to are gone.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RESOURCES = (
    "Appointment", "AppointmentResponse", "Bundle", "CapabilityStatement", "Location", "OperationOutcome",
    "Organization", "PractitionerRole", "Schedule", "Slot",
)  # fmt: skip
_PREFIX = "#/definitions/"


def trimmed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with these resources and what they refer to."""
    definitions = schema["definitions"] | {"ResourceList": {"oneOf": [{"$ref": _PREFIX + each} for each in RESOURCES]}}
    kept: dict[str, Any] = {}
    waiting = [*RESOURCES, "ResourceList"]
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept[name] = definitions[name]
            waiting += _referred_to(kept[name])
    return {
        "$schema": schema["$schema"],
        "id": schema["id"],
        "description": schema["description"],
        "oneOf": definitions["ResourceList"]["oneOf"],
        "definitions": {name: kept[name] for name in sorted(kept)},
    }


def _referred_to(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix(_PREFIX)
        for value in part.values():
            yield from _referred_to(value)
    elif isinstance(part, list):
        for value in part:
            yield from _referred_to(value)


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    whole = json.loads(source.read_text("utf-8"))
    target.write_text(json.dumps(trimmed(whole), ensure_ascii=False, indent=1) + "\n", "utf-8")
