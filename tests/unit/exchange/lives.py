"""Visits brought to a state by the commands that lead there, and every command of the table as somebody gives it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import (
    ADMINISTRATOR,
    COORDINATOR,
    OBSERVER,
    PROGRAMME_MANAGER,
    SYSTEM,
    VISITOR,
    Actor,
)
from chassis.kernel.decision import Receipt
from services.exchange.application import commands
from services.exchange.domain import lifecycle as life
from services.exchange.domain import visit as states
from services.exchange.domain.visit import Visit
from tests.amending import terminate
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

ARRIVAL, DEPARTURE = date(2026, 4, 6), date(2026, 4, 8)
LATER = {"planned_arrival": "2026-05-11", "planned_departure": "2026-05-13", "reason": "The road is closed."}
COUNTER = {"status": "tentative", "arrival": "2026-05-18", "departure": "2026-05-20"}
BOTH, HOST_ALONE = ("sending-site", "host-department"), ("host-department",)
HOST, SENDING = "host coordinator", "sending manager"

SPOKEN = frozenset({"reply_to_visit", "name_deputy", "reschedule_visit", "extend_visit"})
"""Commands in which somebody speaks for a party: the other end's people give them in the same way."""
OTHER_END = {
    life.SENDING_MANAGER: life.HOST_MANAGER,
    life.SENDING_COORDINATOR: life.HOST_COORDINATOR,
    life.HOST_MANAGER: life.SENDING_MANAGER,
    life.HOST_COORDINATOR: life.SENDING_COORDINATOR,
    "host-department": "sending-site",
    "sending-site": "host-department",
}


class Life:
    """One alliance with one visit, and everybody whom the table names.

    `mirrored`: in what is spoken for a party, the sending site stands where the table has the host department, and each
    of its people where theirs are.
    """

    def __init__(self, needs: Iterable[str] = BOTH, visitors: int = 2, *, mirrored: bool = False) -> None:
        self._other = OTHER_END if mirrored else {}
        self.needs = tuple(needs)
        self.alliance: AllianceInMemory = alliance_in_memory(acceptance=tuple(map(self._at_its_end, self.needs)))
        self.visitors = [self.alliance.person(f"Visitor {number}") for number in range(visitors)]
        self.deputy = self.alliance.person("Deputy")
        self.visit_id = self.alliance.propose(*self.visitors, arrival=ARRIVAL).id

    @property
    def visit(self) -> Visit:
        return self.alliance.memory.fake_visits.load(self.visit_id).state

    @property
    def version(self) -> int:
        return self.alliance.memory.fake_visits.load(self.visit_id).version

    def actor(self, who: str) -> Actor:
        sending, host = frozenset({self.alliance.sending}), frozenset({self.alliance.host})
        return {
            life.SENDING_MANAGER: Actor("per_manager", frozenset({PROGRAMME_MANAGER}), sending),
            life.SENDING_COORDINATOR: Actor("per_sends", frozenset({COORDINATOR}), sending),
            life.HOST_MANAGER: Actor("per_host", frozenset({PROGRAMME_MANAGER}), host),
            life.HOST_COORDINATOR: Actor("per_coordinator", frozenset({COORDINATOR}), host),
            life.VISITOR: Actor(self.visitors[-1], frozenset({VISITOR}), sending),
            life.DEPUTY: Actor(self.deputy, frozenset({OBSERVER}), frozenset({"sit_elsewhere"})),
            life.OBSERVER: Actor("per_observer", frozenset({OBSERVER}), sending | host),
            life.ADMINISTRATOR: Actor("per_administrator", frozenset({ADMINISTRATOR}), frozenset({"sit_elsewhere"})),
            life.SYSTEM: SYSTEM,
            life.STRANGER: Actor("per_x", frozenset({PROGRAMME_MANAGER, COORDINATOR}), frozenset({"sit_elsewhere"})),
        }[who]

    def give(self, intent: str, who: str, **fields: Any) -> Receipt | None:
        """Gives a command on the visit, as a new call would."""
        if intent in SPOKEN and fields.get("party") != "authority":
            who, fields = self._at_its_end(who), {name: self._at_its_end(value) for name, value in fields.items()}
        actor, exchange = self.actor(who), self.alliance.exchange
        if intent == "lapse_visit":
            exchange.lapse_visit(self.visit_id, self.alliance.context(actor))
            return None
        kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
        command = parsed(kind, {"visit_id": self.visit_id, "expected_version": self.version, **fields})
        receipt: Receipt = getattr(exchange, intent)(command, self.alliance.context(actor, self.version))
        return receipt

    def _at_its_end(self, named: Any) -> Any:
        return self._other.get(named, named) if isinstance(named, str) else named

    def on(self, day: date) -> None:
        """The clock moves to noon of the day at the host, if that is still to come."""
        moment = self.alliance.clock.moment.replace(year=day.year, month=day.month, day=day.day)
        self.alliance.clock.moment = max(moment, self.alliance.clock.moment)

    def accepted_by(self, *parties: str) -> None:
        for party in parties:
            self.give("reply_to_visit", SENDING if party == "sending-site" else HOST, party=party, status="accepted")

    def deputed(self) -> None:
        """The deputy stands in for the host's coordinator, while that can be said."""
        if self.visit.state in life.fits("name_deputy"):
            fields = {"party": "host-department", "deputy": self.deputy, "first": "2026-03-02", "last": "2026-05-30"}
            self.give("name_deputy", HOST, **fields)


