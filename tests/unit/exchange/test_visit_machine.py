"""Random commands by random people, in random order: whatever they do, the books stay right."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.errors import Refusal
from services.exchange.application import booking as saving
from services.exchange.application import commands
from services.exchange.domain.claims import claim
from services.exchange.domain.visit import OPEN, Visit, holds
from tests.alliance import START
from tests.fakes.exchange import AllianceInMemory, FakeVisits, alliance_in_memory

PEOPLE, SEATS, DAYS_PROMISED = 5, 3, 40
FIRST = date(2026, 4, 6)
UNPLANNED = {"early", "late", "overstay", "over-quota"}
"""Flags of what happened otherwise than was planned: only that may take more than is promised."""

DAY = st.integers(-1, 6)
"""Days after the planned arrival; what is reported is no later than today."""
WHO = st.sampled_from(["host"] * 6 + ["sending"] * 3 + ["host coordinator", "visitor", "administrator", "system"])
PARTY = st.sampled_from(["sending-site", "host-department", "authority"])
REASON = st.just("So it is.")
PERSON = st.integers(0, PEOPLE - 1)

FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "reply_to_visit": {"party": PARTY, "status": st.sampled_from(["accepted"] * 4 + ["tentative", "declined"])},
    "accept_counter": {"party": PARTY},
    "reschedule_visit": {"planned_arrival": DAY, "planned_departure": DAY, "reason": REASON},
    "extend_visit": {"planned_departure": DAY, "reason": REASON},
    "withdraw_visitor": {"person": PERSON, "new_leader": PERSON | st.none(), "reason": REASON},
    "cancel_visit": {"reason": REASON},
    "record_arrival": {"arrived_on": DAY, "visitors": st.lists(PERSON, max_size=2)},
    "record_departure": {"departed_on": DAY, "visitors": st.lists(PERSON, max_size=2)},
    "fulfil_visit": {"departed_on": DAY, "report": REASON},
    "mark_noshow": {"reason": REASON},
    "mark_entered_in_error": {"reason": REASON},
    "name_deputy": {"party": PARTY, "deputy": PERSON, "first": DAY, "last": DAY},
    "add_note": {"text": REASON},
}
OFTEN = [*FIELDS, "record_arrival", "record_departure", "fulfil_visit", "reschedule_visit"]
PEOPLE_FIELDS = ("person", "new_leader", "deputy", "visitors")
DAY_FIELDS = ("planned_arrival", "planned_departure", "arrival", "departure", "first", "last")
REPORTED = ("arrived_on", "departed_on")


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A command's name and fields; people and days are still numbers."""
    command = draw(st.sampled_from(OFTEN))
    fields = {name: draw(values) for name, values in FIELDS[command].items()}
    if fields.get("status") == "tentative":
        fields |= {"arrival": draw(DAY), "departure": draw(DAY)}
    return command, fields


