"""What one text of an agreement says otherwise than another, in plain values that a page can show."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.exchange.domain.agreement_text import Text, plain

Values = Mapping[str, Any]


def difference(before: Text, after: Text) -> dict[str, Any]:
    """`{fields, conditions}`.

    `fields`: `[{field, from, to}]`, one for each that differs; a list's also have `added` and `removed`, and each
    language of the names, each rule, each line of the cost sharing is a field of its own (`names.zh`; null for none).
    `conditions`: `{added, removed, changed}`; the first two whole, `changed` as `[{id, kind, field, changes}]`,
    conditions being matched by their ids.
    """
    old, new = plain(before), plain(after)
    was = {condition["id"]: condition for condition in old.pop("conditions")}
    now = {condition["id"]: condition for condition in new.pop("conditions")}
    return {
        "fields": list(_changes(old, new)),
        "conditions": {
            "added": [now[each] for each in now if each not in was],
            "removed": [was[each] for each in was if each not in now],
            "changed": [_changed(was[each], now[each]) for each in was if each in now and was[each] != now[each]],
        },
    }


def _changed(was: Values, now: Values) -> dict[str, Any]:
    return {"id": now["id"], "kind": now["kind"], "field": now["field"], "changes": list(_changes(was, now))}


def _changes(was: Values, now: Values, within: str = "") -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys((*was, *now)):
        before, after = was.get(name), now.get(name)
        if isinstance(before, dict) or isinstance(after, dict):
            yield from _changes(before or {}, after or {}, f"{within}{name}.")
        elif before != after:
            yield {"field": f"{within}{name}", "from": before, "to": after, **_items(before, after)}


def _items(before: Any, after: Any) -> dict[str, Any]:
    if not isinstance(before, list) or not isinstance(after, list):
        return {}
    return {
        "added": [item for item in after if item not in before],
        "removed": [item for item in before if item not in after],
    }