def _leads(to: str, life_: Life) -> None:
    """Brings a fresh visit to the state."""
    if to == states.PROPOSED:
        return
    if to == states.CANCELLED:
        life_.give("cancel_visit", SENDING, reason="Ill.")
        return
    if to == states.ENTERED_IN_ERROR:
        life_.give("mark_entered_in_error", SENDING, reason="Twice.")
        return
    if to == states.PENDING:
        # The mover's acceptance is nobody's: moved once booked, it holds and waits for all.
        _pending(life_)
        return
    life_.accepted_by(*life_.needs)
    _attended(to, life_)


def _pending(life_: Life) -> None:
    if life_.needs[0] == "sending-site":
        life_.accepted_by("sending-site")
        return
    life_.accepted_by(*life_.needs)
    days = {"planned_arrival": ARRIVAL.isoformat(), "planned_departure": "2026-04-07", "reason": "A day less."}
    life_.give("reschedule_visit", SENDING, **days)


def _attended(to: str, life_: Life) -> None:
    if to == states.NOSHOW:
        life_.on(ARRIVAL + timedelta(days=1))
        life_.give("mark_noshow", HOST, reason="Nobody came.")
    if to in (states.ARRIVED, states.FULFILLED):
        life_.on(ARRIVAL)
        life_.give("record_arrival", HOST, arrived_on=ARRIVAL.isoformat(), visitors=life_.visitors[:1])
    if to == states.FULFILLED:
        life_.on(DEPARTURE)
        life_.give("fulfil_visit", HOST, departed_on=DEPARTURE.isoformat(), report="Went well.")


@dataclass(frozen=True)
class Act:
    """How a row of the table is acted out: the visit it needs, what happens before, and the command's fields."""

    fields: Callable[[Life], dict[str, Any]]
    needs: tuple[str, ...] = BOTH
    visitors: int = 2
    before: Callable[[Life], None] = lambda _: None


def lived(state: str, act: Act, *, mirrored: bool = False) -> Life:
    """A visit that stands in the state, ready for the act."""
    one = Life(act.needs, act.visitors, mirrored=mirrored)
    one.deputed()
    _leads(state, one)
    if state not in (states.CANCELLED, states.ENTERED_IN_ERROR, states.NOSHOW, states.FULFILLED):
        act.before(one)
    return one


def said(status: str, **more: str) -> Callable[[Life], dict[str, Any]]:
    return lambda _: {"party": "host-department", "status": status, **more}


def countered(party: str = "host-department") -> Callable[[Life], None]:
    def counter(one: Life) -> None:
        if one.visit.state in (states.PROPOSED, states.PENDING):
            one.give("reply_to_visit", HOST, party=party, **COUNTER)

    return counter


def late(one: Life) -> None:
    one.alliance.clock.moment = one.visit.reply_by


def agreement_ended(one: Life) -> None:
    """Its last day is the one before the visit is to begin; who has arrived keeps it from being so no more."""
    if one.visit.state != states.ARRIVED:
        terminate(one.alliance, ARRIVAL - timedelta(days=1))


