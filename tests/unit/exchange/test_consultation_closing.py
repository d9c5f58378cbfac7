"""How a session ends: attendance, opinions, actions that are chased, and a finding that the sites share."""

from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.errors import NotAllowed, Refusal
from services.exchange.application import queries
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.identity.refusals import PatientIdentity
from services.exchange.domain.consultations.refusals import (
    ActionClosed,
    AttendanceMissing,
    CaseSettled,
    DueInThePast,
    NoSuchAction,
    NoSuchCase,
    NotExpectedThere,
    OpinionMissing,
    SessionBegun,
    SessionNotBegun,
)
from services.exchange.domain.refusals import DateInTheFuture, WrongState
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.fakes.exchange import ExchangeInMemory

DAY = timedelta(days=1)


@pytest.fixture
def begun(there: Consulting) -> str:
    """A booked consultation with one case, whose session has just begun."""
    consultation = there.booked(cases=[there.case()])
    there.clock.moment = TUESDAY
    return consultation


def told(there: Consulting, kind: type[events.ConsultationHappening]) -> list[Any]:
    assert isinstance(there.exchange, ExchangeInMemory)
    return [each for each in there.exchange.fake_consultations.told if isinstance(each, kind)]


def case_id(there: Consulting, consultation: str) -> str:
    return str(there.view(consultation)["cases"][0]["id"])


def minutes(there: Consulting, consultation: str, **different: Any) -> dict[str, Any]:
    """Everybody came, one opinion, one action of the presenter that is due in a week."""
    action = {"what": "Send the follow-up CT", "owner": there.people["presenter"], "due_on": "2026-03-17"}
    usual = {
        "attended": [there.people[name] for name in ("chair", "presenter", "interpreter")],
        "opinions": {case_id(there, consultation): "CE2, treat with albendazole before surgery."},
        "actions": [action],
    }
    return usual | different


def test_a_session_is_closed_with_who_was_there_an_opinion_and_what_is_to_be_done(
    there: Consulting, begun: str
) -> None:
    assert there.give("close_session", begun, **minutes(there, begun)).state == "fulfilled"
    view = there.view(begun)
    assert view["cases"][0]["opinion"]["text"].startswith("CE2")
    assert [(action["owner_name"], action["state"]) for action in view["actions"]] == [("Presenter", "open")]
    assert len(view["sessions"][0]["attended"]) == 3
    assert there.balance() == {"promised": 50, "used": 1, "held": 0, "left": 49}
    assert [type(each) for each in there.exchange.fake_consultations.told[-2:]] == [  # type: ignore[attr-defined]
        events.SessionHeld,
        events.ConsultationFulfilled,
    ]


def test_attendance_is_told_while_it_goes_on_and_needed_for_the_closing(there: Consulting, begun: str) -> None:
    with pytest.raises(AttendanceMissing):
        there.give("close_session", begun, **minutes(there, begun, attended=None))
    there.give("record_attendance", begun, attended=[there.people["chair"]])
    assert there.view(begun)["state"] == "arrived"
    there.give("record_attendance", begun, attended=[there.people["chair"], there.people["deputy"]])
    there.give("close_session", begun, **minutes(there, begun, attended=None))
    assert there.view(begun)["sessions"][0]["attended"] == [there.people["chair"], there.people["deputy"]]


def test_before_it_begins_nothing_is_recorded_and_afterwards_it_is_not_moved(there: Consulting) -> None:
    consultation = there.booked(cases=[there.case()])
    for name, fields in (
        ("record_attendance", {"attended": []}),
        ("close_session", minutes(there, consultation)),
        ("mark_session_missed", {"reason": "Nobody came."}),
    ):
        with pytest.raises(SessionNotBegun):
            there.give(name, consultation, **fields)
    there.clock.moment = TUESDAY
    for name, fields in (
        ("move_session", {"begins": (TUESDAY + DAY).isoformat(), "reason": "Later."}),
        ("cancel_session", {"reason": "Too late."}),
        ("change_participants", {"participants": there.participants("chair", "presenter"), "reason": "Fewer."}),
    ):
        with pytest.raises(SessionBegun):
            there.give(name, consultation, **fields)


def test_every_case_needs_an_opinion_or_another_session(there: Consulting, begun: str) -> None:
    with pytest.raises(OpinionMissing) as refused:
        there.give("close_session", begun, **minutes(there, begun, opinions={}))
    assert refused.value.facts == {"cases": [case_id(there, begun)]}
    with pytest.raises(NoSuchCase):
        there.give("close_session", begun, **minutes(there, begun, postponed={"cas_none": TUESDAY.isoformat()}))
    postponed = {case_id(there, begun): TUESDAY.isoformat()}
    with pytest.raises(Refusal, match="SessionClosed"):
        there.give("close_session", begun, **minutes(there, begun, opinions={}, postponed=postponed))
    assert there.view(begun)["sessions"][0]["state"] == "planned"


