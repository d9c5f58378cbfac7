"""CSL-JSON read and written, and Crossref's JSON read: which of the two it is, each item says."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from services.research.adapters.references.csl_names import ROLES, Json, contributors_of, people_of
from services.research.adapters.references.csl_table import CROSSREF, TABLE
from services.research.adapters.references.json_texts import in_json, loaded, of_json
from services.research.adapters.references.places import Record, reference_of, said_of
from services.research.adapters.references.rest import FIELD, rest_of, with_rest
from services.research.adapters.references.shown import shown
from services.research.adapters.references.texts import plain
from services.research.domain.details.amounts import Decimals
from services.research.domain.references import Reference, Remark, Unreadable
from services.research.domain.references_refusals import NotReferences

_PLACED = {name for places in (TABLE.texts, *TABLE.details.values()) for each in places for name in each.theirs}
_MARKUP = re.compile(r"</?(?:jats:[a-z-]+|i|b|sub|sup|sc|span)(?: [^<>]*)?>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_DATED = ("issued", "published", "published-print", "published-online")
_TEXTS = ("title", "abstract", "container-title", "publisher")


def read_csl(text: str, decimals: Decimals) -> Iterator[Reference | Unreadable]:
    """Each item of a list, of Crossref's answer, or the only one. Raises `NotReferences`."""
    try:
        items = _items(loaded(text))
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise NotReferences(format="csl-json", because=f"no JSON: {where}") from None
    if items is None:
        raise NotReferences(format="csl-json", because="neither items nor an item")
    return (_read(number, item, decimals) for number, item in enumerate(items, 1))


def write_csl(references: Iterable[Reference], decimals: Decimals) -> str:
    return json.dumps([_item(each, decimals) for each in references], ensure_ascii=False, indent=1)


def _items(held: Any) -> list[Any] | None:
    """Crossref wraps what it answers in a message."""
    if isinstance(held, dict) and isinstance(held.get("message"), dict):
        held = held["message"]
    if isinstance(held, dict):
        held = held["items"] if isinstance(held.get("items"), list) else [held] if "title" in held else None
    return held if isinstance(held, list) else None


def _read(number: int, item: Any, decimals: Decimals) -> Reference | Unreadable:
    if not isinstance(item, dict):
        return Unreadable(f"item {number}", "", "NotAnItem", shown(str(item)))
    remarks: list[Remark] = []
    item = dict(item)
    kind = item.pop("type", "")
    contributors = tuple(contributors_of(item, remarks))
    rest = _rest(item)
    label = item.pop("id", "")
    said, also = _said(item)
    kind = CROSSREF.get(str(kind), plain(str(kind))) or "document"
    record = Record(plain(str(label)), kind, said, contributors, remarks=remarks, also=also)
    reference = reference_of(TABLE, record, decimals)
    if rest:
        reference = with_rest(reference, rest, decimals)
    return reference if reference.title else Unreadable(f"item {number}", record.label, "NoTitle", shown(str(item)))


def _rest(item: Json) -> str:
    custom = item.get("custom")
    if not isinstance(custom, dict) or FIELD not in custom:
        return ""
    item["custom"] = {name: value for name, value in custom.items() if name != FIELD}
    if not item["custom"]:
        del item["custom"]
    return json.dumps(custom[FIELD])


def _said(item: Json) -> tuple[dict[str, str], dict[str, str]]:
    """Text of the variables that have a place; and of all else, and of what such a one has in vain, the JSON."""
    said: dict[str, str] = {}
    also: dict[str, str] = {}
    _date(item, said)
    for name, value in item.items():
        first, more = _first(value) if name in _TEXTS else (value, [])
        if name not in _PLACED:
            also[plain(name)] = of_json(value)
        elif text := _text(name, first):
            said[name] = text
            also |= {name: of_json(more)} if more else {}
        elif value not in ("", None, []):
            also[name] = of_json(value)
    return said, also


def _first(value: Any) -> tuple[Any, list[Any]]:
    """Crossref has lists of titles."""
    return (value[0], value[1:]) if isinstance(value, list) and value else (value, [])


def _text(name: str, value: Any) -> str:
    """Without the markup that it may have."""
    if isinstance(value, int) and type(value) is not bool:
        return str(value)
    if not isinstance(value, str):
        return ""
    text = plain(value).strip()
    if name in _TEXTS:
        text = re.sub("&(?:amp|lt|gt);", lambda found: _ENTITIES[found[0]], _MARKUP.sub("", text)).strip()
    return text


def _date(item: Json, said: dict[str, str]) -> None:
    """Takes the date out of the item where all that it says has a place."""
    for name in _DATED:
        numbers = _numbers(item.get(name))
        if not numbers:
            continue
        said["issued-year"] = numbers[0]
        day = f"{numbers[0]:0>4}-{numbers[1]:0>2}-{numbers[2]:0>2}" if len(numbers) == 3 else ""
        if day and _is_a_day(day):
            said["issued-day"] = day
        if (len(numbers) == 1 or "issued-day" in said) and list(item[name]) == ["date-parts"]:
            del item[name]
        return


def _numbers(dated: Any) -> list[str]:
    """Of one day, month or year; nothing of anything else."""
    parts = dated.get("date-parts") if isinstance(dated, dict) else None
    if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], list) or len(parts[0]) > 3:
        return []
    numbers = [str(each) for each in parts[0]]
    return numbers if all(each.isascii() and each.isdecimal() and len(each) < 5 for each in numbers) else []


def _is_a_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _item(reference: Reference, decimals: Decimals) -> Json:
    item = _written(reference)
    told = _read(1, item, decimals)
    rest = rest_of(reference, told if isinstance(told, Reference) else Reference("", "publication", ""))
    if rest:
        item["custom"] = {**item.get("custom", {}), FIELD: json.loads(rest)}
    return item


def _written(reference: Reference) -> Json:
    kind, said = said_of(TABLE, reference)
    year, day = said.pop("issued-year", ""), said.pop("issued-day", "")
    left = {name: in_json(said.pop(name)) for name in ROLES if name in said}
    item: Json = {"id": reference.label, "type": kind, **people_of(reference.contributors, left)}
    if year or day:
        item["issued"] = {"date-parts": [[int(each) for each in (day or year).split("-")]]}
    for name, text in said.items():
        value = _value(name, text, in_json(reference.also.get(f"csl:{name}", "")))
        if name not in item and (name != "custom" or _may_hold_ours(value)):
            item[name] = value
    return item


def _value(name: str, text: str, also: Any) -> Any:
    if name not in _PLACED:
        return also
    return [text, *also] if isinstance(also, list) and name in _TEXTS else text


def _may_hold_ours(custom: Any) -> bool:
    return isinstance(custom, dict) and bool(custom) and FIELD not in custom
