"""What a decision took away from a document's fields, and putting it back: how a document stood before.

A patch is plain JSON and leads backwards only. `{"was": value}` stands for a value that was another; `{"length",
"items"}` for a list; `{"keys", "new"}` for a mapping, whose keys are values here and never the database's own names.
"""

from typing import Any

Patch = dict[str, Any]


def taken(before: Any, after: Any) -> Patch:
    """The patch that makes `before` of `after`: what is long and hardly changed costs little."""
    if isinstance(before, list) and isinstance(after, list):
        return _taken_from_list(before, after)
    if isinstance(before, dict) and isinstance(after, dict):
        changed = [[key, taken(before[key], after.get(key))] for key in before if not _same(before, after, key)]
        return {"keys": changed, "new": [key for key in after if key not in before]}
    return {"was": before}


def undone(after: Any, patch: Patch) -> Any:
    """The value before, given the one after and its patch."""
    if "was" in patch:
        return patch["was"]
    if "length" in patch:
        changed = dict(patch["items"])
        return [
            undone(after[place] if place < len(after) else None, changed[place]) if place in changed else after[place]
            for place in range(patch["length"])
        ]
    kept = {key: value for key, value in after.items() if key not in patch["new"]}
    return kept | {key: undone(after.get(key), before) for key, before in patch["keys"]}


def _taken_from_list(before: list[Any], after: list[Any]) -> Patch:
    changed = [
        [place, taken(value, after[place]) if place < len(after) else {"was": value}]
        for place, value in enumerate(before)
        if place >= len(after) or after[place] != value
    ]
    return {"length": len(before), "items": changed}


def _same(before: dict[str, Any], after: dict[str, Any], key: str) -> bool:
    return key in after and before[key] == after[key]
