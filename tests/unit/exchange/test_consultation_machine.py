"""Random commands about consultations by random people at random times: whatever they do, the books stay right."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from services.exchange.adapters.consultation_facts import told_of_consultation
from services.exchange.adapters.shapes import consultation_shape
from services.exchange.application import commands, convening
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.consultation import HOLDING, OPEN, UNDER_WAY, WAITLIST, Consultation
from services.exchange.domain.consultations.quarters import key_of, quarters
from services.exchange.domain.consultations.waking import due
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, ENTERED_IN_ERROR, FULFILLED
from tests.alliance import StandingClock
from tests.consulting import ADMIN, Consulting
from tests.fakes.exchange import ExchangeInMemory
from tests.fakes.exchange_consultations import FakeConsultations

SHAPE = consultation_shape(lambda _, __: ())
START = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
"""A Monday: what is planned three weeks ahead counts for the next year."""
QUIET_WITHIN = 60
"""Rounds of timers after which nothing is left to do, or something fires for ever."""

NAMES = ["chair", "presenter", "interpreter", "specialist", "observer", "deputy"]
WHO = st.sampled_from(["manager"] * 15 + ["coordinator"] * 6 + [*NAMES, "administrator", "system", "stranger"])
COMPANY = st.sampled_from(
    [
        ("chair", "presenter", "interpreter", "specialist"),
        ("chair", "presenter"),
        ("chair", "presenter", "observer"),
        ("chair", "specialist", "interpreter"),
        ("presenter", "observer"),
    ]
)
TEXT = st.just("So it is.")
SLOT = st.none() | st.integers(0, 3)
LENGTH = st.sampled_from([15, 30, 60])
WEEKS, QUARTER = st.integers(0, 3), st.sampled_from([0, 0, 0, 1, 2, 4, 8])
RULE = st.sampled_from(["", "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=2"])
ZONE = st.sampled_from(["Asia/Karachi", "Asia/Karachi", "America/New_York"])
TIME = {"begins": st.tuples(WEEKS, QUARTER), "minutes": LENGTH}
TIMES = TIME | {"recurrence": RULE, "zone": ZONE}
PERSON, NUMBER = st.sampled_from(NAMES), st.integers(0, 5)

FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "reply_to_consultation": {
        "participant": PERSON,
        "status": st.sampled_from(["accepted"] * 4 + ["declined"] * 2 + ["tentative"]),
        "slot": st.none() | SLOT,
        "deputy": st.none() | st.none() | st.sampled_from(["deputy", "observer"]),
    },
    "accept_counter_time": {"participant": PERSON, "slot": SLOT},
    "decline_counter_time": {"participant": PERSON, "slot": SLOT, "reason": TEXT},
    "reschedule_consultation": TIMES | {"reason": TEXT},
    "move_session": TIME | {"slot": SLOT, "reason": TEXT},
    "change_participants": {"participants": COMPANY, "reason": TEXT},
    "cancel_consultation": {"reason": TEXT},
    "cancel_session": {"slot": SLOT, "reason": TEXT},
    "bring_case": {"case": NUMBER},
    "withdraw_case": {"case_id": NUMBER, "reason": TEXT},
    "record_attendance": {"slot": SLOT, "attended": st.lists(PERSON, max_size=3)},
    "close_session": {
        "slot": SLOT, "attended": st.lists(PERSON, min_size=1, max_size=3), "opinions": st.booleans(),
        "postponed": SLOT, "actions": st.lists(PERSON, max_size=2),
    },
    "mark_session_missed": {"slot": SLOT, "reason": TEXT},
    "complete_action": {"action_id": NUMBER},
    "drop_action": {"action_id": NUMBER, "reason": TEXT},
    "add_consultation_note": {"text": TEXT},
    "mark_consultation_entered_in_error": {"reason": TEXT},
}  # fmt: skip
HOW: dict[str, dict[str, Any]] = {
    "record_attendance": {"attended": NAMES[:2]},
    "close_session": {"attended": NAMES[:2], "opinions": True, "actions": NAMES[:2]},
    "mark_session_missed": {"reason": "So it is."},
}
HOW_IT_GOES = [
    [],
    ["record_attendance"],
    ["record_attendance", "close_session"],
    ["close_session"],
    ["mark_session_missed"],
]
RARE = {"mark_consultation_entered_in_error", "cancel_consultation", "add_consultation_note"}
OFTEN = [
    *(name for name in FIELDS if name not in RARE),
    *FIELDS,
    *["reply_to_consultation"] * 4,
    *["close_session"] * 2,
]
ANNOUNCING = (
    events.ConsultationRescheduled,
    events.ParticipantsChanged,
    events.ConsultationCancelled,
    events.SessionCancelled,
    events.ConsultationEnteredInError,
)
"""What people's calendars have to hear of."""
TOLD_OF = {
    BOOKED: events.ConsultationBooked,
    CANCELLED: events.ConsultationCancelled,
    FULFILLED: events.ConsultationFulfilled,
    ENTERED_IN_ERROR: events.ConsultationEnteredInError,
    WAITLIST: events.ConsultationWaits,
}


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A command's name and fields; people, sessions, cases and times are still names and numbers."""
    command = draw(st.sampled_from(OFTEN))
    return command, {name: draw(values) for name, values in FIELDS[command].items()}


