"""A counterexample as text: one numbered line per step and what it changed."""

from collections.abc import Iterator
from typing import Any

from tests.model.explorer import Counterexample


def readable(counterexample: Counterexample) -> str:
    """Several lines of text; the first names the broken invariant."""
    lines = [f"broken: {counterexample.invariant.value}"]
    before: tuple[Any, ...] | None = None
    for number, (label, state) in enumerate(counterexample.trace):
        lines.append(f"{number:3d}. {label}")
        lines.extend(f"       {change}" for change in _changes(before, state))
        before = state
    return "\n".join(lines)


def _changes(before: tuple[Any, ...] | None, after: tuple[Any, ...], path: str = "") -> Iterator[str]:
    for name in getattr(after, "_fields", ()):
        new, old = getattr(after, name), getattr(before, name, None)
        if before is not None and new == old:
            continue
        if hasattr(new, "_fields"):
            yield from _changes(old, new, f"{path}{name}.")
        else:
            yield f"{path}{name} = {_plain(new)}"


def _plain(value: Any) -> str:
    if hasattr(value, "_fields"):
        return "(" + ", ".join(f"{name}={_plain(part)}" for name, part in zip(value._fields, value, strict=True)) + ")"
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(_plain(part) for part in value)) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_plain(part) for part in value) + "]"
    return str(value)
