"""The two versions in which outcomes are told, each in the words of the other, until version 1 is retired.

Both tell one event and have its id (decision record 18): whoever listens to both has its effect once.
"""

from typing import Any

from contracts.envelope import EventData
from contracts.research import v1, v2

VISIT = "visit"
_NEWEST = {each: getattr(v2, each.__name__) for each in v1.EVENTS}
_EARLIER = {newest: each for each, newest in _NEWEST.items()}
_NEWEST_TYPES: dict[str, str] = {each.type: newest.type for each, newest in _NEWEST.items()}


def earlier(told: EventData) -> tuple[EventData, ...]:
    """The same event in version 1, which has no words for an outcome that came of no visit, nor for some events."""
    if not isinstance(told, v2.OutcomeEvent) or type(told) not in _EARLIER or told.origin.kind != VISIT:
        return ()
    visit = {"visit": told.origin.id, "visit_year": told.origin_year}
    return (_EARLIER[type(told)].model_validate(told.model_dump() | visit),)


def newest(told: EventData) -> Any:
    """The same event in version 2; what is in it already, as it is."""
    if not isinstance(told, v1.OutcomeEvent):
        return told
    origin = {"origin": {"kind": VISIT, "id": told.visit}, "origin_year": told.visit_year}
    return _NEWEST[type(told)].model_validate(told.model_dump() | origin)


def newest_type(event_type: str) -> str:
    """The type under which the same event is told in version 2; any other type, as it is."""
    return _NEWEST_TYPES.get(event_type, event_type)
