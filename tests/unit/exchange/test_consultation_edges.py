"""Where a consultation's life was once caught: orders of events that people do give."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.errors import Refusal
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationWaits
from services.exchange.application import commands
from services.exchange.application.convening import Convening
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from services.exchange.domain.consultations.identity.refusals import PatientIdentity
from services.exchange.domain.consultations.refusals import (
    AttendanceMissing,
    ChairNeeded,
    NoSuchSession,
    NotAParticipant,
    NotAPartner,
    NotOnTheQuarter,
    RoomNotNeeded,
    SessionBegun,
    SeveralSitesNeeded,
    SlotGone,
    StillPresents,
)
from services.exchange.domain.refusals import AgreementNotInEffect, QuotaClosed
from services.exchange.domain.visit_refusals import NothingChanges, ReplyTooLate
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.event_factory import make_event
from tests.unit.exchange.test_consultation_lives import held, series, slots, told

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def session_states(there: Consulting, consultation: str) -> list[str]:
    return [session["state"] for session in there.view(consultation)["sessions"]]


def close(there: Consulting, consultation: str, **fields: Any) -> None:
    there.give("close_session", consultation, **({"attended": [there.people["chair"]]} | fields))


def decline(there: Consulting, consultation: str, *names: str) -> None:
    for name in names:
        there.reply(consultation, name, "declined")


# everybody declines


def test_where_everybody_declines_the_sessions_are_called_off_and_calendars_hear_of_it(there: Consulting) -> None:
    made = there.propose()
    decline(there, made.id, "chair", "presenter", "interpreter")
    assert session_states(there, made.id) == ["cancelled"]
    (event,) = told(there, events.ConsultationCancelled)
    assert (event.consultation.sequence, event.consultation.state) == (1, "cancelled")


def test_where_everybody_declines_what_is_left_of_a_series_what_took_place_stays(there: Consulting) -> None:
    consultation = series(there)
    there.clock.moment = TUESDAY + HOUR
    close(there, consultation, slot=TUESDAY.isoformat())
    decline(there, consultation, "chair", "presenter", "interpreter")
    assert there.view(consultation)["state"] == "fulfilled"
    assert session_states(there, consultation) == ["fulfilled", "cancelled", "cancelled", "cancelled"]
    assert len(told(there, events.ConsultationCancelled)) == len(told(there, events.ConsultationFulfilled)) == 1


def test_who_leaves_only_those_who_declined_behind_cancels_it(there: Consulting) -> None:
    made = there.propose()
    there.reply(made.id, "interpreter")
    decline(there, made.id, "chair", "presenter")
    others: dict[str, Any] = {
        "participants": there.participants("chair", "presenter"),
        "reason": "Without an interpreter.",
    }
    assert there.give("change_participants", made.id, **others).state == "cancelled"
    assert session_states(there, made.id) == ["cancelled"]
    assert [type(each) for each in told(there)[-2:]] == [events.ParticipantsChanged, events.ConsultationCancelled]
    assert held(there) == frozenset()


# cases of sessions that are no more


@pytest.mark.parametrize("name", ["cancel_session", "mark_session_missed"])
def test_the_cases_of_a_session_that_is_no_more_come_before_the_next(there: Consulting, name: str) -> None:
    consultation = series(there, cases=[there.case(), there.case(reference="GLT-2")])
    withdrawn, waits = there.view(consultation)["cases"]
    there.give("withdraw_case", consultation, case_id=withdrawn["id"], reason="Operated on.")
    if name == "mark_session_missed":
        there.clock.moment = TUESDAY
    first, second, *_ = slots(there, consultation)
    there.give(name, consultation, slot=first, reason="The line is down.")
    assert [case["slot"] for case in there.view(consultation)["cases"]] == [first, second]
    there.clock.moment = datetime.fromisoformat(second)
    with pytest.raises(Refusal, match="OpinionMissing"):
        close(there, consultation, slot=second)
    close(there, consultation, slot=second, opinions={waits["id"]: "CE1."})


# what has begun


def test_what_has_begun_is_closed_or_missed_and_not_cancelled_with_the_rest(there: Consulting) -> None:
    consultation = series(there)
    there.clock.moment = TUESDAY
    there.give("record_attendance", consultation, attended=[there.people["chair"]], slot=TUESDAY.isoformat())
    with pytest.raises(SessionBegun):
        there.give("cancel_consultation", consultation, reason="Enough.")
    close(there, consultation, slot=TUESDAY.isoformat())
    assert there.give("cancel_consultation", consultation, reason="Enough.").state == "fulfilled"
    assert there.balance() == {"promised": 50, "used": 1, "held": 0, "left": 49}


def test_who_declines_what_has_begun_does_not_make_it_lapse(there: Consulting) -> None:
    consultation = there.booked()
    there.clock.moment = TUESDAY
    with pytest.raises(SessionBegun):
        there.reply(consultation, "interpreter", "declined")
    there.pass_time(DAY)
    close(there, consultation)
    assert there.view(consultation)["state"] == "fulfilled"


def test_who_declines_the_rest_of_a_series_is_waited_for_until_the_next_session(there: Consulting) -> None:
    consultation = series(there)
    there.clock.moment = TUESDAY
    first, second, *_ = slots(there, consultation)
    there.reply(consultation, "interpreter", "accepted", slot=second)
    assert there.reply(consultation, "interpreter", "declined").state == "pending"
    assert there.view(consultation)["reply_by"] == second
    there.pass_time(DAY)
    close(there, consultation, slot=first)


def test_a_session_is_not_closed_without_anybody(there: Consulting) -> None:
    consultation = there.booked()
    there.clock.moment = TUESDAY
    with pytest.raises(AttendanceMissing):
        close(there, consultation, attended=[])


def test_a_session_is_closed_though_the_agreement_has_ended_meanwhile(there: Consulting) -> None:
    consultation = series(there)
    open_still = there.propose(begins=(TUESDAY + 2 * HOUR).isoformat(), recurrence="FREQ=WEEKLY;COUNT=2").id
    first: dict[str, Any] = {"slot": TUESDAY.isoformat()}
    there.clock.moment = TUESDAY
    there.give("record_attendance", consultation, attended=[there.people["chair"]], **first)
    terminate(there)
    close(there, consultation, **first)
    assert there.view(consultation)["state"] == "booked"
    there.reply(open_still, "chair")
    with pytest.raises(QuotaClosed):
        there.reply(open_still, "interpreter")


def terminate(there: Consulting) -> None:
    """The agreement ends at once."""
    version = there.exchange.stores.agreements.load(there.agreement).version
    asked = {"agreement_id": there.agreement, "on": "2026-03-10", "reason": "It ends.", "expected_version": version}
    command = parsed(commands.TerminateAgreement, asked)
    there.exchange.terminate_agreement(command, there.context(there.manager, version))


# times


def test_a_reply_is_waited_for_no_longer_than_until_a_session_that_moved_forward_begins(there: Consulting) -> None:
    made = there.propose(begins="2026-03-31T06:00:00Z", recurrence="FREQ=WEEKLY;COUNT=2")
    second = slots(there, made.id)[1]
    earlier = "2026-03-12T06:00:00+00:00"
    there.give("move_session", made.id, slot=second, begins=earlier, reason="It is urgent by now.")
    assert there.view(made.id)["reply_by"] == earlier


def test_who_is_asked_in_place_of_another_answers_before_the_session_that_comes_first(there: Consulting) -> None:
    consultation = series(there)
    second = slots(there, consultation)[1]
    there.give("move_session", consultation, slot=second, begins="2026-03-09T06:00:00Z", reason="Earlier.")
    there.reply(consultation, "interpreter", "declined")
    assert there.view(consultation)["reply_by"] == "2026-03-09T06:00:00+00:00"
    others: dict[str, Any] = {
        "participants": there.participants("chair", "presenter", "observer"),
        "reason": "In her place.",
    }
    there.give("change_participants", consultation, **others)
    assert there.view(consultation)["reply_by"] == "2026-03-09T06:00:00+00:00"


def test_no_new_session_takes_the_name_of_one_that_is_over(there: Consulting) -> None:
    consultation = series(there)
    first, second, *_ = slots(there, consultation)
    there.give("move_session", consultation, slot=second, begins="2026-03-13T06:00:00Z", reason="Friday.")
    there.give("cancel_session", consultation, slot=second, reason="Not needed.")
    anew: dict[str, Any] = {
        "minutes": 60,
        "zone": "Asia/Karachi",
        "recurrence": "FREQ=WEEKLY;COUNT=2",
        "reason": "Later.",
    }
    with pytest.raises(SlotGone) as refused:
        there.give("reschedule_consultation", consultation, begins=second, **anew)
    assert refused.value.facts == {"slot": second}
    quarter_later = (datetime.fromisoformat(second) + HOUR / 4).isoformat()
    there.give("reschedule_consultation", consultation, begins=quarter_later, **anew)
    assert session_states(there, consultation) == ["cancelled", "planned", "planned"]
    assert first


def test_who_names_the_only_session_answers_for_the_whole(there: Consulting) -> None:
    made = there.propose()
    there.reply(made.id, "chair", slot=TUESDAY.isoformat())
    assert there.reply(made.id, "interpreter", slot=TUESDAY.isoformat()).state == "booked"
    with pytest.raises(NoSuchSession):
        there.reply(made.id, "interpreter", slot=(TUESDAY + WEEK).isoformat())


def test_after_reply_by_nobody_else_is_asked(there: Consulting) -> None:
    made = there.propose(begins="2026-04-07T06:00:00Z")
    there.reply(made.id, "chair", "tentative", begins="2026-04-08T06:00:00Z")
    there.clock.moment += 14 * DAY
    others: dict[str, Any] = {"participants": there.participants("chair", "presenter"), "reason": "Fewer."}
    with pytest.raises(ReplyTooLate):
        there.give("change_participants", made.id, **others)


# waiting


def test_who_waits_for_a_series_of_which_the_first_is_called_off_waits_for_the_next(there: Consulting) -> None:
    blocked = there.booked(begins=(TUESDAY + WEEK).isoformat())
    waits = there.propose(wait=True, recurrence="FREQ=WEEKLY;COUNT=2").id
    there.give("cancel_session", waits, slot=TUESDAY.isoformat(), reason="The chair travels.")
    assert there.view(waits)["reply_by"] == (TUESDAY + WEEK).isoformat()
    there.pass_time(TUESDAY + HOUR - there.clock.now())
    there.give("cancel_consultation", blocked, reason="Not needed.")
    there.tell("exchange.consultation.cancelled.v1")
    assert there.view(waits)["state"] == "pending"
    assert there.view(waits, ADMIN)["reply_by"] == (TUESDAY + WEEK).isoformat()


def test_what_is_given_back_while_somebody_comes_to_wait_for_it_is_taken_all_the_same(
    there: Consulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = there.booked()
    added = Convening._add

    def given_back_in_between(self: Convening, consultation_id: str, decision: Any, context: Any) -> Any:
        if decision.state.state == "waitlist":
            there.give("cancel_consultation", consultation, reason="Not needed.")
            there.tell("exchange.consultation.cancelled.v1")
        return added(self, consultation_id, decision, context)

    monkeypatch.setattr(Convening, "_add", given_back_in_between)
    waits = there.propose(wait=True)
    assert waits.state == "waitlist"
    event = CloudEvent.model_validate(make_event(ConsultationWaits.type, at=there.fresh()))
    there.exchange.handlers()[event.type](event, None)
    assert there.view(waits.id)["state"] == "pending"


# texts and other facts that nobody looks at twice


def test_no_text_about_actions_and_missed_sessions_takes_an_identity_number(there: Consulting) -> None:
    consultation, text = there.booked(), "It is about 61101-1234567-1."
    there.reply(consultation, "specialist", "tentative", begins="2026-03-11T06:00:00Z")
    asked_for = {"participant": there.people["specialist"], "reason": text}
    refused_for_its_text(there, consultation, "decline_counter_time", **asked_for)
    refused_for_its_text(there, consultation, "mark_consultation_entered_in_error", reason=text)
    there.clock.moment = TUESDAY
    refused_for_its_text(there, consultation, "mark_session_missed", reason=text)
    action = {"what": "Send it", "owner": there.people["chair"], "due_on": "2026-03-12"}
    close(there, consultation, actions=[action])
    act = there.view(consultation)["actions"][0]["id"]
    refused_for_its_text(there, consultation, "complete_action", action_id=act, done_on="2026-03-10", note=text)
    refused_for_its_text(there, consultation, "drop_action", action_id=act, reason=text)


def refused_for_its_text(there: Consulting, consultation: str, name: str, **fields: Any) -> None:
    with pytest.raises(PatientIdentity):
        there.give(name, consultation, **fields)


def test_of_a_session_that_has_begun_nobody_answers_any_more(there: Consulting) -> None:
    consultation = series(there)
    there.clock.moment = TUESDAY
    with pytest.raises(SessionBegun):
        there.reply(consultation, "interpreter", "declined", slot=TUESDAY.isoformat())


def test_another_time_lies_ahead_and_on_a_quarter(there: Consulting) -> None:
    made = there.propose()
    for begins, refusal in (("2026-03-11T06:05:00Z", NotOnTheQuarter), ("2026-03-01T06:00:00Z", SessionInThePast)):
        with pytest.raises(refusal):
            there.reply(made.id, "chair", "tentative", begins=begins)


def test_nobody_of_a_hospital_that_is_no_partner_takes_part(there: Consulting) -> None:
    aksu = there.sites["aksu"] = there._site("aksu", "CN", "Asia/Shanghai")
    stranger = {"person_id": there._person("stranger", "aksu", ["zh"]), "role": "specialist", "site_id": aksu}
    company = [*there.participants("chair", "presenter"), stranger]
    made = there.propose()
    with pytest.raises(NotAPartner):
        there.propose(begins="2026-03-12T06:00:00Z", participants=company)
    with pytest.raises(NotAPartner):
        there.give("change_participants", made.id, participants=company, reason="She knows more.")


def test_no_room_is_taken_of_a_hospital_of_which_nobody_takes_part(there: Consulting) -> None:
    with pytest.raises(RoomNotNeeded):
        there.propose(participants=there.participants("chair", "presenter"), rooms={there.sites["hotan"]: "rom_1"})


def test_who_presents_an_open_case_does_not_leave(there: Consulting) -> None:
    company = there.participants("chair", "presenter", "interpreter")
    made = there.propose(cases=[there.case(presenter=there.people["specialist"])])
    fewer: dict[str, Any] = {"participants": company, "reason": "Fewer."}
    case = there.view(made.id)["cases"][0]["id"]
    with pytest.raises(StillPresents) as refused:
        there.give("change_participants", made.id, **fewer)
    assert refused.value.facts == {"person": there.people["specialist"], "cases": [case]}
    there.give("withdraw_case", made.id, case_id=case, reason="He operates.")
    there.give("change_participants", made.id, **fewer)


def test_a_stranger_asks_for_no_other_time(there: Consulting) -> None:
    made = there.propose()
    with pytest.raises(NotAParticipant):
        there.give("accept_counter_time", made.id, participant=there.people["observer"])


def test_who_cannot_meet_is_not_put_together_later_either(there: Consulting) -> None:
    made = there.propose()
    for names, refusal in (
        (("presenter", "interpreter"), ChairNeeded),
        (("chair", "interpreter"), SeveralSitesNeeded),
        (("chair", "presenter", "interpreter", "specialist"), NothingChanges),
    ):
        company = {"participants": there.participants(*names), "reason": "Others."}
        with pytest.raises(refusal):
            there.give("change_participants", made.id, there.manager, **company)


def test_one_of_several_sessions_moves_elsewhere_and_within_the_agreement(there: Consulting) -> None:
    consultation = series(there)
    second = slots(there, consultation)[1]
    for begins, refusal in (
        (second, NothingChanges),
        ("2026-03-18T06:05:00Z", NotOnTheQuarter),
        ("2027-02-02T06:00:00Z", AgreementNotInEffect),
    ):
        with pytest.raises(refusal):
            there.give("move_session", consultation, slot=second, begins=begins, reason="Later.")


def test_no_link_takes_an_identity_number(there: Consulting) -> None:
    made, link = there.propose(), "https://meet.example/61101-1234567-1"
    with pytest.raises(PatientIdentity):
        there.propose(begins="2026-03-12T06:00:00Z", link=link)
    anew = {"begins": "2026-03-12T06:00:00Z", "minutes": 30, "zone": "Asia/Karachi", "reason": "Later."}
    with pytest.raises(PatientIdentity):
        there.give("reschedule_consultation", made.id, there.manager, **anew, link=link)


def test_what_was_warned_of_a_session_is_so_still_when_another_moves(there: Consulting) -> None:
    consultation = series(there, begins="2026-03-10T10:30:00Z")
    second = slots(there, consultation)[1]
    before = there.view(consultation)["warnings"]
    assert {warning["rule"] for warning in before} == {"hours"}
    at_noon = {"begins": "2026-03-17T06:30:00Z", "minutes": 30, "reason": "In working hours."}
    there.give("move_session", consultation, there.manager, slot=second, **at_noon)
    others = [each for each in before if not each["facts"]["local_begins"].startswith("2026-03-17")]
    assert there.view(consultation)["warnings"] == others
    assert len(others) == 3 * len(before) / 4


def test_that_some_met_is_nobody_s_acceptance_and_the_rest_may_still_answer(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=3", cases=[there.case()])
    there.clock.moment = TUESDAY
    there.give("record_attendance", made.id, slot=TUESDAY.isoformat(), attended=[there.people["presenter"]])
    opinion = {there.view(made.id)["cases"][0]["id"]: "CE2."}
    there.give("close_session", made.id, slot=TUESDAY.isoformat(), opinions=opinion)
    view = there.view(made.id)
    assert (view["state"], view["reply_by"]) == ("pending", (TUESDAY + timedelta(days=7)).isoformat())
    for name in ("chair", "interpreter"):
        there.reply(made.id, name)
    assert there.view(made.id)["state"] == "booked"


def test_what_had_begun_before_the_rest_lapsed_is_closed_still(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=3")
    for name in ("chair", "interpreter"):
        there.reply(made.id, name)
    there.clock.moment = TUESDAY + timedelta(hours=2)
    there.reply(made.id, "interpreter", "declined", reason="I move away.")
    there.pass_time(timedelta(days=30))
    view = there.view(made.id)
    assert [session["state"] for session in view["sessions"]] == ["planned", "cancelled", "cancelled"]
    there.give("close_session", made.id, attended=[there.people["chair"]])
    assert there.view(made.id)["state"] == "fulfilled"
    assert there.balance() == {"promised": 50, "used": 1, "held": 0, "left": 49}
