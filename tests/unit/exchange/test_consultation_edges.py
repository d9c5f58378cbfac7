"""Where a consultation's life was once caught: orders of events that people do give."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.errors import Refusal
from services.exchange.application import commands
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.refusals import (
    AttendanceMissing,
    NoSuchSession,
    SessionBegun,
    SlotGone,
)
from services.exchange.domain.refusals import QuotaClosed
from services.exchange.domain.visit_refusals import ReplyTooLate
from tests.alliance import StandingClock
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.fakes.exchange import ExchangeInMemory
from tests.unit.exchange.test_consultation_lives import held, series, slots, told

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.fixture
def there() -> Consulting:
    clock = StandingClock()
    return Consulting(ExchangeInMemory(clock), clock)


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
