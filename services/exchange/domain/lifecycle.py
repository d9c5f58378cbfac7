"""The life of a visit as one table: which command, given by whom, leads from which state to which.

The domain's functions ask it which states a command fits; docs/exchange/visit-states.md is made from it; a test gives
every command in every state as everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.exchange.domain.refusals import WrongState
from services.exchange.domain.visit import (
    ARRIVED,
    BOOKED,
    CANCELLED,
    ENTERED_IN_ERROR,
    FULFILLED,
    HOLDING,
    NOSHOW,
    PENDING,
    PROPOSED,
    Visit,
)

NONE = "none"
"""Before there is a visit."""
STATES = (PROPOSED, PENDING, BOOKED, ARRIVED, FULFILLED, CANCELLED, NOSHOW, ENTERED_IN_ERROR)

SENDING_MANAGER, SENDING_COORDINATOR = "sending manager", "sending coordinator"
HOST_MANAGER, HOST_COORDINATOR = "host manager", "host coordinator"
VISITOR, DEPUTY, OBSERVER = "visitor", "deputy", "observer"
ADMINISTRATOR, SYSTEM, STRANGER = "administrator", "system", "stranger"
EVERYBODY = (
    SENDING_MANAGER,
    SENDING_COORDINATOR,
    HOST_MANAGER,
    HOST_COORDINATOR,
    VISITOR,
    DEPUTY,
    OBSERVER,
    ADMINISTRATOR,
    SYSTEM,
    STRANGER,
)

NO_HOLDS, TAKEN, GIVEN_BACK = "none", "taken", "given back"
KEPT, SWAPPED, MORE, FEWER = "kept", "swapped", "more", "fewer"
"""What becomes of the seats, people and quota that a visit holds."""

SENDING = frozenset({SENDING_MANAGER, SENDING_COORDINATOR})
HOST = frozenset({HOST_MANAGER, HOST_COORDINATOR})
EITHER_SITE = SENDING | HOST
MANAGERS = frozenset({SENDING_MANAGER, HOST_MANAGER})


@dataclass(frozen=True)
class Row:
    """One command in one case. `leads` is the state after, by the state before; all other states refuse it.

    `who` may give it. `tells` are the events, by the last words of their types. `refuses` names the refusal in states
    that the command fits and this case does not. `changes` is what becomes of the holds of a visit that holds before
    and after. The case is as a reader would tell it.
    """

    command: str
    case: str
    who: frozenset[str]
    leads: Mapping[str, str] = field(default_factory=dict)
    tells: tuple[str, ...] = ()
    refuses: Mapping[str, str] = field(default_factory=dict)
    changes: str = KEPT

    def holds(self, before: str) -> str:
        """What becomes of the holds of a visit in the state `before`, one of `leads`."""
        held, holds = before in HOLDING, self.leads[before] in HOLDING
        return {(False, False): NO_HOLDS, (False, True): TAKEN, (True, False): GIVEN_BACK}.get(
            (held, holds), self.changes
        )


def _stays(*states: str) -> dict[str, str]:
    return {state: state for state in states}


def _all_to(after: str, *states: str) -> dict[str, str]:
    return dict.fromkeys(states, after)


_REPLY, _FOR_THE_HOST = "reply_to_visit", HOST | {DEPUTY}
_NOT_OVER = (PROPOSED, PENDING, BOOKED)

TABLE: tuple[Row, ...] = (
    Row("propose_visit", "from either end", EITHER_SITE, {NONE: PROPOSED}, ("proposed",)),
    Row("enter_past_visit", "it took place before", MANAGERS, {NONE: FULFILLED}, ("entered-later",)),
    Row(_REPLY, "accepted, others awaited", _FOR_THE_HOST, _all_to(PENDING, PROPOSED, PENDING), ("replied",)),
    Row(_REPLY, "accepted, the last awaited", _FOR_THE_HOST, _all_to(BOOKED, PROPOSED, PENDING), ("replied", "booked")),
    Row(
        _REPLY,
        "accepted, the last awaited, the days no longer covered",
        _FOR_THE_HOST,
        refuses=_all_to("AgreementNotInEffect", PROPOSED, PENDING),
    ),
    Row(_REPLY, "tentative, perhaps with other days", _FOR_THE_HOST, _stays(PROPOSED, PENDING), ("replied",)),
    Row(_REPLY, "tentative by the only party", _FOR_THE_HOST, _all_to(PROPOSED, PROPOSED, PENDING), ("replied",)),
    Row(_REPLY, "declined", _FOR_THE_HOST, _all_to(CANCELLED, *_NOT_OVER), ("replied", "cancelled")),
    Row(
        _REPLY,
        "after reply-by",
        _FOR_THE_HOST,
        refuses=_all_to("ReplyTooLate", PROPOSED, PENDING),
    ),
    Row(
        "accept_counter",
        "others awaited",
        SENDING,
        _all_to(PENDING, PROPOSED, PENDING),
        ("rescheduled",),
        changes=SWAPPED,
    ),
    Row(
        "accept_counter",
        "nobody else awaited",
        SENDING,
        _all_to(BOOKED, PROPOSED, PENDING),
        ("rescheduled", "booked"),
        changes=SWAPPED,
    ),
    Row("accept_counter", "no other days asked for", SENDING, refuses=_all_to("NoCounterProposal", PROPOSED, PENDING)),
    Row(
        "reschedule_visit",
        "not every acceptance stands",
        EITHER_SITE,
        {PROPOSED: PROPOSED, PENDING: PENDING, BOOKED: PENDING},
        ("rescheduled",),
        changes=SWAPPED,
    ),
    Row(
        "reschedule_visit",
        "by the only one who accepted",
        frozenset({HOST_COORDINATOR}),
        _stays(*_NOT_OVER),
        ("rescheduled",),
        changes=SWAPPED,
    ),
    Row("extend_visit", "every party agrees", HOST, _stays(BOOKED, ARRIVED), ("extended",), changes=MORE),
    Row("extend_visit", "a party is awaited", EITHER_SITE, _stays(BOOKED, ARRIVED), ("extension-asked",)),
    Row(
        "withdraw_visitor",
        "others go",
        EITHER_SITE | {VISITOR},
        _stays(*_NOT_OVER, ARRIVED),
        ("visitor-withdrew",),
        changes=FEWER,
    ),
    Row(
        "withdraw_visitor",
        "the last who goes",
        EITHER_SITE | {VISITOR},
        _all_to(CANCELLED, *_NOT_OVER),
        ("visitor-withdrew", "cancelled"),
        {ARRIVED: "VisitorNotExpected"},
    ),
    Row("cancel_visit", "with a reason", EITHER_SITE, _all_to(CANCELLED, *_NOT_OVER), ("cancelled",)),
    Row("record_arrival", "of all who are awaited", HOST, {BOOKED: ARRIVED}, ("arrived",), {ARRIVED: "NobodyExpected"}),
    Row("record_arrival", "of one, another is awaited", HOST, _all_to(ARRIVED, BOOKED, ARRIVED), ("arrived",)),
    Row("record_departure", "of one or all", HOST, _stays(ARRIVED), ("departed",), changes=FEWER),
    Row("fulfil_visit", "with a short report", HOST, {ARRIVED: FULFILLED}, ("fulfilled",)),
    Row("mark_noshow", "the arrival day has passed", HOST, {BOOKED: NOSHOW}, ("noshow",)),
    Row("mark_noshow", "the arrival day has not passed", HOST, refuses={BOOKED: "NotYetPassed"}),
    Row(
        "mark_entered_in_error",
        "with a reason",
        MANAGERS | {ADMINISTRATOR},
        _all_to(ENTERED_IN_ERROR, *(state for state in STATES if state != ENTERED_IN_ERROR)),
        ("entered-in-error",),
    ),
    Row("name_deputy", "for a party that is asked", HOST, _stays(*_NOT_OVER, ARRIVED), ("deputy-named",)),
    Row("add_note", "in any state", EITHER_SITE, _stays(*STATES), ("note-added",)),
    Row(
        "lapse_visit", "reply-by has passed", frozenset({SYSTEM}), _all_to(CANCELLED, PROPOSED, PENDING), ("cancelled",)
    ),
)
"""Replies, deputies and extensions are told for the host department; the sending site's own are given by its people."""


def fits(command: str) -> frozenset[str]:
    """The states in which a command can be right, in some case."""
    return frozenset(state for row in TABLE if row.command == command for state in (*row.leads, *row.refuses))


def must_fit(visit: Visit, command: str, only: frozenset[str] | None = None) -> None:
    """Raises `WrongState` where the command does not fit the visit's state. `only` narrows it to one case's states."""
    fitting = fits(command) if only is None else only
    if visit.state not in fitting:
        raise WrongState(state=visit.state, command=command, fits=sorted(fitting))