class Lives(RuleBasedStateMachine):
    """Three hospitals with few people, one room and few promised sessions, so that they get in each other's way."""

    def __init__(self) -> None:
        super().__init__()
        clock = StandingClock(START - timedelta(days=2))
        self.exchange = ExchangeInMemory(clock)
        self.there = Consulting(self.exchange, clock, sessions_a_year=7, until="2027-12-31")
        kashgar = self.there.sites["kashgar"]
        room = {"site_id": kashgar, "room": {"names": {"en": "Hall"}, "places": 4}, "expected_version": 2}
        self.exchange.add_room(parsed(commands.AddRoom, room), self.there.context(ADMIN, 2))
        self.room = self.exchange.stores.sites.load(kashgar).state.rooms[0].id
        clock.moment = START
        for week in range(2):
            weekly = {
                "begins": (week, 4 * week),
                "minutes": 60,
                "zone": "Asia/Karachi",
                "recurrence": "FREQ=WEEKLY;COUNT=3",
            }
            self.propose(NAMES[:4], "manager", weekly, wait=False, urgent=False, room=not week, case=week)
            self.everybody_accepts(week)

    @property
    def kept(self) -> dict[str, Any]:
        return self.exchange.fake_consultations.kept

    def actor(self, who: str) -> Actor:
        there = self.there
        known = {
            "manager": there.manager, "coordinator": there.coordinator, "administrator": ADMIN, "system": SYSTEM,
            "stranger": Actor("per_stranger"),
        }  # fmt: skip
        return known.get(who) or there.actor(who)

    @rule(
        company=COMPANY, who=WHO, times=st.fixed_dictionaries(TIMES), wait=st.booleans(), urgent=st.booleans(),
        room=st.booleans(), case=st.none() | NUMBER,
    )  # fmt: skip
    def propose(self, company: Any, who: str, times: Any, wait: bool, urgent: bool, room: bool, case: Any) -> None:
        asked = self.named({"participants": company, **times}, None)
        asked |= {"rooms": {self.there.sites["kashgar"]: self.room} if room else {}, "wait": wait, "urgent": urgent}
        asked["cases"] = [] if case is None else [self.case(case)]
        self.given(lambda: self.there.propose(self.actor(who), **asked))

    @precondition(lambda self: self.kept)
    @rule(which=NUMBER)
    def everybody_accepts(self, which: int) -> None:
        consultation = self.which(which)
        named = {person: name for name, person in self.there.people.items()}
        for each in self.kept[consultation].state.participants:
            name = named[each.person]
            self.order_on(consultation, "reply_to_consultation", {"participant": name, "status": "accepted"}, name)

    @precondition(lambda self: self.kept)
    @rule(
        which=NUMBER, who=WHO, person=PERSON, asked_for=st.tuples(WEEKS, QUARTER), slot=SLOT, minutes=st.none() | LENGTH
    )
    def somebody_asks_for_another_time(
        self, which: int, who: str, person: str, asked_for: Any, slot: Any, minutes: int | None
    ) -> None:
        wish = {"participant": person, "begins": asked_for, "status": "tentative", "slot": slot, "minutes": minutes}
        consultation = self.which(which)
        self.order_on(consultation, "reply_to_consultation", wish, person)
        self.order_on(consultation, "accept_counter_time", {"participant": person, "slot": slot}, who)

    @precondition(lambda self: self.kept)
    @rule(several=st.lists(st.tuples(NUMBER, orders(), WHO), min_size=4, max_size=12))
    def orders(self, several: list[tuple[int, tuple[str, dict[str, Any]], str]]) -> None:
        for which, (command, fields), who in several:
            answers = command == "reply_to_consultation" and who == "manager"
            self.order_on(self.which(which), command, fields, fields["participant"] if answers else who)

    @rule()
    def those_who_wait_are_served(self) -> None:
        before = dict(self.kept)
        self.there.tell("exchange.consultation.cancelled.v1")
        self.changed(before)

    @rule(minutes=st.sampled_from([15, 45, 60 * 24, 60 * 24 * 3, 60 * 24 * 7]))
    def time_passes(self, minutes: int) -> None:
        self.there.clock.moment += timedelta(minutes=minutes)
        self.timers_run_until_quiet()

    @precondition(lambda self: self.kept)
    @rule(which=NUMBER, after=st.sampled_from([0, 15, 90]), then=st.sampled_from(HOW_IT_GOES), by=WHO)
    def it_begins(self, which: int, after: int, then: list[str], by: str) -> None:
        """Time goes on to just after the next session of one of them, which then takes place, or does not."""
        consultation = self.which(which)
        coming = [each.begins for each in self.kept[consultation].state.planned]
        if ahead := [at for at in coming if at > self.there.clock.now()]:
            self.there.clock.moment = min(ahead) + timedelta(minutes=after)
            self.timers_run_until_quiet()
        number = next((at for at, each in enumerate(self.kept[consultation].state.sessions) if each.is_planned), 0)
        for command in then:
            self.order_on(consultation, command, HOW[command] | {"slot": number}, by)

    def which(self, number: int) -> str:
        ids = [key for key, each in self.kept.items() if each.state.state in UNDER_WAY | {FULFILLED}] or list(self.kept)
        return ids[number % len(ids)]

    def order_on(self, consultation: str, command: str, fields: dict[str, Any], who: str) -> None:
        asked = self.named(fields, self.kept[consultation].state)
        if "action_id" in fields and command == "complete_action":
            asked["done_on"] = self.there.clock.now().date().isoformat()
        self.given(lambda: self.there.give(command, consultation, self.actor(who), **asked))

    def named(self, fields: dict[str, Any], state: Consultation | None) -> dict[str, Any]:
        """The numbers and names as the consultation's own people, sessions and cases."""
        found = {name: value for name, value in fields.items() if value is not None}
        for name in ("participant", "deputy"):
            if name in found:
                found[name] = self.there.people.get(found[name], found[name])
        if "begins" in found:
            found["begins"] = self.moment(*found["begins"]).astimezone(ZoneInfo("Asia/Shanghai")).isoformat()
        if "participants" in found:
            found["participants"] = self.company(found["participants"])
        if state is not None:
            found |= self.numbered(found, state)
        return found

    def company(self, names: tuple[str, ...]) -> list[dict[str, Any]]:
        """The observer may come in the chair's place wherever they do not take part themselves."""
        chair, observer = (self.there.people[name] for name in ("chair", "observer"))
        deputies = {} if "observer" in names else {chair: [observer]}
        return [
            each | ({"deputies": deputies[each["person_id"]]} if each["person_id"] in deputies else {})
            for each in self.there.participants(*names)
        ]

    def numbered(self, found: dict[str, Any], state: Consultation) -> dict[str, Any]:
        """What the fields name of the consultation itself."""
        named: dict[str, Any] = {}
        slots, cases, actions = [_ids(each) for each in (state.sessions, state.cases, state.actions)]
        if "slot" in found:
            named["slot"] = slots[found["slot"] % len(slots)]
        if "case_id" in found:
            named["case_id"] = cases[found["case_id"] % len(cases)] if cases else "cas_none"
        if "action_id" in found:
            named["action_id"] = actions[found["action_id"] % len(actions)] if actions else "act_none"
        if "case" in found:
            named["case"] = self.case(found["case"])
        if "attended" in found:
            named["attended"] = [self.there.people[each] for each in found["attended"]]
        if "opinions" in found:
            named |= self.minutes(found, state, slots)
        return named

    def minutes(self, found: dict[str, Any], state: Consultation, slots: list[str]) -> dict[str, Any]:
        waiting = [each.id for each in state.cases if not each.opinion and not each.withdrawn]
        mine = [
            each
            for each in waiting
            if "slot" not in found or _slot_of(state, each) == slots[found["slot"] % len(slots)]
        ]
        due_on = (self.there.clock.now() + timedelta(days=2)).date().isoformat()
        return {
            "opinions": dict.fromkeys(mine, "CE2.") if found["opinions"] else {},
            "postponed": (
                dict.fromkeys(mine, slots[found["postponed"] % len(slots)])
                if "postponed" in found and not found["opinions"]
                else {}
            ),
            "actions": [
                {"what": "Send it", "owner": self.there.people[each], "due_on": due_on} for each in found["actions"]
            ],
        }

    def moment(self, weeks: int, quarter: int) -> datetime:
        """Eleven in Gilgit or later, on a Tuesday for which there is notice enough."""
        noticed = self.there.clock.now() + timedelta(days=4)
        tuesday = noticed + timedelta(days=(1 - noticed.weekday()) % 7)
        return tuesday.replace(hour=6, minute=0) + timedelta(days=7 * weeks, minutes=15 * quarter)

    def case(self, number: int) -> dict[str, Any]:
        return self.there.case(reference=f"GLT-{number}")

    def given(self, act: Callable[[], Any]) -> None:
        """What is refused changes nothing; what is not makes one version of one consultation, and tells of it."""
        before, ledgers = dict(self.kept), dict(self.exchange.fake_ledgers.kept)
        try:
            act()
        except Refusal:
            assert (self.kept, self.exchange.fake_ledgers.kept) == (before, ledgers)
            return
        assert len(self.changed(before)) == 1

    def changed(self, before: dict[str, Any]) -> list[str]:
        """Which consultations did, each by one version that is told and kept as it is."""
        changed = [key for key, document in self.kept.items() if before.get(key) != document]
        for key in changed:
            _is_one_version_more(before.get(key), self.kept[key])
            state = self.kept[key].state
            assert SHAPE.state({"_id": key, **SHAPE.fields(state)}) == state
            assert self.there.view(key)["version"] == self.kept[key].version
        return changed

    def timers_run_until_quiet(self) -> None:
        """As `chassis.timers` does: what was tried is not due any more, but for what a decision asks for anew."""
        tried: set[tuple[Any, ...]] = set()
        for _ in range(QUIET_WITHIN):
            now = self.there.clock.now()
            waiting = [
                (key, document.version, each)
                for key, document in self.kept.items()
                for each in due(document.state)
                if each.at <= now and (key, document.version, each) not in tried
            ]
            if not waiting:
                return
            tried |= set(waiting)
            for consultation, _, each in waiting:
                before, context = dict(self.kept), Context(self.there.fresh(), SYSTEM, now)
                self.exchange.consultation_timers()[each.name](consultation, context)
                assert self.changed(before) in ([], [consultation])
        pytest.fail(f"timers that fire for ever: {waiting}")

    @invariant()
    def nothing_is_held_twice_and_everything_that_is_needed_is(self) -> None:
        held = Counter(key for document in self.kept.values() for key in document.holds)
        assert not [key for key, times in held.items() if times > 1]
        for document in self.kept.values():
            assert document.holds == _needed(document.state)

    @invariant()
    def only_deputies_stand_in(self) -> None:
        for document in self.kept.values():
            state = document.state
            deputies = {each.person: each.deputies for each in state.participants}
            for session in state.planned:
                assert all(deputy in deputies[person] for person, deputy in session.stand_ins.items())

    @invariant()
    def the_ledgers_say_what_the_sessions_say(self) -> None:
        for ledger in self.exchange.fake_ledgers.kept.values():
            sessions = [
                (document.state.state, session.state)
                for document in self.kept.values()
                for session in document.state.sessions
                if session.begins.astimezone(ZoneInfo(document.state.zone)).year == ledger.year
            ]
            assert ledger.visits.held == sum(of in HOLDING and it == "planned" for of, it in sessions)
            assert ledger.visits.used == sum(of != ENTERED_IN_ERROR and it == "fulfilled" for of, it in sessions)
            assert ledger.visits.left >= 0

    @invariant()
    def what_is_over_has_nothing_to_come_and_what_is_not_has(self) -> None:
        for state in (document.state for document in self.kept.values()):
            assert len({session.slot for session in state.sessions}) == len(state.sessions)
            if state.state != ENTERED_IN_ERROR:
                assert bool(state.planned) == (state.state in UNDER_WAY)
            if state.state in OPEN:
                ahead = [each.begins for each in state.planned if each.begins > self.there.clock.now()]
                assert state.reply_by <= min(ahead, default=state.reply_by)
            if state.state in UNDER_WAY:
                coming = {session.slot for session in state.planned}
                is_last = all(each.begins <= self.there.clock.now() for each in state.planned)
                open_cases = [each for each in state.cases if not each.opinion and not each.withdrawn]
                assert is_last or all(each.slot in coming for each in open_cases)

    @invariant()
    def who_is_concerned_is_found(self) -> None:
        for state in (document.state for document in self.kept.values()):
            people = {who for each in state.participants for who in (each.person, *each.deputies)}
            assert set(state.needs) == people | set(state.rooms.values())
            owing = {each.owner for each in state.actions if each.is_open}
            assert set(state.owed_by) == (owing if state.state != ENTERED_IN_ERROR else set())
            assert state.is_owed == bool(state.owed_by)


