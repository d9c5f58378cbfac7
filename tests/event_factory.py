"""Valid events for the tests of everybody: one at a time from a golden sample, or many by Hypothesis."""

import copy
from functools import cache
from typing import Any

from hypothesis import strategies as st

from chassis.kernel import ids
from contracts.catalogue import EVENT_MODELS, dataschema, producer
from contracts.envelope import sequence
from contracts.generate import golden_samples, schema_of

Json = dict[str, Any]

_HEX = "0123456789abcdef"


def make_event(event_type: str, *, envelope: Json | None = None, **data: Any) -> Json:
    """A complete CloudEvent of the type: its golden sample with some of its data and envelope replaced.

    Its id follows from what it says: two events that differ have two ids, the same one made again has the same.
    """
    event = copy.deepcopy(_samples()[event_type])
    event["data"] |= data
    event |= {"id": ids.derived(event_type, repr(sorted((envelope or {}).items())), repr(sorted(data.items())))}
    return event | (envelope or {})


def events(event_type: str | None = None) -> st.SearchStrategy[Json]:
    """Any valid CloudEvent of the type, or of any type, as its schema allows it."""
    types = st.just(event_type) if event_type else st.sampled_from(sorted(EVENT_MODELS))
    return types.flatmap(_event_of)


_samples = cache(golden_samples)


@cache
def _event_of(event_type: str) -> st.SearchStrategy[Json]:
    identifier = st.text(_HEX, min_size=32, max_size=32)
    schema, kind = schema_of(event_type), event_type.split(".")[1]
    return st.fixed_dictionaries(
        {
            "specversion": st.just("1.0"),
            "id": identifier,
            "source": st.just(f"/khunjerab/{producer(event_type)}"),
            "type": st.just(event_type),
            "subject": identifier.map(lambda digits: f"{kind}/{kind[:3]}_{digits}"),
            "time": _TEXTS["date-time"],
            "datacontenttype": st.just("application/json"),
            "dataschema": st.just(dataschema(event_type)),
            "sequence": st.builds(sequence, st.integers(1, 9_999_999_999), st.integers(0, 999)),
            "correlationid": identifier,
            "causationid": identifier,
            "traceparent": st.none() | st.builds("00-{}-{}-01".format, identifier, identifier.map(lambda x: x[:16])),
            "data": _fitting(schema, schema),
        }
    )


_TEXTS: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates().map(lambda day: day.isoformat()),
    "date-time": st.datetimes().map(lambda instant: instant.isoformat(timespec="milliseconds") + "Z"),
}


def _fitting(node: Json, root: Json) -> st.SearchStrategy[Any]:
    """Values that fit a JSON Schema, for the keywords that the contracts' schemas use; KeyError for any other type."""
    if "$ref" in node:
        return _fitting(root["$defs"][node["$ref"].removeprefix("#/$defs/")], root)
    if "enum" in node or "const" in node:
        return st.sampled_from(node.get("enum") or [node["const"]])
    if "anyOf" in node:
        return st.one_of(*[_fitting(alternative, root) for alternative in node["anyOf"]])
    return {
        "object": _object,
        "array": _array,
        "string": _string,
        "integer": _integer,
        "boolean": _boolean,
        "null": _null,
    }[node["type"]](node, root)


def _object(node: Json, root: Json) -> st.SearchStrategy[Any]:
    if "properties" in node:
        fields = {name: _fitting(field, root) for name, field in node["properties"].items()}
        needed = node.get("required", [])
        return st.fixed_dictionaries(
            {name: fields[name] for name in needed},
            optional={name: field for name, field in fields.items() if name not in needed},
        )
    values = _fitting(node["additionalProperties"], root)
    keys = _fitting(node.get("propertyNames", {"type": "string"}), root)
    needed_keys = st.fixed_dictionaries(dict.fromkeys(node.get("required", []), values))
    return st.builds(lambda more, needed: more | needed, st.dictionaries(keys, values), needed_keys)


def _array(node: Json, root: Json) -> st.SearchStrategy[Any]:
    return st.lists(_fitting(node["items"], root), min_size=node.get("minItems", 0), max_size=node.get("maxItems", 4))


def _string(node: Json, _root: Json) -> st.SearchStrategy[Any]:
    if "pattern" in node:
        return st.from_regex(node["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii"))
    if "format" in node:
        return _TEXTS[node["format"]]
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=node.get("minLength", 0), max_size=40)


def _integer(node: Json, _root: Json) -> st.SearchStrategy[Any]:
    return st.integers(node.get("minimum", 0), node.get("maximum", 2**31))


def _boolean(_node: Json, _root: Json) -> st.SearchStrategy[Any]:
    return st.booleans()


def _null(_node: Json, _root: Json) -> st.SearchStrategy[Any]:
    return st.none()
