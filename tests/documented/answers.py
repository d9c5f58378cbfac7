"""What a page shows as an answer, held against what came: `…` stands for whatever, everything else has to be so.

| on a page | stands for |
|---|---|
| `…` in the place of a value | any value |
| `…` among an object's members, a list's items | any other members, any number of items |
| `"… at the end"` | any text, in a text |
| `"vis_…"`, `"per_li…"`, `"first…"` | a name: where it first stands it takes the value, from then on it is that value |
"""

import json
import re
from collections.abc import Iterator
from typing import Any

REST = "……"
"""A `…` that stands outside a text, as JSON that can be parsed."""
NAME = re.compile(r"\w*…")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:…]|[^\s{}\[\],:"…]+')
_ID = re.compile(r"[a-z]{3}_")
_LIMIT = 300


class Unbound(Exception):
    """A command uses a name that nothing on the page has told, or leaves something out."""


def filled(text: str, names: dict[str, str]) -> str:
    """The text with every name's value. Raises `Unbound`."""

    def value(match: re.Match[str]) -> str:
        if match[0] not in names:
            raise Unbound(f"what is {match[0]}? No answer before it on the page has told, and the ground does not")
        return names[match[0]]

    return NAME.sub(value, text)


def wanted(shown: str) -> Any:
    """An answer as JSON, each `…` outside a text as `REST`. Raises `ValueError`."""
    tokens: list[str] = []
    within: list[str] = []
    for token in _TOKEN.findall(shown):
        if token in "{[":
            within.append(token)
        elif token in "}]" and within:
            within.pop()
        member = token == "…" and within[-1:] == ["{"] and tokens[-1] in "{,"
        tokens.append(f'"{REST}": 0' if member else f'"{REST}"' if token == "…" else token)
    return json.loads("".join(tokens))


def differences(page: Any, came: Any, names: dict[str, str], where: str = "") -> Iterator[str]:
    """Where an answer is not as the page has it, a line each; learns names that stand here for the first time."""
    if page == REST:
        return
    if isinstance(page, dict) and isinstance(came, dict):
        yield from _members(page, came, names, where)
    elif isinstance(page, list) and isinstance(came, list):
        yield from _items(page, came, names, where)
    elif isinstance(page, str) and isinstance(came, str):
        if not says(page, came, names):
            yield f"{where}: the page has {_short(page)}, the answer {_short(came)}"
    elif type(page) is not type(came) or page != came:
        yield f"{where}: the page has {_short(page)}, the answer {_short(came)}"


def _members(page: dict[str, Any], came: dict[str, Any], names: dict[str, str], where: str) -> Iterator[str]:
    shown = {names.get(key, key): value for key, value in page.items() if key != REST}
    for key, value in shown.items():
        if key in came:
            yield from differences(value, came[key], names, f"{where}.{key}")
        else:
            yield f"{where}.{key}: the page has it, the answer has not"
    if REST not in page:
        yield from (f"{where}.{key}: not on the page: {_short(came[key])}" for key in came if key not in shown)


def _items(page: list[Any], came: list[Any], names: dict[str, str], where: str) -> Iterator[str]:
    if REST not in page:
        if len(page) != len(came):
            yield f"{where}: the page has {len(page)} of them, the answer {len(came)}: {_short(came)}"
        yield from _one_by_one(page, came, names, where)
        return
    at = page.index(REST)
    first, last = page[:at], page[at + 1 :]
    if REST in last:
        yield f"{where}: one … in a list is enough: between two nobody knows which items are meant"
    if len(came) < len(first) + len(last):
        yield f"{where}: the page has {len(first) + len(last)} or more, the answer {len(came)}: {_short(came)}"
        return
    yield from _one_by_one(first, came, names, where)
    yield from _one_by_one(last, came[len(came) - len(last) :], names, f"{where}[…]")


def _one_by_one(page: list[Any], came: list[Any], names: dict[str, str], where: str) -> Iterator[str]:
    for at, (one, other) in enumerate(zip(page, came, strict=False)):
        yield from differences(one, other, names, f"{where}[{at}]")


def says(page: str, came: str, names: dict[str, str]) -> bool:
    """Whether a text is as the page has it; learns its names if it is."""
    learnt: list[str] = []
    written = ""
    end = 0
    for match in NAME.finditer(page):
        written += re.escape(page[end : match.start()]) + _form(match[0], names, learnt)
        end = match.end()
    found = re.fullmatch(written + re.escape(page[end:]), came, re.DOTALL)
    if found:
        names.update(zip(learnt, found.groups(), strict=True))
    return found is not None


def _form(name: str, names: dict[str, str], learnt: list[str]) -> str:
    if name == "…":
        return ".*"
    if name in names:
        return re.escape(names[name])
    if name in learnt:
        return rf"\{learnt.index(name) + 1}"
    learnt.append(name)
    return rf"({name[:4]}[\w-]+)" if _ID.match(name) else "(.+)"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LIMIT else f"{text[:_LIMIT]} …"
