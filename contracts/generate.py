"""Writes what others read instead of the models: JSON Schemas and the AsyncAPI document.

`python -m contracts.generate` writes them, and refuses to change what a published version promised;
`--check` writes nothing and fails when a file is not what the models say.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from contracts import asyncapi
from contracts.catalogue import EVENT_MODELS, dataschema
from contracts.compatibility import violations
from contracts.envelope import CloudEvent
from contracts.golden import HERE, golden_sample

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(event_type: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one type's data, as a reader checks it."""
    body = EVENT_MODELS[event_type].model_json_schema(mode="validation")
    return {"$schema": DIALECT, "$id": dataschema(event_type), **body}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each type in the catalogue."""
    return {event_type: schema_of(event_type) for event_type in EVENT_MODELS}


def golden_samples(root: Path = HERE) -> dict[str, dict[str, Any]]:
    """One complete CloudEvent per type, from `samples/<type>.json`. Raises FileNotFoundError for a type without one."""
    return {name: golden_sample(name, root) for name in EVENT_MODELS}


def broken_promises(published: Mapping[str, Any], current: Mapping[str, Any]) -> list[str]:
    """Where the current schemas go back on the published ones, one line each; empty when they nowhere do."""
    withdrawn = [f"{name} was published and is gone" for name in sorted(published.keys() - current.keys())]
    kept = sorted(published.keys() & current.keys())
    return withdrawn + [f"{name}: {line}" for name in kept for line in violations(published[name], current[name])]


def published(root: Path = HERE) -> dict[str, Any]:
    """The schemas as they were last released, by type."""
    file = root / "published.json"
    return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}


def generated(root: Path = HERE) -> dict[Path, str]:
    """Every generated file and its text."""
    envelope = CloudEvent.model_json_schema(mode="validation")
    current = schemas()
    files = {root / f"schemas/{name}.json": _json(schema) for name, schema in current.items()}
    files[root / "schemas/cloudevent.json"] = _json(
        {"$schema": DIALECT, "$id": "urn:khunjerab:schema:cloudevent", **envelope}
    )
    files[root / "published.json"] = _json(current)
    files[root / "asyncapi.yaml"] = _yaml(asyncapi.document(golden_samples()))
    return files


def drifted(root: Path = HERE) -> list[Path]:
    """The files that are not what the models say: changed, missing, or left over from a type that is gone."""
    files = generated(root)
    left_over = [path for path in (root / "schemas").glob("*.json") if path not in files]
    return [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text] + left_over


def write(root: Path = HERE) -> None:
    """Brings every generated file up to date."""
    files = generated(root)
    for path in drifted(root):
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], "utf-8")
        else:
            path.unlink()


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


class _WithoutAliases(yaml.SafeDumper):
    """Writes a thing twice rather than as an anchor and an alias, which few readers of a document can follow."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _yaml(value: Any) -> str:
    text = yaml.dump(value, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True, width=110)
    return f"# Written by `python -m contracts.generate`; edit the models instead.\n{text}"


def main(arguments: list[str] | None = None, root: Path = HERE) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m contracts.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file has drifted")
    check = parser.parse_args(arguments).check
    problems = broken_promises(published(root), schemas())
    if check:
        problems += [
            f"{path.relative_to(root)} has drifted: run python -m contracts.generate" for path in drifted(root)
        ]
    sys.stderr.writelines(f"{line}\n" for line in problems)
    if not problems and not check:
        write(root)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
