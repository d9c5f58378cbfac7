"""The life of a consultation, from the wish to its actions, as people give commands and time goes by."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.actor import COORDINATOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown
from chassis.store import tells_nobody
from services.exchange.adapters.shapes import consultation_shape
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.finding.refusals import (
    NotOfTheSite,
    ParticipantBusy,
    SessionInThePast,
    SiteDayOff,
    TooShortNoticeForConsultation,
)
from services.exchange.domain.consultations.identity.refusals import PatientIdentity
from services.exchange.domain.consultations.refusals import (
    CaseReferenceTwice,
    ChairNeeded,
    ConsentNeeded,
    CounterLengthNeedsTime,
    CounterTimeNeedsTentative,
    LanguagesNotSpoken,
    NoCounterTime,
    NotADeputy,
    NotAParticipant,
    NotOnTheQuarter,
    NotUrgent,
    PairNeeded,
    ParticipantNamedTwice,
    SeveralSitesNeeded,
)
from services.exchange.domain.refusals import AgreementNotInEffect, QuotaExceeded, UnknownZone, WrongState
from services.exchange.domain.visit_refusals import NothingChanges, ReplyTooLate
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.fakes.exchange import ExchangeInMemory, consulting_in_memory

HOUR = timedelta(hours=1)


def told(there: Consulting, *kinds: type[events.ConsultationHappening]) -> list[Any]:
    """What happened, of these kinds or of any."""
    assert isinstance(there.exchange, ExchangeInMemory)
    happened = there.exchange.fake_consultations.told
    return [each for each in happened if not kinds or isinstance(each, kinds)]


def held(there: Consulting) -> frozenset[str]:
    people = there.people.values()
    return there.exchange.stores.consultations.taken(people, (), TUESDAY - 30 * 24 * HOUR, TUESDAY + 365 * 24 * HOUR)


def names_held(there: Consulting) -> set[str]:
    by_id = {person: name for name, person in there.people.items()}
    return {by_id[key.split(":")[1]] for key in held(there)}


# proposing


def test_who_proposes_and_takes_part_has_accepted_and_everybody_who_is_required_is_held(there: Consulting) -> None:
    made = there.propose()
    assert made.state == "pending"
    assert names_held(there) == {"chair", "interpreter", "presenter"}
    assert len(held(there)) == 3 * 4
    assert there.balance()["held"] == 1


def test_who_proposes_without_taking_part_holds_nothing_until_somebody_accepts(there: Consulting) -> None:
    made = there.propose(by=there.coordinator)
    assert (made.state, held(there), there.balance()["held"]) == ("proposed", frozenset(), 0)
    assert there.reply(made.id, "chair").state == "pending"
    assert names_held(there) == {"chair", "interpreter", "presenter"}


def test_of_two_consultations_that_need_one_person_at_one_quarter_one_is_refused_whole(there: Consulting) -> None:
    there.propose()
    with pytest.raises(ParticipantBusy) as refused:
        there.propose(
            begins=(TUESDAY + 3 * HOUR / 4).isoformat(), participants=there.participants("chair", "presenter")
        )
    assert refused.value.facts["person"] in there.people.values()
    assert len(there.exchange.stores.consultations.page(ADMIN, state=None, after=None, limit=9)) == 1
    assert there.propose(begins=(TUESDAY + HOUR).isoformat()).state == "pending"


IMPOSSIBLE: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "minutes past the quarter": ({"begins": "2026-03-10T06:05:00Z"}, NotOnTheQuarter),
    "in the past": ({"begins": "2026-03-01T06:00:00Z", "urgent": True}, SessionInThePast),
    "before the agreement ends": ({"begins": "2027-02-02T06:00:00Z"}, AgreementNotInEffect),
    "a zone that is none": ({"zone": "Asia/Khunjerab"}, UnknownZone),
    "a zone that climbs out": ({"zone": "../../etc/localtime"}, UnknownZone),
    "without notice": ({"begins": "2026-03-02T08:00:00Z"}, TooShortNoticeForConsultation),
    "on a Sunday": ({"begins": "2026-03-08T06:00:00Z"}, SiteDayOff),
    "waived without urgency": ({"waive": {"rules": ["lead"], "reason": "It is dire."}}, NotUrgent),
}


@pytest.mark.parametrize("why", IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(there: Consulting, why: str) -> None:
    different, refusal = IMPOSSIBLE[why]
    with pytest.raises(refusal):
        there.propose(**different)
    assert there.exchange.stores.consultations.page(ADMIN, state=None, after=None, limit=9) == []


def changed(there: Consulting, at: int, **different: Any) -> list[dict[str, Any]]:
    found = there.participants()
    found[at] |= different
    return found


def test_participants_who_cannot_meet_are_refused_by_name(there: Consulting) -> None:
    cases: list[tuple[list[dict[str, Any]], type[Refusal]]] = [
        (there.participants("presenter", "interpreter"), ChairNeeded),
        (there.participants("chair", "interpreter"), SeveralSitesNeeded),
        ([*there.participants(), there.participants("chair")[0] | {"role": "specialist"}], ParticipantNamedTwice),
        (changed(there, 0, required=False), ChairNeeded),
        (changed(there, 1, site_id=there.sites["hotan"]), NotOfTheSite),
        (changed(there, 1, deputies=[there.people["chair"]]), ParticipantNamedTwice),
        (changed(there, 2, languages=[]), PairNeeded),
        (changed(there, 2, languages=["ur", "ur"]), PairNeeded),
        (changed(there, 2, languages=["ur", "en"]), LanguagesNotSpoken),
        (changed(there, 1, languages=["ur", "zh"]), PairNeeded),
    ]
    for participants, refusal in cases:
        with pytest.raises(refusal):
            there.propose(by=there.coordinator, participants=participants)


def test_only_who_acts_for_one_of_its_sites_may_propose_it_and_it_needs_a_condition_of_consultations(
    there: Consulting,
) -> None:
    stranger = Actor("per_x", frozenset({COORDINATOR}), frozenset({"sit_elsewhere"}))
    for actor in (stranger, there.actor("chair"), ADMIN):
        with pytest.raises(NotAllowed):
            there.propose(by=actor)
    with pytest.raises(Unknown):
        there.propose(agreement_id="agr_none")


def test_an_urgent_one_needs_no_notice_where_it_says_why(there: Consulting) -> None:
    soon: dict[str, Any] = {"begins": "2026-03-02T08:00:00Z", "urgent": True}
    with pytest.raises(Refusal, match="WaiverNeedsReason"):
        there.propose(**soon)
    made = there.propose(**soon, waive={"rules": ["lead"], "reason": "The cyst may rupture."})
    assert made.state == "pending"
    view = there.view(made.id)
    assert view["waiver"] == {"rules": ["lead"], "reason": "The cyst may rupture.", "by": there.people["presenter"]}
    assert "lead" in {warning["rule"] for warning in view["warnings"]}


def test_no_more_sessions_are_held_than_the_agreement_promises_in_a_year(there: Consulting) -> None:
    few = consulting_in_memory(sessions_a_year=3)
    with pytest.raises(QuotaExceeded):
        few.propose(recurrence="FREQ=WEEKLY;COUNT=4")
    made = few.propose(recurrence="FREQ=WEEKLY;COUNT=3")
    assert few.balance() == {"promised": 3, "used": 0, "held": 3, "left": 0}
    few.give("cancel_consultation", made.id, reason="Nobody can come.")
    assert few.balance()["left"] == 3


# cases


def test_a_case_needs_consent_a_presenter_and_a_reference_of_its_own(there: Consulting) -> None:
    made = there.propose(cases=[there.case()])
    assert there.view(made.id)["cases"][0]["consent"]["by"] == there.people["presenter"]
    for different, refusal in (
        ({"reference": "GLT-2"}, None),
        ({}, CaseReferenceTwice),
        ({"reference": "GLT-3", "consent_confirmed": False}, ConsentNeeded),
        ({"reference": "GLT-3", "presenter": there.people["deputy"]}, NotAParticipant),
    ):
        if refusal is None:
            there.give("bring_case", made.id, case=there.case(**different))
            continue
        with pytest.raises(refusal):
            there.give("bring_case", made.id, case=there.case(**different))
    assert [case["reference"] for case in there.view(made.id)["cases"]] == ["GLT-2026-014", "GLT-2"]


CNIC = "61101-1234567-1"
"""Illustrative."""


@pytest.mark.parametrize("where", ["reference", "question"])
def test_a_case_that_tells_who_the_patient_is_is_refused(there: Consulting, where: str) -> None:
    with pytest.raises(PatientIdentity) as refused:
        there.propose(cases=[there.case(**{where: f"Case of {CNIC}"})])
    assert CNIC not in str(refused.value)


def test_no_text_of_a_consultation_takes_an_identity_number(there: Consulting) -> None:
    text = f"It is about {CNIC}."
    with pytest.raises(PatientIdentity):
        there.propose(title=text)
    made = there.propose(cases=[there.case()])
    case = there.view(made.id)["cases"][0]["id"]
    later = (TUESDAY + 5 * HOUR).isoformat()
    for name, fields in (
        ("reply_to_consultation", {"participant": there.people["presenter"], "status": "declined", "reason": text}),
        ("move_session", {"begins": later, "reason": text}),
        ("reschedule_consultation", {"begins": later, "minutes": 30, "zone": "Asia/Karachi", "reason": text}),
        ("change_participants", {"participants": there.participants("chair", "presenter"), "reason": text}),
        ("withdraw_case", {"case_id": case, "reason": text}),
        ("add_consultation_note", {"text": text}),
        ("cancel_session", {"reason": text}),
        ("cancel_consultation", {"reason": text}),
    ):
        with pytest.raises(PatientIdentity):
            there.give(name, made.id, **fields)
    assert there.view(made.id)["version"] == 1


def test_a_withdrawn_case_is_not_talked_about(there: Consulting) -> None:
    made = there.propose(cases=[there.case()])
    case = there.view(made.id)["cases"][0]["id"]
    there.give("withdraw_case", made.id, case_id=case, reason="Operated on meanwhile.")
    assert there.view(made.id)["cases"][0]["withdrawn"]
    with pytest.raises(Refusal, match="CaseSettled"):
        there.give("withdraw_case", made.id, case_id=case, reason="Again.")


# answering


def test_it_is_booked_once_everybody_who_is_required_accepted(there: Consulting) -> None:
    made = there.propose()
    assert there.reply(made.id, "specialist").state == "pending"
    assert there.reply(made.id, "chair").state == "pending"
    assert there.reply(made.id, "interpreter").state == "booked"
    assert names_held(there) == {"chair", "interpreter", "presenter", "specialist"}
    assert len(told(there, events.ConsultationBooked)) == 1


def test_an_optional_participant_who_is_busy_cannot_accept_and_nothing_else_changes(there: Consulting) -> None:
    made = there.propose()
    chaired = there.participants("specialist", "observer")
    chaired[0] |= {"role": "chair", "required": True}
    elsewhere = Actor(there.people["specialist"], frozenset({COORDINATOR}), frozenset({there.sites["hotan"]}))
    there.propose(by=elsewhere, participants=chaired)
    with pytest.raises(ParticipantBusy) as refused:
        there.reply(made.id, "specialist")
    assert refused.value.facts["person"] == there.people["specialist"]
    assert there.view(made.id)["version"] == 1


def test_a_deputy_who_accepts_comes_in_the_participants_place(there: Consulting) -> None:
    made = there.propose(by=there.coordinator)
    there.reply(made.id, "chair")
    answer = {"participant": there.people["presenter"], "status": "accepted"}
    there.give("reply_to_consultation", made.id, there.actor("deputy"), **answer)
    assert names_held(there) == {"chair", "interpreter", "deputy"}
    assert there.view(made.id)["participants"][1]["deputy"] == there.people["deputy"]
    for fields in ({"deputy": there.people["specialist"]}, {"deputy": there.people["deputy"], "status": "declined"}):
        with pytest.raises(NotADeputy):
            there.reply(made.id, "presenter", **fields)


def test_what_is_held_stays_held_where_one_declines_so_that_another_can_be_asked(there: Consulting) -> None:
    consultation = there.booked()
    assert there.reply(consultation, "interpreter", "declined", reason="I am ill.").state == "pending"
    assert names_held(there) == {"chair", "presenter"}
    assert there.view(consultation)["sessions"][0]["lacks"] == [there.people["interpreter"]]
    there.give(
        "change_participants",
        consultation,
        participants=there.participants("chair", "presenter", "specialist"),
        reason="We all speak English.",
    )
    assert there.view(consultation)["state"] == "booked"


def test_where_everybody_who_is_required_declines_it_is_cancelled(there: Consulting) -> None:
    made = there.propose()
    for name in ("chair", "presenter"):
        there.reply(made.id, name, "declined")
    assert there.reply(made.id, "interpreter", "declined").state == "cancelled"
    assert held(there) == frozenset()
    assert there.balance()["held"] == 0


def test_a_participants_own_site_answers_for_them_and_a_stranger_does_not(there: Consulting) -> None:
    made = there.propose()
    answer = {"participant": there.people["chair"], "status": "accepted"}
    with pytest.raises(NotAllowed):
        there.give("reply_to_consultation", made.id, there.actor("specialist"), **answer)
    there.give("reply_to_consultation", made.id, there.coordinator, **answer)
    assert there.view(made.id)["participants"][0]["by"] == "per_elsewhere"


def test_an_answer_after_reply_by_is_too_late(there: Consulting) -> None:
    made = there.propose()
    there.clock.moment = TUESDAY
    with pytest.raises(ReplyTooLate):
        there.reply(made.id, "chair")


# other times


def test_a_tentative_answer_asks_for_another_time_which_is_taken_up(there: Consulting) -> None:
    made = there.propose()
    later = TUESDAY + 2 * HOUR
    with pytest.raises(CounterTimeNeedsTentative):
        there.reply(made.id, "chair", "accepted", begins=later.isoformat())
    with pytest.raises(NoCounterTime):
        there.give("accept_counter_time", made.id, participant=there.people["chair"])
    there.reply(made.id, "chair", "tentative", begins=later.isoformat(), reason="I operate until then.")
    there.give("accept_counter_time", made.id, participant=there.people["chair"])
    view = there.view(made.id)
    assert (view["state"], view["sessions"][0]["begins"]) == ("pending", later.isoformat())
    assert [each["status"] for each in view["participants"]] == ["accepted", "accepted", "needs-action", "needs-action"]
    assert view["sessions"][0]["slot"] == TUESDAY.isoformat()
    assert there.reply(made.id, "interpreter").state == "booked"


@pytest.mark.parametrize(("rule", "slot"), [({}, None), ({"recurrence": "FREQ=WEEKLY;COUNT=2"}, TUESDAY.isoformat())])
@pytest.mark.parametrize("moved", [timedelta(), timedelta(minutes=30)], ids=str)
def test_another_time_that_is_asked_for_with_its_length_is_taken_up_so(
    there: Consulting, moved: timedelta, rule: dict[str, str], slot: str | None
) -> None:
    consultation, chair, begins = there.booked(**rule), there.people["chair"], (TUESDAY + moved).isoformat()
    there.reply(consultation, "chair", "tentative", begins=begins, minutes=90)
    asked = there.view(consultation)["participants"][0]
    assert (asked["asks_for"], asked["asks_for_minutes"]) == (begins, 90)
    there.give("accept_counter_time", consultation, participant=chair, slot=slot)
    view = there.view(consultation)
    ends = [(each["begins"], each["ends"]) for each in view["sessions"]]
    assert ends[0] == (begins, (TUESDAY + moved + timedelta(minutes=90)).isoformat())
    assert ends[1:] == [((TUESDAY + 168 * HOUR).isoformat(), (TUESDAY + 169 * HOUR).isoformat())][: len(rule)]
    assert [each["asks_for_minutes"] for each in view["participants"]] == [None] * 4


def test_an_answer_that_was_written_before_lengths_were_asked_for_leaves_the_length_as_it_is(there: Consulting) -> None:
    consultation, chair = there.booked(), there.people["chair"]
    there.reply(consultation, "chair", "tentative", begins=(TUESDAY + HOUR).isoformat())
    state, shape = there.exchange.stores.consultations.load(consultation).state, consultation_shape(tells_nobody)
    fields = shape.fields(state)
    fields["answers"][chair].pop("minutes")
    assert shape.state({"_id": consultation, **fields}) == state
    there.give("accept_counter_time", consultation, participant=chair)
    (session,) = there.exchange.stores.consultations.load(consultation).state.sessions
    assert (session.begins, session.minutes) == (TUESDAY + HOUR, 60)


def test_a_length_alone_is_no_other_time(there: Consulting) -> None:
    made = there.propose()
    for status in ("accepted", "tentative"):
        with pytest.raises(CounterLengthNeedsTime) as refused:
            there.reply(made.id, "chair", status, minutes=45)
        assert refused.value.facts == {"minutes": 45}
    for minutes in (0, 20, 495):
        with pytest.raises(InvalidCommand):
            there.reply(made.id, "chair", "tentative", begins=TUESDAY.isoformat(), minutes=minutes)


def test_of_a_time_that_is_not_taken_nothing_is_left_and_its_length_is_told(there: Consulting) -> None:
    consultation, chair = there.booked(), there.people["chair"]
    there.reply(consultation, "chair", "tentative", begins=TUESDAY.isoformat(), minutes=90)
    there.give("decline_counter_time", consultation, participant=chair, reason="No room.")
    (declined,) = told(there, events.CounterDeclined)
    assert (declined.asked_for, declined.minutes) == (TUESDAY, 90)
    said = there.view(consultation)["participants"][0]
    assert (said["status"], said["asks_for"], said["asks_for_minutes"]) == ("tentative", None, None)


@pytest.mark.parametrize("named", [(), ("deputy",)])
def test_a_deputy_who_asks_for_another_time_comes_then(there: Consulting, named: tuple[str, ...]) -> None:
    consultation, begins = there.booked(), (TUESDAY + HOUR).isoformat()
    wish = {"participant": there.people["presenter"], "status": "tentative", "begins": begins}
    wish |= {name: there.people[name] for name in named}
    there.give("reply_to_consultation", consultation, there.actor("deputy"), **wish)
    there.give("accept_counter_time", consultation, there.actor("chair"), participant=there.people["presenter"])
    view = there.view(consultation)
    answer = next(each for each in view["participants"] if each["person"] == there.people["presenter"])
    assert (answer["status"], answer["deputy"]) == ("accepted", there.people["deputy"])
    assert there.people["deputy"] in view["sessions"][0]["comes"]
    assert there.people["presenter"] not in view["sessions"][0]["comes"]


def test_a_wish_for_all_sessions_that_is_taken_up_for_one_is_none_any_more(there: Consulting) -> None:
    consultation, chair = there.booked(recurrence="FREQ=WEEKLY;COUNT=2"), there.people["chair"]
    there.reply(consultation, "chair", "tentative", begins=(TUESDAY + HOUR).isoformat())
    assert f"accept_counter_time:{chair}" in there.view(consultation, there.manager)["may"]
    there.give("accept_counter_time", consultation, participant=chair, slot=TUESDAY.isoformat())
    view = there.view(consultation, there.manager)
    assert not [each for each in view["may"] if "counter_time" in each]
    assert (view["participants"][0]["status"], view["participants"][0]["asks_for"]) == ("tentative", None)
    with pytest.raises(NoCounterTime):
        there.give("accept_counter_time", consultation, participant=chair, slot=(TUESDAY + 168 * HOUR).isoformat())


@pytest.mark.parametrize(("rule", "slot"), [({}, None), ({"recurrence": "FREQ=WEEKLY;COUNT=2"}, TUESDAY)])
def test_only_a_session_of_several_is_named_where_another_time_is_not_taken(
    there: Consulting, rule: dict[str, str], slot: datetime | None
) -> None:
    consultation = there.booked(**rule)
    there.reply(consultation, "chair", "tentative", begins=(TUESDAY + HOUR).isoformat())
    chair = there.people["chair"]
    first = TUESDAY.isoformat()
    there.give("decline_counter_time", consultation, participant=chair, reason="No room.", slot=first)
    assert [each.slot for each in told(there, events.CounterDeclined)] == [slot]


def test_moving_swaps_everybodys_time_or_nobodys(there: Consulting) -> None:
    consultation = there.booked()
    blocked = TUESDAY + 3 * HOUR
    there.propose(by=there.manager, begins=blocked.isoformat(), participants=there.participants("chair", "presenter"))
    before = held(there)
    with pytest.raises(ParticipantBusy):
        there.give("move_session", consultation, begins=(blocked - HOUR / 2).isoformat(), reason="Later.")
    assert held(there) == before
    there.give("move_session", consultation, begins=(TUESDAY + HOUR).isoformat(), reason="A little later.")
    assert there.view(consultation)["state"] == "pending"
    assert len(held(there)) == len(before)
    with pytest.raises(NothingChanges):
        there.give("move_session", consultation, begins=(TUESDAY + HOUR).isoformat(), reason="Again.")


def test_a_session_may_move_onto_quarters_that_it_holds_itself(there: Consulting) -> None:
    consultation = there.booked()
    there.give("move_session", consultation, begins=(TUESDAY + HOUR / 4).isoformat(), reason="A quarter later.")
    assert there.view(consultation)["sessions"][0]["begins"] == (TUESDAY + HOUR / 4).isoformat()


# again and again


def series(there: Consulting, **different: Any) -> str:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=4", **different)
    for name in ("chair", "interpreter"):
        there.reply(made.id, name)
    return made.id


def slots(there: Consulting, consultation: str) -> list[str]:
    return [session["slot"] for session in there.view(consultation)["sessions"]]


def test_a_series_holds_every_session_and_one_moves_alone(there: Consulting) -> None:
    consultation = series(there)
    second = slots(there, consultation)[1]
    assert len(held(there)) == 4 * 3 * 4
    there.give("move_session", consultation, slot=second, begins="2026-03-18T06:00:00Z", reason="A holiday.")
    view = there.view(consultation)
    assert (view["state"], view["sessions"][1]["slot"]) == ("booked", second)
    assert view["sessions"][1]["begins"] == "2026-03-18T06:00:00+00:00"
    assert view["sessions"][1]["answers"][there.people["chair"]]["status"] == "needs-action"
    assert view["sessions"][0]["answers"] == {}
    with pytest.raises(Refusal, match="WhichSession"):
        there.give("move_session", consultation, begins="2026-03-19T06:00:00Z", reason="Which?")
    with pytest.raises(Refusal, match="SessionsOverlap"):
        there.give(
            "move_session", consultation, slot=second, begins=slots(there, consultation)[2], reason="Onto another."
        )


def test_one_session_is_called_off_and_who_declines_one_comes_to_the_others(there: Consulting) -> None:
    consultation = series(there)
    first, second, third, _ = slots(there, consultation)
    there.give("cancel_session", consultation, slot=first, reason="The chair travels.")
    there.reply(consultation, "interpreter", "declined", slot=second)
    view = there.view(consultation)
    assert [session["state"] for session in view["sessions"]] == ["cancelled", "planned", "planned", "planned"]
    assert (view["sessions"][1]["lacks"], view["sessions"][2]["lacks"]) == ([there.people["interpreter"]], [])
    assert view["state"] == "booked"
    assert len(held(there)) == 3 * 3 * 4 - 4
    with pytest.raises(Refusal, match="SessionClosed"):
        there.reply(consultation, "interpreter", "accepted", slot=first)
    with pytest.raises(Refusal, match="NoSuchSession"):
        there.reply(consultation, "interpreter", "accepted", slot="2026-03-11T06:00:00Z")
    assert third


def test_with_the_last_session_that_is_called_off_it_is_cancelled(there: Consulting) -> None:
    consultation = series(there)
    for slot in slots(there, consultation):
        there.give("cancel_session", consultation, slot=slot, reason="Not needed.")
    assert there.view(consultation)["state"] == "cancelled"
    assert there.balance()["held"] == 0


def test_a_series_is_planned_anew_and_what_took_place_stays(there: Consulting) -> None:
    consultation = series(there, cases=[there.case(slot="2026-03-31T06:00:00Z")])
    there.clock.moment = TUESDAY + HOUR
    attended = [there.people["chair"], there.people["presenter"]]
    there.give("close_session", consultation, slot=TUESDAY.isoformat(), attended=attended)
    there.give(
        "reschedule_consultation",
        consultation,
        begins="2026-03-18T06:00:00Z",
        minutes=30,
        zone="Asia/Karachi",
        recurrence="FREQ=WEEKLY;COUNT=2",
        reason="Wednesdays suit everybody.",
    )
    view = there.view(consultation)
    assert [session["begins"][:10] for session in view["sessions"]] == ["2026-03-10", "2026-03-18", "2026-03-25"]
    assert view["cases"][0]["slot"] == "2026-03-18T06:00:00+00:00"
    assert there.balance() == {"promised": 50, "used": 1, "held": 2, "left": 47}


# waiting


def test_who_may_wait_is_put_on_the_waiting_list_and_takes_the_time_when_it_is_given_back(there: Consulting) -> None:
    consultation = there.booked()
    waits = there.propose(wait=True, title="The next in line")
    urgent = there.propose(
        wait=True, title="An urgent one", urgent=True, waive={"rules": ["lead"], "reason": "It cannot wait."}
    )
    assert (waits.state, urgent.state) == ("waitlist", "waitlist")
    assert there.balance()["held"] == 1
    there.give("cancel_consultation", consultation, reason="The patient was transferred.")
    there.tell("exchange.consultation.cancelled.v1")
    assert (there.view(urgent.id)["state"], there.view(waits.id)["state"]) == ("pending", "waitlist")
    assert [each.consultation.id for each in told(there, events.WaitingEnded)] == [urgent.id]


def test_what_a_rule_forbids_is_not_waited_for(there: Consulting) -> None:
    sunday = "2026-03-08T06:00:00Z"
    rules = [f"weekend:{site}" for site in there.sites.values()]
    waive = {"rules": rules, "reason": "It cannot wait."}
    there.propose(begins=sunday, urgent=True, waive=waive)
    with pytest.raises(SiteDayOff):
        there.propose(begins=sunday, wait=True)


def test_who_waits_in_vain_is_told_when_the_time_has_come(there: Consulting) -> None:
    there.booked()
    waits = there.propose(wait=True)
    there.pass_time(TUESDAY - there.clock.now())
    assert there.view(waits.id)["state"] == "cancelled"


# time goes by


def test_what_nobody_settles_lapses_and_gives_everything_back(there: Consulting) -> None:
    made = there.propose(begins="2026-04-07T06:00:00Z")
    there.pass_time(timedelta(days=14))
    assert there.view(made.id)["state"] == "cancelled"
    assert held(there) == frozenset()
    assert told(there, events.ConsultationCancelled)[0].by is None


def test_everybody_is_reminded_a_day_and_an_hour_before_and_once_each(there: Consulting) -> None:
    there.booked()
    there.pass_time(timedelta(days=30))
    assert len(told(there, events.SessionSoon)) == 2


def test_a_session_that_is_booked_late_is_reminded_of_once(there: Consulting) -> None:
    there.booked(begins="2026-03-02T10:00:00Z", urgent=True, waive={"rules": ["lead"], "reason": "It cannot wait."})
    there.pass_time(timedelta(days=3))
    assert len(told(there, events.SessionSoon)) == 1


def test_a_moved_session_is_reminded_of_anew(there: Consulting) -> None:
    consultation = there.booked()
    there.pass_time(TUESDAY - timedelta(minutes=30) - there.clock.now())
    assert len(told(there, events.SessionSoon)) == 2
    there.give("move_session", consultation, begins=(TUESDAY + 50 * HOUR).isoformat(), reason="The line is down.")
    there.pass_time(timedelta(days=3))
    assert len(told(there, events.SessionSoon)) == 4


def test_a_session_that_nobody_closes_is_told_a_day_later_and_once(there: Consulting) -> None:
    there.booked()
    there.pass_time(TUESDAY + 24 * HOUR - there.clock.now())
    assert told(there, events.ClosingOverdue) == []
    there.pass_time(timedelta(days=9))
    assert len(told(there, events.ClosingOverdue)) == 1


# seeing


def test_it_is_seen_by_its_sites_and_people_and_unknown_to_others(there: Consulting) -> None:
    made = there.propose()
    for actor in (there.manager, there.coordinator, there.actor("specialist"), there.actor("deputy"), ADMIN):
        assert there.view(made.id, actor)["id"] == made.id
    for actor in (there.actor("observer"), Actor("per_x", frozenset({COORDINATOR}), frozenset({"sit_elsewhere"}))):
        with pytest.raises(Unknown):
            there.view(made.id, actor)


def test_each_session_is_shown_by_every_sites_clock(there: Consulting) -> None:
    made = there.propose(begins="2026-03-10T10:30:00Z", minutes=120)
    local = {each["zone"]: each["begins"] for each in there.view(made.id)["sessions"][0]["local"]}
    assert local == {"Asia/Shanghai": "2026-03-10T18:30:00+08:00", "Asia/Karachi": "2026-03-10T15:30:00+05:00"}


def test_what_was_entered_in_error_gives_back_time_and_quota(there: Consulting) -> None:
    consultation = there.booked()
    with pytest.raises(NotAllowed):
        there.give("mark_consultation_entered_in_error", consultation, there.coordinator, reason="Twice.")
    there.give("mark_consultation_entered_in_error", consultation, reason="Twice.")
    assert (there.view(consultation)["state"], held(there), there.balance()["held"]) == (
        "entered-in-error",
        frozenset(),
        0,
    )
    with pytest.raises(WrongState):
        there.give("cancel_consultation", consultation, reason="Again.")


def test_fields_of_the_wrong_kind_are_refused_before_anything_is_read(there: Consulting) -> None:
    for different in (
        {"minutes": 20},
        {"minutes": 495},
        {"begins": "2026-03-10T06:00:00"},
        {"begins": 1772000000},
        {"link": "http://meet.example"},
        {"link": "javascript:alert(1)"},
        {"participants": there.participants("chair")},
    ):
        with pytest.raises(InvalidCommand):
            there.propose(**different)


def test_a_repeated_command_answers_as_the_first_did(there: Consulting) -> None:
    from chassis.commands import parsed
    from services.exchange.application.commands import consultations

    command = parsed(consultations.ProposeConsultation, there.wish())
    context = there.context(there.manager)
    assert there.exchange.propose_consultation(command, context) == there.exchange.propose_consultation(
        command, context
    )


def test_moments_are_read_in_any_offset_and_kept_in_utc(there: Consulting) -> None:
    made = there.propose(begins="2026-03-10T14:00:00+08:00")
    assert there.view(made.id)["sessions"][0]["begins"] == datetime(2026, 3, 10, 6, tzinfo=UTC).isoformat()
