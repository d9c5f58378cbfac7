"""What people say of each session makes of the consultation what it is, in whichever order they say it."""

from datetime import timedelta

from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.replies.genuine import CalendarReply, must_be_genuine
from tests.consulting import TUESDAY, Consulting
from tests.unit.exchange.test_consultation_edges import close, session_states
from tests.unit.exchange.test_consultation_lives import told

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
FIRST, SECOND = TUESDAY.isoformat(), (TUESDAY + WEEK).isoformat()


def twice(there: Consulting, *names: str) -> str:
    """Two sessions that everybody who is named accepted."""
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=2").id
    for name in names:
        there.reply(made, name)
    return made


def says(there: Consulting, consultation: str, name: str, *said: tuple[str, str]) -> list[str]:
    return [there.reply(consultation, name, status, slot=slot).state for status, slot in said]


def call_off(there: Consulting, consultation: str, slot: str) -> str:
    return there.give("cancel_session", consultation, slot=slot, reason="The scanner is serviced.").state


def test_what_everybody_accepted_is_booked_when_the_other_session_is_called_off(there: Consulting) -> None:
    made = twice(there)
    assert [*says(there, made, "chair", ("accepted", SECOND)), *says(there, made, "interpreter", ("accepted", SECOND))]
    assert (call_off(there, made, FIRST), len(told(there, events.ConsultationBooked))) == ("booked", 1)
    there.pass_time(TUESDAY + HOUR - there.clock.now())
    assert (there.view(made)["state"], session_states(there, made)) == ("booked", ["cancelled", "planned"])
    assert there.view(made)["participants"][0]["status"] == "accepted"


def test_who_has_not_answered_may_until_a_session_begins_that_is_left(there: Consulting) -> None:
    made = twice(there, "chair")
    assert there.view(made)["reply_by"] == FIRST
    assert call_off(there, made, FIRST) == "pending"
    assert there.view(made)["reply_by"] == SECOND


def test_calling_off_a_later_session_puts_off_no_answer(there: Consulting) -> None:
    made = twice(there, "chair")
    assert call_off(there, made, SECOND) == "pending"
    assert there.view(made)["reply_by"] == FIRST


def test_what_is_left_without_somebody_who_is_required_is_pending(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    assert says(there, made, "chair", ("declined", SECOND)) == ["booked"]
    assert call_off(there, made, FIRST) == "pending"
    assert there.view(made)["reply_by"] == SECOND


def test_what_everybody_declined_lapses_where_it_alone_is_left(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    for name in ("chair", "presenter", "interpreter"):
        assert says(there, made, name, ("declined", SECOND)) == ["booked"]
    call_off(there, made, FIRST)
    there.pass_time(HOUR)
    assert there.view(made)["state"] == "cancelled"


def test_who_takes_back_what_they_declined_comes_as_they_were_to_before(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    said = says(there, made, "chair", ("declined", FIRST), ("declined", SECOND), ("accepted", SECOND))
    assert said == ["booked", "pending", "booked"]


def test_who_hesitates_over_one_of_what_they_accepted_opens_nothing(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    assert says(there, made, "chair", ("tentative", FIRST), ("tentative", SECOND)) == ["booked", "pending"]


def test_a_session_that_somebody_accepted_is_not_called_off_as_declined_by_everybody(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    says(there, made, "chair", ("declined", FIRST), ("declined", SECOND), ("accepted", SECOND))
    for name in ("presenter", "interpreter"):
        says(there, made, name, ("declined", FIRST), ("declined", SECOND))
    assert (there.view(made)["state"], session_states(there, made)) == ("pending", ["planned", "planned"])


def test_who_accepted_each_session_has_accepted_the_other_still_when_one_moves(there: Consulting) -> None:
    made = twice(there)
    for name in ("chair", "interpreter"):
        says(there, made, name, ("accepted", FIRST), ("accepted", SECOND))
    later = (TUESDAY + 2 * HOUR).isoformat()
    there.give("move_session", made, slot=FIRST, begins=later, reason="The scanner is serviced.")
    assert says(there, made, "interpreter", ("accepted", FIRST)) == ["booked"]


def test_a_mail_that_comes_late_counts_for_a_session_of_which_nothing_was_said_since(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    says(there, made, "chair", ("declined", FIRST))
    there.clock.moment += 2 * HOUR
    written = there.clock.now() - HOUR
    says(there, made, "chair", ("declined", SECOND))
    state, chair = there.exchange.stores.consultations.load(made).state, there.people["chair"]
    people = there.exchange.stores.people.named([chair])
    address = people[chair].email.lower()
    reply = CalendarReply("uid", made, address, "accepted", written, sequence=state.sequence, recurrence_id=TUESDAY)
    believed = must_be_genuine(reply, state, address, people, there.clock.now())
    assert (believed.status, believed.at) == ("accepted", written)


# what is booked once a session is over


def meeting(there: Consulting) -> str:
    """The first of two is under way, and attendance is recorded."""
    made = twice(there, "chair", "interpreter")
    there.clock.moment = TUESDAY + HOUR / 4
    there.give("record_attendance", made, slot=FIRST, attended=[there.people["chair"]])
    return made


def test_what_was_booked_before_a_session_is_not_told_anew_behind_it(there: Consulting) -> None:
    made = meeting(there)
    close(there, made, slot=FIRST)
    assert (there.view(made)["state"], len(told(there, events.ConsultationBooked))) == ("booked", 1)


def test_what_is_booked_by_answers_that_came_while_a_session_went_on_is_told(there: Consulting) -> None:
    made = twice(there, "chair", "interpreter")
    there.clock.moment = TUESDAY + HOUR / 4
    assert there.reply(made, "chair", "declined").state == "pending"
    there.give("record_attendance", made, slot=FIRST, attended=[there.people["chair"]])
    assert there.reply(made, "chair").state == "arrived"
    close(there, made, slot=FIRST)
    assert (there.view(made)["state"], len(told(there, events.ConsultationBooked))) == ("booked", 2)