class Lives(RuleBasedStateMachine):
    """One alliance with few seats, people and promised days, so that they get in each other's way."""

    def __init__(self) -> None:
        super().__init__()
        both = ("sending-site", "host-department")
        self.alliance: AllianceInMemory = alliance_in_memory(
            seats=SEATS, visits_per_year=6, visitor_days_per_year=DAYS_PROMISED, acceptance=both
        )
        self.alliance.clock.moment = START + timedelta(days=32)
        self.people = [self.alliance.person(f"Visitor {number}") for number in range(PEOPLE)]
        for number in range(2):
            self.alliance.propose(*self.people[2 * number : 2 * number + 2], arrival=FIRST + timedelta(days=4 * number))
            self.both_ends_accept(0)

    @property
    def kept(self) -> dict[str, Any]:
        return self.alliance.memory.fake_visits.kept

    @property
    def open(self) -> list[str]:
        return [key for key, document in self.kept.items() if document.state.state in OPEN]

    def actor(self, who: str) -> Actor:
        sending, host = frozenset({self.alliance.sending}), frozenset({self.alliance.host})
        return {
            "sending": Actor("per_sends", frozenset({PROGRAMME_MANAGER}), sending),
            "host": Actor("per_host", frozenset({PROGRAMME_MANAGER}), host),
            "host coordinator": Actor("per_hosts", frozenset({COORDINATOR}), host),
            "visitor": Actor(self.people[0], frozenset({VISITOR}), sending),
            "administrator": Actor("per_admin", frozenset({ADMINISTRATOR})),
            "system": SYSTEM,
        }[who]

    @rule(who=st.sets(PERSON, min_size=1, max_size=3), arrival=st.integers(0, 4), days=st.integers(1, 4))
    def propose(self, who: set[int], arrival: int, days: int) -> None:
        people = [self.people[number] for number in sorted(who)]
        self.given(lambda: self.alliance.propose(*people, arrival=FIRST + timedelta(days=arrival), days=days), made=1)

    @precondition(lambda self: self.open)
    @rule(which=st.integers(0, 30))
    def both_ends_accept(self, which: int) -> None:
        which = list(self.kept).index(self.open[which % len(self.open)])
        for who, party in (("sending", "sending-site"), ("host", "host-department")):
            self.order_on(which, "reply_to_visit", {"party": party, "status": "accepted"}, who)

    @rule(several=st.lists(st.tuples(st.integers(0, 30), orders(), WHO), min_size=4, max_size=12))
    def orders(self, several: list[tuple[int, tuple[str, dict[str, Any]], str]]) -> None:
        for which, (command, fields), who in several:
            self.order_on(which, command, fields, who)

    def order_on(self, which: int, command: str, fields: dict[str, Any], who: str) -> None:
        visit_id = list(self.kept)[which % len(self.kept)]
        version = self.kept[visit_id].version
        kind = getattr(commands, "".join(part.capitalize() for part in command.split("_")))
        asked = parsed(
            kind, {"visit_id": visit_id, "expected_version": version, **self.named(fields, self.kept[visit_id].state)}
        )
        context = self.alliance.context(self.actor(who), version)
        self.given(lambda: getattr(self.alliance.exchange, command)(asked, context))

    def named(self, fields: dict[str, Any], visit: Visit) -> dict[str, Any]:
        """The numbers as the visit's own people, mostly, and days near its own."""
        people = [visitor.person for visitor in visit.visitors] * 2 + self.people[:1]
        today = self.alliance.clock.now().date()
        named = dict(fields)
        for key, value in fields.items():
            if key in PEOPLE_FIELDS and value is not None:
                several = [people[each % len(people)] for each in (value if isinstance(value, list) else [value])]
                named[key] = several if isinstance(value, list) else several[0]
            if key in DAY_FIELDS:
                named[key] = (visit.planned_arrival + timedelta(days=value)).isoformat()
            if key in REPORTED:
                named[key] = min(today, visit.planned_arrival + timedelta(days=value)).isoformat()
        return named

    @rule(who=PERSON, days=st.integers(1, 5), by=WHO)
    def enter_past(self, who: int, days: int, by: str) -> None:
        fields = {
            "agreement_id": self.alliance.agreement, "condition_id": self.alliance.condition,
            "host_department": self.alliance.department, "visitors": [self.people[who]], "leader": self.people[who],
            "actual_arrival": "2026-02-02", "actual_departure": f"2026-02-0{1 + days}", "purpose": "Staging",
            "reason": "By telephone.",
        }  # fmt: skip
        command, context = parsed(commands.EnterPastVisit, fields), self.alliance.context(self.actor(by))
        self.given(lambda: self.alliance.exchange.enter_past_visit(command, context), made=1)

    @rule(days=st.integers(1, 4))
    def time_passes(self, days: int) -> None:
        self.alliance.clock.advance(timedelta(days=days))
        for visit_id in self.kept:
            self.alliance.exchange.lapse_visit(visit_id, self.alliance.context(SYSTEM))

    def given(self, act: Callable[[], Any], made: int = 0) -> None:
        """What is refused changes nothing; what is not makes one version of one visit."""
        before, ledgers = dict(self.kept), dict(self.alliance.memory.fake_ledgers.kept)
        try:
            act()
        except Refusal:
            assert (self.kept, self.alliance.memory.fake_ledgers.kept) == (before, ledgers)
            return
        changed = [key for key, document in self.kept.items() if before.get(key) != document]
        assert len(changed) == 1
        assert self.kept[changed[0]].version == (1 if made else before[changed[0]].version + 1)

    @invariant()
    def nothing_is_held_twice_and_only_what_the_state_holds(self) -> None:
        for document in self.kept.values():
            assert document.holds == frozenset(holds(document.state))
        held = Counter(key for document in self.kept.values() for key in holds(document.state))
        assert not [key for key, times in held.items() if times > 1]
        assert all(1 <= int(key.split(":")[2]) <= SEATS for key in held if key.startswith("seat:"))

    @invariant()
    def every_version_has_its_line(self) -> None:
        for document in self.kept.values():
            assert [line.version for line in document.history] == list(range(1, document.version + 1))

    @invariant()
    def the_ledger_says_what_the_visits_say(self) -> None:
        (ledger,) = self.alliance.memory.fake_ledgers.kept.values()
        visits: list[Visit] = [document.state for document in self.kept.values()]
        claims = [claim(visit) for visit in visits]
        assert ledger.visits.held == sum(each.held.visits for each in claims)
        assert ledger.visits.used == sum(each.used.visits for each in claims)
        assert ledger.visitor_days.held == sum(each.held.visitor_days for each in claims)
        assert ledger.visitor_days.used == sum(each.used.visitor_days for each in claims)
        if not any(UNPLANNED & set(visit.flags) for visit in visits):
            assert min(ledger.visits.left, ledger.visitor_days.left) >= 0


SHORT = settings(
    max_examples=50,
    stateful_step_count=50,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
FOUND = settings(SHORT, phases=[Phase.generate], max_examples=400)
"""A planted fault has only to be found, not to be told in the fewest steps."""


def test_whatever_people_do_the_books_stay_right() -> None:
    run_state_machine_as_test(Lives, settings=SHORT)


def _quota_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(saving, "moves", lambda _before, _after: ())


def _holds_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FakeVisits, "_must_be_free", lambda *_: None)
    patch.setattr(FakeVisits, "held_keys", lambda *_: frozenset())
    patch.setattr(FakeVisits, "of_people", lambda *_: [])


@pytest.mark.parametrize("plant", [_quota_stays, _holds_are_not_looked_at])
def test_a_planted_fault_is_found(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Lives, settings=FOUND)
