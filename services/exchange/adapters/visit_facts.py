"""What each happening to a visit tells beside the visit itself."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.envelope import EventData
from contracts.exchange import v1
from services.exchange.domain import events
from services.exchange.domain.visit import Visit

Facts = dict[str, Any]


def told_of_visit(event: events.VisitHappening) -> tuple[type[EventData], Facts]:
    """The event of the contracts, and the facts that it has beside those of every event about a visit."""
    if type(event) not in _TOLD:
        raise TypeError(f"no event of the contracts tells of {type(event).__name__}")
    model, facts = _TOLD[type(event)]
    return model, facts(event)


def _none(_: Any) -> Facts:
    return {}


def _own(*names: str) -> Callable[[Any], Facts]:
    return lambda event: {name: getattr(event, name) for name in names}


def _replied(event: events.VisitReplied) -> Facts:
    reply = event.visit.replies[event.party]
    return {
        "party": event.party,
        "status": reply.status,
        "by": reply.by,
        "reason": reply.reason,
        "in_place_of": reply.in_place_of,
        "counter_arrival": reply.arrival,
        "counter_departure": reply.departure,
    }


def _arrived(event: events.VisitArrived) -> Facts:
    return {
        "actual_arrival": event.visit.actual_arrival,
        "arrived": event.persons,
        "arrived_on": event.arrived_on,
    }


def _took_place(visit: Visit) -> Facts:
    expected = visit.expected_outcome
    return {
        "actual_arrival": visit.actual_arrival,
        "actual_departure": visit.actual_departure,
        "expected_outcome": expected and {"type": expected[0], "due_on": expected[1]},
    }


def _fulfilled(event: events.VisitFulfilled) -> Facts:
    return _took_place(event.visit)


def _entered_later(event: events.VisitEnteredLater) -> Facts:
    return _took_place(event.visit) | {"flags": event.visit.flags, "by": event.by, "reason": event.reason}


def _rescheduled(event: events.VisitRescheduled) -> Facts:
    return {
        "previous_arrival": event.arrival,
        "previous_departure": event.departure,
        "previous_state": event.before,
        "by": event.by,
        "reason": event.reason,
    }


def _extended(event: events.VisitExtended) -> Facts:
    return {"previous_departure": event.departure, "by": event.by, "reason": event.reason}


def _departed(event: events.VisitDeparted) -> Facts:
    return {"departed": event.persons, "departed_on": event.departed_on}


def _in_error(event: events.VisitEnteredInError) -> Facts:
    return {"previous_state": event.before, "by": event.by, "reason": event.reason}


def _deputy(event: events.VisitDeputyNamed) -> Facts:
    named = event.deputy
    return {
        "party": named.party,
        "deputy": named.person,
        "in_place_of": named.in_place_of,
        "first": named.first,
        "last": named.last,
    }


_TOLD: Mapping[type[events.VisitHappening], tuple[type[EventData], Callable[[Any], Facts]]] = {
    events.VisitProposed: (v1.VisitProposed, _none),
    events.VisitReplied: (v1.VisitReplied, _replied),
    events.VisitBooked: (v1.VisitBooked, _none),
    events.VisitArrived: (v1.VisitArrived, _arrived),
    events.VisitFulfilled: (v1.VisitFulfilled, _fulfilled),
    events.VisitCancelled: (v1.VisitCancelled, _own("by", "reason")),
    events.VisitRescheduled: (v1.VisitRescheduled, _rescheduled),
    events.VisitExtensionAsked: (v1.VisitExtensionAsked, _own("departure", "by", "reason")),
    events.VisitExtended: (v1.VisitExtended, _extended),
    events.VisitorWithdrew: (v1.VisitorWithdrew, _own("person", "by", "reason")),
    events.VisitDeparted: (v1.VisitDeparted, _departed),
    events.VisitNoshow: (v1.VisitNoshow, _own("by", "reason")),
    events.VisitEnteredInError: (v1.VisitEnteredInError, _in_error),
    events.VisitEnteredLater: (v1.VisitEnteredLater, _entered_later),
    events.VisitDeputyNamed: (v1.VisitDeputyNamed, _deputy),
    events.VisitNoteAdded: (v1.VisitNoteAdded, _own("by", "text")),
}
