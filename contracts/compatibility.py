"""Whether a published schema was kept: what may change in a version that readers already rely on.

An optional field may be added. A field may not be removed, renamed or retyped, nor become required
or optional; a list of words may neither grow nor shrink, since a reader that does not know a word
refuses the event. Whatever needs more than that is a `v2`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

_SAYS_NOTHING_ABOUT_VALUES = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "examples"})


def violations(published: Schema, current: Schema) -> list[str]:
    """One sentence for each promise of `published` that `current` breaks; an empty list when it keeps them all."""
    return list(_broken(_inlined(published, published), _inlined(current, current), at="data"))


def _inlined(node: Any, root: Schema) -> Any:
    """The node with every reference replaced by what it stands for, so that a definition may be renamed."""
    if isinstance(node, list):
        return [_inlined(item, root) for item in node]
    if not isinstance(node, Mapping):
        return node
    if isinstance(reference := node.get("$ref"), str):
        target = root["$defs"][reference.removeprefix("#/$defs/")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return {key: value if key == "$defs" else _inlined(value, root) for key, value in node.items()}


def _broken(old: Schema, new: Schema, at: str) -> Iterator[str]:
    yield from _broken_fields(old, new, at)
    handled = _SAYS_NOTHING_ABOUT_VALUES | {"properties", "required"}
    for keyword in sorted((old.keys() | new.keys()) - handled):
        yield from _broken_keyword(old.get(keyword), new.get(keyword), keyword, at)


def _broken_fields(old: Schema, new: Schema, at: str) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in sorted(before.keys() - after.keys()):
        yield f"{at}.{name} was removed"
    for name in sorted(before.keys() & after.keys()):
        yield from _broken(before[name], after[name], at=f"{at}.{name}")
    required_before, required_after = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(required_after - required_before):
        yield f"{at}.{name} became required"
    for name in sorted((required_before - required_after) & after.keys()):
        yield f"{at}.{name} is no longer required"


def _broken_keyword(old: Any, new: Any, keyword: str, at: str) -> Iterator[str]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _broken(old, new, at=f"{at}.{keyword}")
    elif _are_alternatives(old) and _are_alternatives(new) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _broken(before, after, at=f"{at}.{keyword}[{number}]")
    elif old != new:
        yield f"{at}: {keyword} changed from {old!r} to {new!r}"


def _are_alternatives(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)
