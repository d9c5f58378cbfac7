"""What calendar programs answer, uploaded and by mail: it has the effect that the same answer on a page has, once."""

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unavailable
from services.exchange.application.collecting_replies import ReplyPost
from services.exchange.application.commands import calendars as commands
from services.exchange.application.ports.calendar_files import MailedCalendar
from services.exchange.bootstrap.calendar_office import HERE
from services.exchange.domain.consultations.refusals import NotOnTheQuarter, SessionBegun, SessionTooLong
from services.exchange.domain.consultations.replies.refusals import (
    ForeignUid,
    ForgedReply,
    NoCalendarPart,
    NotACalendar,
    StaleReply,
    UnknownRecurrence,
)
from services.exchange.domain.visit_refusals import ReplyTooLate
from tests.alliance import StandingClock
from tests.consulting import TUESDAY, Consulting
from tests.fakes.mailbox import Box
from tests.unit.exchange.given_mail import mailed
from tests.unit.exchange.given_replies import calendar


def text(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def reply(there: Consulting, to: str, who: str, partstat: str = "ACCEPTED", *more: str, **different: Any) -> bytes:
    """The person's, written now. `different`: `sequence`, `at`, `uid`, `method`; `more`: lines."""
    now = there.clock.now()
    usual: dict[str, Any] = {"sequence": 0, "at": now, "uid": f"{to}@127.0.0.1", "method": "REPLY"} | different
    site = {"presenter": "gilgit", "deputy": "gilgit", "specialist": "hotan"}.get(who, "kashgar")
    address = f"{who}@{site}.example"
    return calendar(
        f"UID:{usual['uid']}",
        f"SEQUENCE:{usual['sequence']}",
        f"DTSTAMP:{text(usual['at'])}",
        f"ORGANIZER:mailto:{HERE.reply_address}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{address}",
        *more,
        method=usual["method"],
    )


def upload(there: Consulting, by: Actor, content: bytes) -> Any:
    command = parsed(commands.ReceiveCalendarReply, {"content": base64.b64encode(content).decode()})
    return there.exchange.receive_calendar_reply(command, there.context(by))


def mail(there: Consulting, sender: str, content: bytes) -> Any:
    return there.exchange.receive_mailed_reply(MailedCalendar(sender, content), there.context(SYSTEM))


def answers(there: Consulting, of: str) -> dict[str, tuple[str, str | None]]:
    names = {person: name for name, person in there.people.items()}
    state = there.exchange.stores.consultations.load(of).state
    return {names[who]: (each.status, names.get(each.by or "")) for who, each in state.answers.items()}


def test_an_upload_answers_as_a_page_does_and_the_last_one_books_it(there: Consulting) -> None:
    made = there.propose().id
    there.reply(made, "chair")
    receipt = upload(there, there.actor("interpreter"), reply(there, made, "interpreter"))
    assert (receipt.id, receipt.state) == (made, "booked")
    assert answers(there, made)["interpreter"] == ("accepted", "interpreter")


def test_a_mail_answers_for_its_sender(there: Consulting) -> None:
    made = there.propose().id
    mail(there, "interpreter@kashgar.example", reply(there, made, "interpreter", "DECLINED", "COMMENT:Ill."))
    assert answers(there, made)["interpreter"] == ("declined", "interpreter")


def test_the_same_reply_has_one_effect_however_often_and_which_way_it_comes(there: Consulting) -> None:
    made = there.propose().id
    content = reply(there, made, "interpreter")
    first = upload(there, there.actor("interpreter"), content)
    there.clock.moment += timedelta(minutes=5)
    again = [upload(there, there.actor("interpreter"), content), mail(there, "interpreter@kashgar.example", content)]
    assert again == [first, first]
    there.reply(made, "interpreter", "declined")
    assert upload(there, there.actor("interpreter"), content) == first
    assert answers(there, made)["interpreter"][0] == "declined"


def test_a_site_answers_for_its_people_and_nobody_else_does(there: Consulting) -> None:
    made = there.propose().id
    content = reply(there, made, "interpreter")
    with pytest.raises(NotAllowed):
        upload(there, there.actor("chair"), content)
    with pytest.raises(ForeignUid):
        upload(there, Actor("per_stranger"), content)
    with pytest.raises(NotAllowed):
        upload(there, SYSTEM, content)
    upload(there, there.coordinator, content)
    assert answers(there, made)["interpreter"][0] == "accepted"


def test_a_counter_proposal_asks_for_its_time(there: Consulting) -> None:
    made = there.propose().id
    later = TUESDAY + timedelta(hours=1)
    times = (f"DTSTART:{text(later)}", f"DTEND:{text(later + timedelta(hours=1))}")
    upload(there, there.actor("chair"), reply(there, made, "chair", "TENTATIVE", *times, method="COUNTER"))
    asked = there.exchange.stores.consultations.load(made).state.answers[there.people["chair"]]
    assert (asked.status, asked.begins, asked.minutes) == ("tentative", later, 60)


def counter(there: Consulting, of: str, begins: datetime, *more: str) -> bytes:
    times = (f"DTSTART:{text(begins)}", *more)
    return reply(there, of, "chair", "TENTATIVE", *times, method="COUNTER")


@pytest.mark.parametrize("end", ["DURATION:PT1H45M", f"DTEND:{text(TUESDAY + timedelta(minutes=105))}"])
def test_a_counter_proposal_that_is_taken_up_takes_as_long_as_it_said(there: Consulting, end: str) -> None:
    made = there.propose().id
    upload(there, there.actor("chair"), counter(there, made, TUESDAY, end))
    there.give("accept_counter_time", made, participant=there.people["chair"])
    (session,) = there.exchange.stores.consultations.load(made).state.sessions
    assert (session.begins, session.minutes) == (TUESDAY, 105)


@pytest.mark.parametrize(
    ("lasting", "refusal"), [("PT8H15M", SessionTooLong), ("P400D", SessionTooLong), ("PT50M", NotOnTheQuarter)]
)
def test_a_counter_proposal_of_a_length_that_no_session_has_is_refused(
    there: Consulting, lasting: str, refusal: type[Refusal]
) -> None:
    made = there.propose().id
    with pytest.raises(refusal):
        upload(there, there.actor("chair"), counter(there, made, TUESDAY, f"DURATION:{lasting}"))
    assert there.exchange.stores.consultations.load(made).version == 1


def test_one_session_is_answered_by_its_slot(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=3").id
    second = TUESDAY + timedelta(weeks=1)
    mail(there, "chair@kashgar.example", reply(there, made, "chair", "DECLINED", f"RECURRENCE-ID:{text(second)}"))
    state = there.exchange.stores.consultations.load(made).state
    assert [there.people["chair"] in session.answers for session in state.sessions] == [False, True, False]
    never = reply(there, made, "chair", "DECLINED", f"RECURRENCE-ID:{text(second + timedelta(days=1))}")
    with pytest.raises(UnknownRecurrence):
        mail(there, "chair@kashgar.example", never)


def test_the_only_session_is_the_whole_however_it_is_named(there: Consulting) -> None:
    made = there.propose().id
    mail(there, "chair@kashgar.example", reply(there, made, "chair", "ACCEPTED", f"RECURRENCE-ID:{text(TUESDAY)}"))
    assert answers(there, made)["chair"][0] == "accepted"


def test_who_delegates_names_their_deputy(there: Consulting) -> None:
    made = there.propose(by=there.coordinator).id
    delegated = reply(there, made, "presenter").replace(
        b"PARTSTAT=ACCEPTED", b'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:deputy@gilgit.example"'
    )
    mail(there, "presenter@gilgit.example", delegated)
    given = there.exchange.stores.consultations.load(made).state.answers[there.people["presenter"]]
    assert (given.status, given.deputy) == ("accepted", there.people["deputy"])


@pytest.mark.parametrize(("different", "sender", "refusal"), [
    ({}, "chair@elsewhere.example", ForgedReply),
    ({"sequence": 7}, "chair@kashgar.example", ForgedReply),
    ({"uid": "con_nowhere@127.0.0.1"}, "chair@kashgar.example", ForeignUid),
    ({"uid": "con_1@elsewhere.example"}, "chair@kashgar.example", ForeignUid),
])  # fmt: skip
def test_forged_and_foreign_ones_are_refused_and_change_nothing(
    there: Consulting, different: dict[str, Any], sender: str, refusal: type[Exception]
) -> None:
    made = there.propose().id
    with pytest.raises(refusal):
        mail(there, sender, reply(there, made, "chair", **different))
    assert there.exchange.stores.consultations.load(made).version == 1


def test_what_answers_an_older_time_or_comes_behind_a_later_answer_is_stale(there: Consulting) -> None:
    made = there.propose().id
    early = reply(there, made, "chair")
    there.clock.moment += timedelta(minutes=1)
    there.reply(made, "chair", "declined")
    with pytest.raises(StaleReply):
        mail(there, "chair@kashgar.example", early)
    later = (TUESDAY + timedelta(hours=1)).isoformat()
    there.give("reschedule_consultation", made, begins=later, minutes=60, zone="Asia/Karachi", reason="Snow.")
    with pytest.raises(StaleReply):
        mail(there, "interpreter@kashgar.example", reply(there, made, "interpreter"))


def test_who_has_the_series_as_it_was_announced_may_answer_after_one_session_was_called_off(there: Consulting) -> None:
    made = there.propose(recurrence="FREQ=WEEKLY;COUNT=3").id
    there.give("cancel_session", made, slot=(TUESDAY + timedelta(weeks=1)).isoformat(), reason="No cases.")
    upload(there, there.actor("chair"), reply(there, made, "chair", sequence=0))
    upload(there, there.actor("interpreter"), reply(there, made, "interpreter", sequence=1))
    assert there.exchange.stores.consultations.load(made).state.state == "booked"
    there.give("move_session", made, slot=TUESDAY.isoformat(), minutes=30, begins=TUESDAY.isoformat(), reason="Snow.")
    with pytest.raises(StaleReply):
        upload(there, there.actor("chair"), reply(there, made, "chair", "DECLINED", sequence=1))


def test_another_link_makes_no_answer_stale(there: Consulting) -> None:
    made = there.propose().id
    as_before: dict[str, Any] = {
        "begins": TUESDAY.isoformat(),
        "minutes": 60,
        "zone": "Asia/Karachi",
        "reason": "A larger room.",
    }
    there.give("reschedule_consultation", made, link="https://meet.example/large", **as_before)
    for sequence, name in enumerate(("chair", "interpreter")):
        upload(there, there.actor(name), reply(there, made, name, sequence=sequence))
    assert there.exchange.stores.consultations.load(made).state.state == "booked"


def test_a_reply_to_all_that_comes_late_leaves_the_later_answer_to_one_session(there: Consulting) -> None:
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=3")
    there.clock.moment += timedelta(hours=1)
    early = reply(there, made, "chair", "TENTATIVE")
    slots = [(TUESDAY + timedelta(weeks=number)).isoformat() for number in range(3)]
    for moment, number in ((0, 1), (1, 2)):
        there.clock.moment += timedelta(minutes=moment)
        there.reply(made, "chair", "declined", slot=slots[number])
    there.clock.moment += timedelta(hours=1)
    upload(there, there.actor("chair"), early)
    state = there.exchange.stores.consultations.load(made).state
    said = [state.answer(there.people["chair"], session) for session in state.sessions]
    assert [each.status for each in said if each] == ["tentative", "tentative", "declined"]


def test_a_deputy_who_was_to_come_declines(there: Consulting) -> None:
    made = there.booked()
    there.reply(made, "presenter", "accepted", deputy=there.people["deputy"])
    there.clock.moment += timedelta(hours=1)
    mail(there, "deputy@gilgit.example", reply(there, made, "deputy", "DECLINED"))
    given = there.exchange.stores.consultations.load(made).state.answers[there.people["presenter"]]
    assert (given.status, given.by, given.deputy) == ("declined", there.people["deputy"], None)


def test_a_reply_that_was_written_in_time_and_comes_too_late_is_too_late(there: Consulting) -> None:
    made = there.propose().id
    written = reply(there, made, "chair")
    there.clock.moment = there.exchange.stores.consultations.load(made).state.reply_by
    with pytest.raises(ReplyTooLate):
        mail(there, "chair@kashgar.example", written)
    booked = there.booked(begins=(TUESDAY + timedelta(days=14)).isoformat())
    declined = reply(there, booked, "chair", "DECLINED")
    there.clock.moment = TUESDAY + timedelta(days=14)
    with pytest.raises(SessionBegun):
        mail(there, "chair@kashgar.example", declined)


@pytest.mark.parametrize("content", ["not base64!", "====", "QQ"])
def test_what_is_no_base64_is_no_calendar(there: Consulting, content: str) -> None:
    command = parsed(commands.ReceiveCalendarReply, {"content": content})
    with pytest.raises(NotACalendar):
        there.exchange.receive_calendar_reply(command, there.context(there.actor("chair")))


def test_what_is_far_too_large_is_not_even_decoded() -> None:
    with pytest.raises(InvalidCommand):
        parsed(commands.ReceiveCalendarReply, {"content": "A" * 400_000})


def test_mails_are_dealt_with_once_and_what_is_refused_is_put_aside(
    there: Consulting,
) -> None:
    made = there.propose().id
    good = mailed(reply(there, made, "chair"), "chair@kashgar.example")
    box = Box({
        "1": mailed(reply(there, made, "interpreter"), "evil@elsewhere.example"),
        "2": b"From: somebody@elsewhere.example\r\n\r\nI am on holiday.",
        "3": good,
        "4": good,
        "5": mailed(reply(there, made, "chair"), "evil@elsewhere.example"),
    })  # fmt: skip
    post = there.exchange.reply_post(box)
    with capture_logs() as lines:
        assert (post.collect(), post.collect()) == (5, 0)
    assert box.marked == {"1": "refused", "2": "refused", "3": "seen", "4": "seen", "5": "refused"}
    assert answers(there, made).keys() == {"presenter", "chair"}
    assert there.exchange.stores.consultations.load(made).version == 2
    said = str(lines)
    assert ForgedReply.__name__ in said
    assert NoCalendarPart.__name__ in said
    assert "elsewhere.example" not in said


def test_two_workers_that_find_the_same_mail_do_no_harm(there: Consulting) -> None:
    made = there.propose().id
    mails = {"1": mailed(reply(there, made, "chair"), "chair@kashgar.example")}
    for box in (Box(mails), Box(mails)):
        there.exchange.reply_post(box).collect()
        assert box.marked == {"1": "seen"}
    assert there.exchange.stores.consultations.load(made).version == 2


@pytest.mark.parametrize(("raised", "marked"), [(Unavailable(), {}), (KeyError("a bug"), {"1": "refused"})])
def test_what_could_not_be_decided_comes_again_and_what_nobody_foresaw_stops_nobody(
    raised: Exception, marked: dict[str, str]
) -> None:
    def receive(*_: object) -> None:
        raise raised

    box = Box({"1": b""})
    post = ReplyPost(box, lambda raw: MailedCalendar("a@b.example", raw), receive, StandingClock())
    if isinstance(raised, Unavailable):
        with pytest.raises(Unavailable):
            post.collect()
    else:
        assert post.collect() == 1
    assert box.marked == marked


def test_a_reply_that_says_what_it_answers_is_refused_once_that_has_changed(there: Consulting) -> None:
    made = there.propose().id
    there.reply(made, "chair", announcement=0)
    later = (TUESDAY + timedelta(hours=1)).isoformat()
    there.give("reschedule_consultation", made, begins=later, minutes=60, zone="Asia/Karachi", reason="Snow.")
    with pytest.raises(StaleReply):
        there.reply(made, "interpreter", announcement=0)
    view = there.view(made)
    assert (view["announcement"], view["answerable_from"]) == (1, 1)
    there.reply(made, "interpreter", announcement=1)
    assert answers(there, made)["interpreter"][0] == "accepted"
