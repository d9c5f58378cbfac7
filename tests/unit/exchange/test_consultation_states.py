"""Every command about consultations, in every state, by everybody: what is offered is accepted, and nothing else is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.errors import NotAllowed, Refusal
from services.exchange.domain.consultations.consultation import STATES, Consultation
from services.exchange.domain.consultations.lifecycle import FITS
from services.exchange.domain.consultations.offers import offered
from services.exchange.domain.refusals import WrongState
from tests.consulting import TUESDAY, Consulting
from tests.fakes.exchange import consulting_in_memory

WEEK = timedelta(days=7)
LATER = "2026-05-05T06:00:00Z"


@dataclass
class Scene:
    """A consultation of two sessions, with a case, and another time that the specialist asks for."""

    there: Consulting
    consultation: str

    @property
    def state(self) -> Consultation:
        state: Consultation = self.there.exchange.stores.consultations.load(self.consultation).state
        return state

    def give(self, name: str, by: Actor | None = None, **fields: Any) -> None:
        self.there.give(name, self.consultation, by, **fields)

    def closes(self, slot: str) -> None:
        opinions = {case.id: "CE1." for case in self.state.cases if case.slot.isoformat() == slot}
        self.give("close_session", **self.minutes(slot) | {"opinions": opinions})

    def minutes(self, slot: str) -> dict[str, Any]:
        action = {"what": "Send the images", "owner": self.there.people["deputy"], "due_on": "2026-04-30"}
        actions = [] if self.state.actions else [action]
        return {"slot": slot, "attended": [self.there.people["chair"]], "actions": actions}

    def slot(self, number: int) -> str:
        """Of the sessions that are to come, or of all where none is."""
        return (self.state.planned or self.state.sessions)[number].slot.isoformat()


FIRST, SECOND = TUESDAY.isoformat(), (TUESDAY + WEEK).isoformat()


def begins(scene: Scene) -> None:
    scene.there.clock.moment = TUESDAY


def arrives(scene: Scene) -> None:
    begins(scene)
    scene.give("record_attendance", slot=FIRST, attended=[])


def meets_once(scene: Scene) -> None:
    begins(scene)
    scene.closes(FIRST)


def ends(scene: Scene) -> None:
    meets_once(scene)
    scene.there.clock.moment = TUESDAY + WEEK
    scene.closes(SECOND)


def nobody_comes(scene: Scene) -> None:
    begins(scene)
    scene.give("mark_session_missed", slot=FIRST, reason="The line is down.")
    scene.give("cancel_session", slot=SECOND, reason="The line is down.")


def is_cancelled(scene: Scene) -> None:
    scene.give("cancel_consultation", reason="Not needed.")


def is_wrong(scene: Scene) -> None:
    scene.give("mark_consultation_entered_in_error", reason="Twice.")


def ends_wrong(scene: Scene) -> None:
    ends(scene)
    is_wrong(scene)


def nobody_answers(scene: Scene) -> None:
    scene.there.clock.moment = scene.state.reply_by


def nothing(_: Scene) -> None:
    pass


SCENES: dict[str, tuple[str, str, Callable[[Scene], None]]] = {
    "waiting": ("waitlist", "waitlist", nothing),
    "proposed": ("proposed", "proposed", nothing),
    "proposed, and it is too late": ("proposed", "proposed", nobody_answers),
    "pending": ("pending", "pending", nothing),
    "pending, and it is too late": ("pending", "pending", nobody_answers),
    "booked": ("booked", "booked", nothing),
    "booked, and begun": ("booked", "booked", begins),
    "booked, and met once": ("booked", "booked", meets_once),
    "under way": ("booked", "arrived", arrives),
    "over": ("booked", "fulfilled", ends),
    "missed": ("booked", "noshow", nobody_comes),
    "cancelled": ("booked", "cancelled", is_cancelled),
    "wrong": ("booked", "entered-in-error", is_wrong),
    "wrong, and over": ("booked", "entered-in-error", ends_wrong),
}


def scene(name: str) -> Scene:
    there = consulting_in_memory()
    stands, state, goes_on = SCENES[name]
    if stands == "waitlist":
        there.booked()
    wish = {"recurrence": "FREQ=WEEKLY;COUNT=2", "cases": [there.case()], "wait": stands == "waitlist"}
    made = Scene(there, there.propose(there.coordinator if stands == "proposed" else None, **wish).id)
    if stands != "waitlist":
        there.reply(made.consultation, "specialist", "tentative", slot=SECOND, begins="2026-03-18T06:00:00Z")
    for name in ("chair", "interpreter") if stands == "booked" else ():
        there.reply(made.consultation, name)
    goes_on(made)
    assert made.state.state == state
    return made


def actors(there: Consulting) -> dict[str, Actor]:
    kashgar = frozenset({there.sites["kashgar"]})
    return {
        **{name: there.actor(name) for name in there.people},
        "manager": there.manager,
        "manager of another of the sites": Actor("per_m", frozenset({PROGRAMME_MANAGER}), kashgar),
        "coordinator": there.coordinator,
        "who observes one of the sites": Actor("per_o", frozenset({OBSERVER}), kashgar),
        "who visits one of the sites": Actor("per_v", frozenset({VISITOR}), kashgar),
        "manager elsewhere": Actor("per_e", frozenset({PROGRAMME_MANAGER, COORDINATOR}), frozenset({"sit_elsewhere"})),
        "administrator": Actor("per_admin", frozenset({ADMINISTRATOR})),
        "system": SYSTEM,
        "stranger": Actor("per_x"),
    }


def commands(one: Scene, actor: Actor) -> dict[str, dict[str, Any]]:
    """Each command with fields with which it goes through wherever it fits, named as it is offered."""
    there, state = one.there, one.state
    wish = {"participant": there.people["specialist"], "slot": one.slot(-1)}
    presenters = [each.person for each in state.participants if each.person == actor.person]
    case = there.case(reference="GLT-2", presenter=(presenters or [there.people["presenter"]])[0])
    why = {"reason": "So it is."}
    case_id = state.cases[0].id
    action = state.actions[0].id if state.actions else "act_none"
    replies = {
        f"reply_to_consultation:{person}": {"participant": person, "status": "accepted"}
        for person in (each.person for each in state.participants)
    }
    company = there.participants("chair", "presenter", "interpreter")
    return replies | {
        f"accept_counter_time:{wish['participant']}": wish,
        f"decline_counter_time:{wish['participant']}": wish | why,
        "reschedule_consultation": {"begins": LATER, "minutes": 30, "zone": "Asia/Karachi"} | why,
        "move_session": {"slot": one.slot(-1), "begins": LATER} | why,
        "change_participants": {"participants": company} | why,
        "cancel_consultation": why,
        "cancel_session": {"slot": one.slot(-1)} | why,
        "bring_case": {"case": case},
        f"withdraw_case:{case_id}": {"case_id": case_id} | why,
        "record_attendance": {"slot": one.slot(0), "attended": [there.people["chair"]]},
        "close_session": one.minutes(one.slot(0)) | {"opinions": {case_id: "CE1."} if state.cases[0].is_open else {}},
        "mark_session_missed": {"slot": one.slot(0)} | why,
        f"complete_action:{action}": {"action_id": action, "done_on": "2026-03-10"},
        f"drop_action:{action}": {"action_id": action} | why,
        "add_consultation_note": {"text": "So it is."},
        "mark_consultation_entered_in_error": why,
    }


@pytest.mark.parametrize("name", SCENES)
def test_what_is_offered_is_accepted_and_what_is_not_is_refused(name: str) -> None:
    one = scene(name)
    memory: Any = one.there.exchange
    kept, ledgers = memory.fake_consultations.kept, memory.fake_ledgers.kept
    before = dict(kept), dict(ledgers)
    stands = one.state
    for who, actor in actors(one.there).items():
        offers = offered(stands, actor, now=one.there.clock.now())
        orders = commands(one, actor)
        assert set(offers) <= set(orders), who
        assert len(set(offers)) == len(offers)
        for order, fields in orders.items():
            command = order.partition(":")[0]
            refused = refusal_of(one, command, actor, fields)
            assert (refused is None) == (order in offers), (who, order, refused)
            if refused:
                assert (kept, ledgers) == before
                _is_named(refused, command, stands, fits=stands.state in FITS[command])
            for shelf, was in zip((kept, ledgers), before, strict=True):
                shelf.clear()
                shelf.update(was)


def refusal_of(one: Scene, command: str, actor: Actor, fields: dict[str, Any]) -> Refusal | None:
    try:
        one.give(command, actor, **fields)
    except Refusal as refused:
        return refused
    return None


def _is_named(refused: Refusal, command: str, stands: Consultation, *, fits: bool) -> None:
    """Where the state does not fit, that or who asks is the reason."""
    if fits or isinstance(refused, NotAllowed):
        return
    gone = {"withdraw_case": "CaseSettled", "complete_action": "NoSuchAction", "drop_action": "NoSuchAction"}
    assert isinstance(refused, WrongState) or refused.name == gone.get(command), (command, refused)
    if isinstance(refused, WrongState):
        assert refused.facts == {"state": stands.state, "command": command, "fits": sorted(FITS[command])}


def test_every_state_has_its_scene_and_every_command_its_fields() -> None:
    assert {state for _, state, _ in SCENES.values()} == set(STATES)
    one = scene("over")
    given = {order.partition(":")[0] for order in commands(one, SYSTEM)}
    assert given == set(FITS)
