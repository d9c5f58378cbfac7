"""What the fake gateway answers about consultations has the very shape of what the exchange answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from services.exchange.application import commands, queries
from services.exchange.domain.consultations.finding.rules import RULES
from services.exchange.domain.consultations.lifecycle import FITS
from services.exchange.domain.visit_refusals import NothingChanges
from services.web.consultations import participants
from services.web.consultations.histories import told
from services.web.consultations.moves import MOVES
from services.web.consultations.reading import REFUSAL_OF
from services.web.refusal_messages import MESSAGES
from services.web.refusals import Known
from tests import web_consultations as samples
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.contract.test_web_samples import assert_same, shape
from tests.fakes.exchange import consulting_in_memory
from tests.unit.web.browser import Browser
from tests.web_app import Web

FOUR_HOURS = timedelta(hours=4)
LATE = TUESDAY + timedelta(hours=3)
"""17:00 in Kashgar: after work."""


@pytest.fixture
def there() -> Consulting:
    return consulting_in_memory()


def room(there: Consulting, site: str, places: int) -> str:
    """A room of the site."""
    site_id = there.sites[site]
    version = there.exchange.stores.sites.load(site_id).version
    fields = {"site_id": site_id, "room": {"names": {"en": "Room"}, "places": places}, "expected_version": version}
    there.exchange.add_room(parsed(commands.AddRoom, fields), there.context(ADMIN, version))
    items = there.exchange.sites(ADMIN)["items"]
    return str(next(each for each in items if each["id"] == site_id)["rooms"][0]["id"])


def full_life(there: Consulting) -> str:
    """A consultation with everything that one can have, over and with a task open."""
    rooms = {there.sites["kashgar"]: room(there, "kashgar", 12)}
    waiver = {"rules": ["lead"], "reason": "It may rupture."}
    wish: dict[str, Any] = {
        "urgent": True,
        "waive": waiver,
        "link": "https://meet.example/1",
        "rooms": rooms,
        "cases": [there.case()],
    }
    made = there.propose(begins=LATE.isoformat(), **wish)
    there.reply(made.id, "chair")
    there.reply(made.id, "interpreter", status="tentative", begins=(LATE + FOUR_HOURS / 8).isoformat())
    there.give("decline_counter_time", made.id, participant=there.people["interpreter"], reason="Too late.")
    there.reply(made.id, "interpreter", slot=there.view(made.id)["sessions"][0]["slot"])
    there.reply(made.id, "interpreter")
    there.reply(made.id, "specialist", slot=there.view(made.id)["sessions"][0]["slot"])
    there.give("add_consultation_note", made.id, text="Bring the images.")
    there.pass_time(LATE - there.clock.now() + timedelta(minutes=30))
    there.give("record_attendance", made.id, attended=[there.people["chair"]])
    case = there.view(made.id)["cases"][0]["id"]
    actions = [
        {"what": what, "owner": there.people["chair"], "due_on": "2026-03-20", "case_id": case}
        for what in ("Send the CT", "Reserve a bed", "Write")
    ]
    finding = {"summary": "We stage differently.", "outcome_type": "publication", "due_days": 30}
    there.give("close_session", made.id, opinions={case: "CE2."}, actions=actions, finding=finding)
    _first, second, third = (action["id"] for action in there.view(made.id)["actions"])
    there.give("complete_action", made.id, action_id=second, done_on="2026-03-10")
    there.give("drop_action", made.id, action_id=third, reason="Not needed.")
    there.pass_time(timedelta(days=14))
    return made.id


def faked() -> dict[str, Any]:
    """What the samples tell of a consultation, each field from the one that has it."""
    known = samples.consultations()
    asked = {key: known[samples.ASKED][key] for key in ("waiver", "warnings")}
    return {**known[samples.OVER], **asked, "notes": known[samples.BEGUN]["notes"]}


def test_one_consultation(there: Consulting) -> None:
    real = there.view(full_life(there))
    assert {each["rule"] for each in real["warnings"]} == {"hours"}
    assert_same(faked(), real)


def test_an_answer_for_one_of_several_sessions(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=2")
    there.reply(made.id, "chair", slot=there.view(made.id)["sessions"][1]["slot"])
    real = there.view(made.id)["sessions"][1]["answers"]
    assert_same({"answers": samples.consultations()[samples.ROUND]["sessions"][1]["answers"]}, {"answers": real})


def test_the_list_and_what_is_to_be_done(there: Consulting) -> None:
    full_life(there)
    listed = there.exchange.consultations(parsed(queries.AskConsultations, {}), ADMIN)
    lines = {"items": [samples.consultation_line(each) for each in samples.consultations().values()], "next": None}
    assert_same(lines, listed)
    waiting = there.exchange.open_actions(parsed(queries.AskOpenActions, {}), ADMIN)
    action = samples.consultations()[samples.OVER]["actions"][0]
    assert_same({"items": [{"consultation": "con_1", "title": "A cyst", **action}], "next": None}, waiting)


def looked(there: Consulting, *names: str, **different: Any) -> dict[str, Any]:
    question = {
        "agreement_id": there.agreement,
        "condition_id": there.condition,
        "participants": there.participants(*names),
        "interpreters": [["ur", "zh"]],
        "minutes": 60,
        "first": "2026-03-10",
        "last": "2026-03-10",
        "zone": "Asia/Karachi",
    }
    return there.exchange.find_a_time(parsed(queries.AskFindATime, question | different), there.manager)


def test_times_that_are_found(there: Consulting) -> None:
    real = looked(there, "chair", "presenter", "specialist", most=50)
    warned = next(each for each in real["slots"] if each["warnings"])
    assert_same(samples.TIMES["slots"][1] | {"misses": []}, warned)
    assert real.keys() == samples.TIMES.keys()


def test_why_there_is_no_time(there: Consulting) -> None:
    rooms = {there.sites["kashgar"]: room(there, "kashgar", 1)}
    real = looked(there, "chair", "observer", "presenter", first="2026-03-08", last="2026-03-08", rooms=rooms)
    assert real["slots"] == []
    assert shape(samples.NO_TIMES["none_because"]).keys() == shape(real["none_because"]).keys()
    for part in ("participants", "rooms", "interpreters"):
        assert_same(samples.NO_TIMES["none_because"][part], real["none_because"][part])
    changes = [change for each in real["none_because"]["smallest_relaxations"] for change in each["changes"]]
    assert {"change", "rule", "site_id"} in [set(change) for change in changes]


def changed_life(there: Consulting) -> str:
    """One that moved, whose case was exchanged, and that should never have been entered."""
    begins = there.clock.now().replace(hour=6, minute=0) + timedelta(days=7)
    made = there.propose(begins=begins.isoformat(), cases=[there.case()])
    there.reply(made.id, "interpreter", status="tentative", begins=(begins + timedelta(days=1)).isoformat())
    there.give("accept_counter_time", made.id, participant=there.people["interpreter"])
    there.give("change_participants", made.id, participants=there.participants("chair", "presenter"), reason="Enough.")
    case = there.view(made.id)["cases"][0]["id"]
    there.give("withdraw_case", made.id, case_id=case, reason="He is well.")
    there.give("bring_case", made.id, case=there.case(reference="GLT-15"))
    there.give("cancel_consultation", made.id, reason="No line.")
    there.give("mark_consultation_entered_in_error", made.id, reason="A trial.")
    return made.id


def round_of_three(there: Consulting) -> str:
    """One that repeats: a session is moved, one is called off, one is missed."""
    begins = there.clock.now().replace(hour=6, minute=0) + timedelta(days=14)
    made = there.propose(begins=begins.isoformat(), recurrence="FREQ=WEEKLY;COUNT=3")
    there.reply(made.id, "chair", status="declined")
    first, second, third = (session["slot"] for session in there.view(made.id)["sessions"])
    there.give("move_session", made.id, slot=second, begins=(begins + timedelta(days=8)).isoformat(), reason="Later.")
    there.give("cancel_session", made.id, slot=third, reason="The scanner is serviced.")
    there.reply(made.id, "chair")
    there.reply(made.id, "interpreter")
    there.pass_time(begins - there.clock.now() + timedelta(hours=2))
    there.give("mark_session_missed", made.id, slot=first, reason="No line.")
    return made.id


@pytest.mark.parametrize("life", [full_life, changed_life, round_of_three])
def test_every_line_of_a_history_is_told_in_words(there: Consulting, life: Callable[[Consulting], str]) -> None:
    view = there.view(life(there))
    lines, sessions = view["history"], view["sessions"]
    with Web().app.test_request_context("/"):
        untold = [line["what"] for line in lines if told(line, Known(), sessions) == line["what"]]
    assert untold == []


def test_every_rule_that_may_warn_has_its_sentence() -> None:
    assert REFUSAL_OF.keys() == {rule.name for rule in RULES}
    assert set(REFUSAL_OF.values()) <= MESSAGES.keys()
    for rule in RULES:
        assert REFUSAL_OF[rule.name] in {refusal.__name__ for refusal in rule.refusals}


def test_whatever_may_be_done_with_a_consultation_has_its_form() -> None:
    by_time_alone = {"lapse_consultation"}
    assert {move.method for move in MOVES.values()} | {participants.METHOD} == FITS.keys() - by_time_alone


@pytest.mark.parametrize("path", ["participants", "reschedule"])
def test_a_form_that_is_sent_as_it_stands_changes_nothing(there: Consulting, path: str) -> None:
    """The exchange itself says so of the very fields that the page sends."""
    begins = there.clock.now().replace(hour=6, minute=0) + timedelta(days=14)
    made = there.propose(begins=begins.isoformat(), recurrence="FREQ=WEEKLY;COUNT=3;INTERVAL=2")
    web = Web()
    web.gateway.consultations[made.id] = there.view(made.id, by=there.manager)
    browser, page = Browser(web), f"/consultations/{made.id}"
    browser.sign_in()
    form = browser.form(f"{page}/participants" if path == "participants" else page, f"{page}/{path}")
    browser.send(form, reason="As it is.")
    (given,) = web.gateway.commands()
    fields = {name: value for name, value in given.fields.items() if name != "consultation_id"}
    with pytest.raises(NothingChanges):
        there.give(given.method.partition(".")[2], made.id, **fields)