def _is_one_version_more(before: Any, after: Any) -> None:
    """Its calendars hear of what was announced, and whoever waits for a state hears of it."""
    assert after.version == len(after.history) == (before.version if before else 0) + 1
    told = after.told[len(before.told) if before else 0 :]
    for event in told:
        told_of_consultation(event)
        # What the rules warn of is put to it afterwards, and not told.
        assert replace(event.consultation, warnings=after.state.warnings) == after.state
    announced = any(isinstance(event, ANNOUNCING) for event in told)
    assert after.state.sequence == (before.state.sequence + announced if before else 0)
    left = before.state.state if before else None
    if after.state.state != left and (left, after.state.state) != (ARRIVED, BOOKED):
        wanted = TOLD_OF.get(after.state.state, events.ConsultationHappening)
        assert after.state.state == ARRIVED or any(isinstance(event, wanted) for event in told)


def _needed(state: Consultation) -> frozenset[str]:
    """Said anew: whoever is required and has not declined, whoever else accepted, or their deputies; and the rooms.

    Deputies come where somebody said so, and stand in where nobody has said yet who comes.
    """
    if state.state not in HOLDING:
        return frozenset()
    keys = set()
    for session in state.planned:
        things = [("room", room) for room in state.rooms.values()]
        for each in state.participants:
            answer = session.answers.get(each.person) or state.answers.get(each.person)
            status = answer.status if answer else "needs-action"
            if status == "accepted" or (each.required and status != "declined"):
                stands_in = session.stand_ins.get(each.person) if status != "accepted" else None
                things.append(("person", (answer and answer.deputy) or stands_in or each.person))
        keys |= {key_of(*thing, at) for thing in things for at in quarters(session.begins, session.ends)}
    return frozenset(keys)


def _ids(things: Any) -> list[str]:
    return [each.slot.isoformat() if hasattr(each, "begins") else each.id for each in things]


def _slot_of(state: Consultation, case_id: str) -> str:
    return next(each.slot.isoformat() for each in state.cases if each.id == case_id)


SHORT = settings(
    max_examples=30,
    stateful_step_count=30,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
FOUND = settings(SHORT, phases=[Phase.generate])
"""A planted fault has only to be found, not to be told in the fewest steps."""


def test_whatever_people_do_the_books_stay_right() -> None:
    run_state_machine_as_test(Lives, settings=SHORT)


def _quota_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(convening, "moves", lambda _before, _after: ())


def _holds_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FakeConsultations, "_must_be_free", lambda *_: None)
    patch.setattr(FakeConsultations, "taken", lambda *_: frozenset())


@pytest.mark.parametrize("plant", [_quota_stays, _holds_are_not_looked_at])
def test_a_planted_fault_is_found(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Lives, settings=FOUND)
