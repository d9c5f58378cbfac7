"""A session that has begun is closed or marked as missed, whatever becomes of those that are still to come."""

from datetime import timedelta

import pytest

from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.refusals import SessionBegun
from tests.consulting import TUESDAY, Consulting
from tests.unit.exchange.test_consultation_edges import close, decline, session_states
from tests.unit.exchange.test_consultation_lives import held, series, slots, told

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def arrived(there: Consulting) -> str:
    """The first of four weekly sessions, in which attendance is recorded, while the interpreter may not come again."""
    consultation = series(there)
    there.clock.moment = TUESDAY + HOUR / 2
    there.give("record_attendance", consultation, slot=TUESDAY.isoformat(), attended=[there.people["chair"]])
    assert there.reply(consultation, "interpreter", "tentative").state == "arrived"
    return consultation


def test_whichever_later_session_is_called_off_attendance_goes_on_being_recorded(there: Consulting) -> None:
    consultation = arrived(there)
    there.pass_time(2 * HOUR)
    third = slots(there, consultation)[2]
    assert there.give("cancel_session", consultation, slot=third, reason="A holiday.").state == "arrived"
    there.pass_time(HOUR)
    assert session_states(there, consultation) == ["planned", "planned", "cancelled", "planned"]
    assert there.give("close_session", consultation, slot=TUESDAY.isoformat()).state == "pending"


def test_where_attendance_of_two_sessions_is_recorded_closing_one_leaves_the_other(there: Consulting) -> None:
    consultation = arrived(there)
    there.clock.moment = TUESDAY + WEEK + HOUR / 2
    second = slots(there, consultation)[1]
    there.give("record_attendance", consultation, slot=second, attended=[there.people["chair"]])
    assert there.give("close_session", consultation, slot=TUESDAY.isoformat()).state == "arrived"


def test_who_has_not_accepted_may_until_a_session_begins_that_has_not_begun_yet(there: Consulting) -> None:
    consultation = arrived(there)
    there.clock.moment = TUESDAY + WEEK + HOUR / 2
    there.give("close_session", consultation, slot=TUESDAY.isoformat())
    assert there.view(consultation)["reply_by"] == (TUESDAY + 2 * WEEK).isoformat()
    there.pass_time(HOUR)
    assert session_states(there, consultation) == ["fulfilled", "planned", "planned", "planned"]
    there.pass_time(WEEK)
    assert session_states(there, consultation) == ["fulfilled", "planned", "cancelled", "cancelled"]


def test_what_has_begun_last_waits_for_nobody_s_answer(there: Consulting) -> None:
    consultation = arrived(there)
    there.clock.moment = TUESDAY + 3 * WEEK + HOUR / 2
    for slot in slots(there, consultation)[:3]:
        close(there, consultation, slot=slot)
    there.pass_time(HOUR)
    assert session_states(there, consultation) == [*["fulfilled"] * 3, "planned"]
    close(there, consultation)
    assert there.view(consultation)["state"] == "fulfilled"


def test_where_everybody_declines_the_rest_what_has_begun_is_closed_still(there: Consulting) -> None:
    consultation = series(there)
    there.clock.moment = TUESDAY + HOUR / 2
    decline(there, consultation, "chair", "presenter", "interpreter")
    assert there.view(consultation)["state"] == "pending"
    assert session_states(there, consultation) == ["planned", "cancelled", "cancelled", "cancelled"]
    off = told(there, events.SessionCancelled)
    assert [each.session.slot.isoformat() for each in off] == slots(there, consultation)[1:]
    there.pass_time(2 * DAY)
    close(there, consultation)
    assert there.view(consultation)["state"] == "fulfilled"
    assert (there.balance()["used"], there.balance()["held"], held(there)) == (1, 0, frozenset())


def test_where_everybody_declines_the_rest_attendance_goes_on_being_recorded(there: Consulting) -> None:
    consultation = arrived(there)
    decline(there, consultation, "chair", "presenter", "interpreter")
    assert there.view(consultation)["state"] == "arrived"
    assert session_states(there, consultation) == ["planned", "cancelled", "cancelled", "cancelled"]
    assert there.give("close_session", consultation).state == "fulfilled"