def day_after_arrival(one: Life) -> None:
    one.on(ARRIVAL + timedelta(days=1))


def arrival_day(one: Life) -> None:
    one.on(ARRIVAL)


def everybody_there(one: Life) -> None:
    arrival_day(one)
    if one.visit.state == states.ARRIVED:
        one.give("record_arrival", HOST, arrived_on=ARRIVAL.isoformat())


def _extension(_: Life) -> dict[str, Any]:
    return {"planned_departure": "2026-04-10", "reason": "More to see."}


def _withdrawal(one: Life) -> dict[str, Any]:
    leads = one.visit.leader == one.visitors[-1] and len(one.visit.going) > 1
    more = {"new_leader": one.visitors[0]} if leads else {}
    return {"person": one.visitors[-1], "reason": "Ill.", **more}


_THREE = (*BOTH, "authority")
ACTS: dict[tuple[str, str], Act] = {
    ("reply_to_visit", "accepted, others awaited"): Act(said("accepted"), _THREE),
    ("reply_to_visit", "accepted, the last awaited"): Act(said("accepted"), HOST_ALONE),
    ("reply_to_visit", "accepted, the last awaited, the days no longer covered"): Act(
        said("accepted"), HOST_ALONE, before=agreement_ended
    ),
    ("reply_to_visit", "tentative, perhaps with other days"): Act(lambda _: {"party": "host-department", **COUNTER}),
    ("reply_to_visit", "tentative by the only party"): Act(
        lambda _: {"party": "host-department", "status": "tentative"}, HOST_ALONE
    ),
    ("reply_to_visit", "declined"): Act(said("declined", reason="Full.")),
    ("reply_to_visit", "after reply-by"): Act(said("accepted"), before=late),
    ("accept_counter", "others awaited"): Act(
        lambda _: {"party": "host-department"}, _THREE, before=countered("host-department")
    ),
    ("accept_counter", "nobody else awaited"): Act(lambda _: {"party": "host-department"}, before=countered()),
    ("accept_counter", "no other days asked for"): Act(lambda _: {"party": "host-department"}),
    ("reschedule_visit", "not every acceptance stands"): Act(lambda _: LATER, _THREE),
    ("reschedule_visit", "by the only one who accepted"): Act(lambda _: LATER, HOST_ALONE),
    ("extend_visit", "every party agrees"): Act(_extension, HOST_ALONE),
    ("extend_visit", "a party is awaited"): Act(_extension, _THREE),
    ("withdraw_visitor", "others go"): Act(_withdrawal),
    ("withdraw_visitor", "the last who goes"): Act(_withdrawal, visitors=1),
    ("cancel_visit", "with a reason"): Act(lambda _: {"reason": "The road is closed."}),
    ("record_arrival", "of all who are awaited"): Act(
        lambda _: {"arrived_on": ARRIVAL.isoformat()}, before=everybody_there
    ),
    ("record_arrival", "of one, another is awaited"): Act(
        lambda one: {"arrived_on": ARRIVAL.isoformat(), "visitors": one.visitors[1:2]}, visitors=3, before=arrival_day
    ),
    ("record_departure", "of one or all"): Act(lambda _: {"departed_on": ARRIVAL.isoformat()}, before=arrival_day),
    ("fulfil_visit", "with a short report"): Act(
        lambda _: {"departed_on": ARRIVAL.isoformat(), "report": "Good."}, before=arrival_day
    ),
    ("mark_noshow", "the arrival day has passed"): Act(lambda _: {"reason": "Nobody came."}, before=day_after_arrival),
    ("mark_noshow", "the arrival day has not passed"): Act(lambda _: {"reason": "Nobody came."}, before=arrival_day),
    ("mark_entered_in_error", "with a reason"): Act(lambda _: {"reason": "Twice."}),
    ("name_deputy", "for a party that is asked"): Act(
        lambda one: {
            "party": "host-department",
            "deputy": one.deputy,
            "first": "2026-04-01",
            "last": "2026-04-30",
        }
    ),
    ("add_note", "in any state"): Act(lambda _: {"text": "No beef."}),
    ("lapse_visit", "reply-by has passed"): Act(lambda _: {}, before=late),
}
"""By command and case. `propose_visit` and `enter_past_visit` need no visit and are acted out in their own tests."""