def test_a_case_is_postponed_to_a_later_session_of_the_series(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=2", cases=[there.case()])
    there.clock.moment = TUESDAY
    case, later = case_id(there, made.id), (TUESDAY + 7 * DAY).isoformat()
    told_both = minutes(there, made.id, slot=TUESDAY.isoformat(), postponed={case: later})
    with pytest.raises(CaseSettled):
        there.give("close_session", made.id, **told_both)
    there.give("close_session", made.id, **told_both | {"opinions": {}})
    view = there.view(made.id)
    assert (view["state"], view["cases"][0]["slot"], view["cases"][0]["opinion"]) == ("pending", later, None)
    there.clock.moment = TUESDAY + 7 * DAY
    there.give("close_session", made.id, **minutes(there, made.id))
    assert there.view(made.id)["state"] == "fulfilled"


@pytest.mark.parametrize("way", ["opinions", "postponed"])
def test_a_case_is_settled_by_the_session_that_it_is_brought_before_and_no_other(there: Consulting, way: str) -> None:
    first, second = TUESDAY.isoformat(), (TUESDAY + 7 * DAY).isoformat()
    cases = [there.case(), there.case(reference="GLT-2", slot=second)]
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=3", cases=cases)
    there.clock.moment = TUESDAY
    usual, other = minutes(there, made.id, slot=first), str(there.view(made.id)["cases"][1]["id"])
    settled = {"opinions": "CE1.", "postponed": (TUESDAY + 14 * DAY).isoformat()}[way]
    with pytest.raises(NoSuchCase) as refused:
        there.give("close_session", made.id, **usual | {way: usual.get(way, {}) | {other: settled}})
    assert refused.value.facts == {"consultation": made.id, "case": other}
    there.give("close_session", made.id, **usual)
    assert there.view(made.id)["cases"][1]["slot"] == second


def test_an_action_may_follow_from_a_case(there: Consulting, begun: str) -> None:
    case = case_id(there, begun)
    follows = minutes(there, begun)["actions"][0] | {"case_id": case}
    there.give("close_session", begun, **minutes(there, begun, actions=[follows]))
    assert there.exchange.stores.consultations.load(begun).state.actions[0].case == case


def test_what_names_a_patient_or_a_stranger_or_is_due_yesterday_closes_nothing(there: Consulting, begun: str) -> None:
    action = minutes(there, begun)["actions"][0]
    finding = {"summary": "Of 61101-1234567-1", "outcome_type": "publication", "due_days": 90}
    for different, refusal in (
        ({"attended": [there.people["observer"]]}, NotExpectedThere),
        ({"actions": [action | {"owner": there.people["observer"]}]}, NotExpectedThere),
        ({"actions": [action | {"due_on": "2026-03-09"}]}, DueInThePast),
        ({"actions": [action | {"case_id": "cas_none"}]}, NoSuchCase),
        ({"actions": [action | {"what": "Call 61101-1234567-1"}]}, PatientIdentity),
        ({"opinions": {case_id(there, begun): "It is 61101-1234567-1."}}, PatientIdentity),
        ({"finding": finding}, PatientIdentity),
    ):
        with pytest.raises(refusal):
            there.give("close_session", begun, **minutes(there, begun, **different))
    assert there.view(begun)["sessions"][0]["state"] == "planned"


def test_an_identity_number_in_one_of_several_texts_is_told_with_where_it_stands(there: Consulting, begun: str) -> None:
    action, case = minutes(there, begun)["actions"][0], case_id(there, begun)
    named = action | {"what": "Call 61101-1234567-1"}
    for different, field, path in (
        ({"opinions": {case: "It is 61101-1234567-1."}}, "opinion", f"opinions.{case}"),
        ({"actions": [action, named]}, "what", "actions.1.what"),
    ):
        with pytest.raises(PatientIdentity) as refused:
            there.give("close_session", begun, **minutes(there, begun, **different))
        assert refused.value.facts == {"field": field, "kind": "pakistan-cnic", "path": path}


def test_a_session_that_nobody_came_to_is_missed_and_takes_no_quota(there: Consulting, begun: str) -> None:
    assert there.give("mark_session_missed", begun, reason="The line was down.").state == "noshow"
    assert there.balance() == {"promised": 50, "used": 0, "held": 0, "left": 50}
    with pytest.raises(WrongState):
        there.give("close_session", begun, **minutes(there, begun))


def test_only_who_organises_it_closes_it(there: Consulting, begun: str) -> None:
    with pytest.raises(NotAllowed):
        there.give("close_session", begun, there.actor("specialist"), **minutes(there, begun))
    assert there.give("close_session", begun, there.actor("chair"), **minutes(there, begun)).state == "fulfilled"


def test_a_finding_that_they_share_is_told_with_the_outcome_that_is_expected_of_it(
    there: Consulting, begun: str
) -> None:
    finding = {"summary": "Stages are read differently.", "outcome_type": "publication", "due_days": 90}
    there.give("close_session", begun, **minutes(there, begun, finding=finding))
    assert there.view(begun)["finding"] == finding
    (event,) = told(there, events.SessionHeld)
    assert event.finding.summary == finding["summary"]


# actions


def closed(there: Consulting, begun: str) -> str:
    """The id of the action that the closing asked for."""
    there.give("close_session", begun, **minutes(there, begun))
    return str(there.view(begun)["actions"][0]["id"])


def open_actions(there: Consulting, actor: Actor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = there.exchange.open_actions(parsed(queries.AskOpenActions, {}), actor)["items"]
    return found


def test_an_open_action_is_listed_for_its_owner_and_their_sites_until_it_is_done(there: Consulting, begun: str) -> None:
    action = closed(there, begun)
    for actor in (there.actor("presenter"), there.coordinator, ADMIN):
        assert [each["id"] for each in open_actions(there, actor)] == [action]
    assert open_actions(there, there.actor("observer")) == []
    with pytest.raises(DateInTheFuture):
        there.give("complete_action", begun, action_id=action, done_on="2026-03-11")
    there.give("complete_action", begun, there.actor("presenter"), action_id=action, done_on="2026-03-10", note="Sent.")
    assert open_actions(there, ADMIN) == []
    assert told(there, events.ActionDone)[0].action.done_on == date(2026, 3, 10)
    with pytest.raises(ActionClosed):
        there.give("drop_action", begun, action_id=action, reason="Not needed.")
    with pytest.raises(NoSuchAction):
        there.give("drop_action", begun, action_id="act_none", reason="Not needed.")


def test_whoever_owes_an_action_is_chased_when_its_day_is_over_and_weekly_four_times_in_all(
    there: Consulting, begun: str
) -> None:
    closed(there, begun)
    there.pass_time(timedelta(days=7, hours=12, minutes=59))
    assert told(there, events.ActionOverdue) == []
    there.pass_time(timedelta(minutes=1))
    assert len(told(there, events.ActionOverdue)) == 1
    there.pass_time(timedelta(days=100))
    assert [each.action.chased for each in told(there, events.ActionOverdue)] == [1, 2, 3, 4]


def test_who_has_done_it_or_need_not_do_it_is_chased_no_more(there: Consulting, begun: str) -> None:
    action = closed(there, begun)
    there.pass_time(timedelta(days=8))
    there.give("drop_action", begun, action_id=action, reason="The patient was operated on.")
    there.pass_time(timedelta(days=100))
    assert len(told(there, events.ActionOverdue)) == 1
    assert there.view(begun)["actions"][0]["state"] == "dropped"


def test_only_its_owner_and_who_organises_say_that_it_is_done(there: Consulting, begun: str) -> None:
    action = closed(there, begun)
    with pytest.raises(NotAllowed):
        there.give("complete_action", begun, there.actor("specialist"), action_id=action, done_on="2026-03-10")


def test_who_was_there_was_so_for_a_site_and_a_deputy_for_that_of_the_participant(
    there: Consulting, begun: str
) -> None:
    attended = [there.people[name] for name in ("chair", "deputy", "specialist")]
    there.give("close_session", begun, **minutes(there, begun, attended=attended))
    (session,) = there.exchange.stores.consultations.load(begun).state.sessions
    sites = dict(zip(attended, (there.sites[name] for name in ("kashgar", "gilgit", "hotan")), strict=True))
    assert (session.attended_for, session.found) == (sites, "")


def test_a_session_that_is_over_goes_on_telling_who_was_to_come_from_where(there: Consulting) -> None:
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=2")
    there.clock.moment = TUESDAY
    there.give("close_session", made, slot=TUESDAY.isoformat(), attended=[there.people["chair"]])
    before = there.view(made)["sessions"]
    there.give("change_participants", made, participants=there.participants("chair", "presenter"), reason="Fewer.")
    after = there.view(made)["sessions"]
    assert after[0] == before[0]
    assert (len(before[1]["comes"]), len(after[1]["comes"])) == (4, 2)
    assert [each["site"] for each in after[1]["local"]] == [there.sites["kashgar"], there.sites["gilgit"]]
    earlier = there.view(made)["earlier"]
    assert [each["name"] for each in earlier["people"]] == ["Interpreter", "Specialist"]
    assert [each["id"] for each in earlier["sites"]] == [there.sites["hotan"]]


def test_each_session_remembers_what_was_found_in_it(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=2", cases=[there.case()])
    there.clock.moment = TUESDAY + 8 * DAY
    finding = {"summary": "Both stage alike.", "outcome_type": "research-tool", "due_days": 90}
    for slot, found in ((TUESDAY, finding), (TUESDAY + 7 * DAY, finding | {"outcome_type": "award"})):
        told_of = minutes(there, made.id, slot=slot.isoformat(), actions=[], finding=found)
        there.give("close_session", made.id, **told_of if slot == TUESDAY else told_of | {"opinions": {}})
    sessions = there.exchange.stores.consultations.load(made.id).state.sessions
    assert [session.found for session in sessions] == ["research-tool", "award"]