# answers of each session


def test_who_accepts_each_session_has_accepted_the_series(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=2")
    both = slots(there, made.id)
    states = [there.reply(made.id, name, slot=slot).state for name in ("chair", "interpreter") for slot in both]
    assert states == ["pending", "pending", "pending", "booked"]
    assert len(told(there, events.ConsultationBooked)) == 1
    there.reply(made.id, "chair", "declined", slot=both[0])
    there.pass_time(TUESDAY + HOUR - there.clock.now())
    assert (there.view(made.id)["state"], session_states(there, made.id)) == ("booked", ["planned", "planned"])


def test_who_declines_each_session_opens_what_was_booked(there: Consulting) -> None:
    consultation = series(there)
    states = [
        there.reply(consultation, "interpreter", "declined", slot=slot).state for slot in slots(there, consultation)
    ]
    assert states == ["booked", "booked", "booked", "pending"]
    assert there.view(consultation)["reply_by"] == TUESDAY.isoformat()


def test_a_deputy_for_the_others_stays_one_where_the_participant_comes_to_one(there: Consulting) -> None:
    consultation = series(there)
    there.reply(consultation, "presenter", deputy=there.people["deputy"])
    there.reply(consultation, "presenter", slot=TUESDAY.isoformat())
    comes = [there.people["deputy"] in session["comes"] for session in there.view(consultation)["sessions"]]
    assert comes == [False, True, True, True]


def test_who_accepts_the_only_session_that_is_left_has_accepted_all_of_it(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=2")
    there.give("cancel_session", made.id, slot=TUESDAY.isoformat(), reason="A holiday.")
    second = slots(there, made.id)[1]
    there.reply(made.id, "chair", slot=second)
    assert there.reply(made.id, "interpreter", slot=second).state == "booked"


# cases


def case_slots(there: Consulting, consultation: str) -> list[str]:
    return [case["slot"] for case in there.view(consultation)["cases"]]


def test_cases_come_before_a_session_that_is_still_to_come(there: Consulting) -> None:
    consultation = series(there)
    _first, second, third, fourth = slots(there, consultation)
    there.give("move_session", consultation, slot=third, begins="2026-03-16T06:00:00Z", reason="A day earlier.")
    there.clock.moment = TUESDAY + 2 * HOUR
    there.give("bring_case", consultation, case=there.case())
    assert case_slots(there, consultation) == [third]
    there.give("cancel_session", consultation, slot=third, reason="A holiday.")
    assert case_slots(there, consultation) == [second]
    there.clock.moment += WEEK
    there.give("mark_session_missed", consultation, slot=second, reason="Nobody came.")
    assert case_slots(there, consultation) == [fourth]


def test_where_no_session_is_to_come_a_case_goes_back_to_none(there: Consulting) -> None:
    consultation = series(there, cases=[there.case()])
    _first, _second, _third, fourth = slots(there, consultation)
    case = there.view(consultation)["cases"][0]["id"]
    there.clock.moment = TUESDAY + HOUR
    close(there, consultation, slot=TUESDAY.isoformat(), postponed={case: fourth})
    there.clock.moment += 3 * WEEK
    there.give("mark_session_missed", consultation, slot=fourth, reason="Nobody came.")
    assert case_slots(there, consultation) == [fourth]
    there.give("withdraw_case", consultation, case_id=case, reason="Operated on.")


def test_a_case_is_put_off_until_a_later_session(there: Consulting) -> None:
    consultation = series(there)
    first, second, third, _fourth = slots(there, consultation)
    there.give("bring_case", consultation, case=there.case(slot=second))
    case = there.view(consultation)["cases"][0]["id"]
    there.clock.moment = TUESDAY + 2 * WEEK + HOUR
    with pytest.raises(SessionBegun) as refused:
        close(there, consultation, slot=second, postponed={case: first})
    assert refused.value.facts["slot"] == first
    # It was taken on in a session that has begun by now: whoever closes the one before it late can say so.
    close(there, consultation, slot=second, postponed={case: third})
    assert case_slots(there, consultation) == [third]
