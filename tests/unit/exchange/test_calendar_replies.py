"""A reply is believed only if it is from a participant, to what is so now."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.replies.genuine import (
    CLOCKS_DIFFER_BY,
    CalendarReply,
    GenuineReply,
    must_be_genuine,
)
from services.exchange.domain.consultations.replies.refusals import (
    DelegateNotADeputy,
    ForgedReply,
    StaleReply,
    UnknownRecurrence,
)
from services.exchange.domain.parties import ACCEPTED, DECLINED, NEEDS_ACTION, TENTATIVE
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    DEPUTY,
    KHAN,
    answer,
    consultation,
    participants,
    people,
    weekly,
)

WRITTEN = NOW + timedelta(hours=1)
READ = NOW + timedelta(hours=2)
ADDRESS, DEPUTYS = "bano@gilgit.example", "noor@gilgit.example"


def said(**different: Any) -> CalendarReply:
    accepted = CalendarReply("con_1@khunjerab.example", "con_1", ADDRESS, ACCEPTED, WRITTEN)
    return replace(accepted, **different)


def genuine(reply: CalendarReply, of: Consultation | None = None, sender: str | None = ADDRESS) -> GenuineReply:
    return must_be_genuine(reply, of or consultation(), sender, people(), READ)


def forged(reply: CalendarReply, of: Consultation | None = None, sender: str | None = ADDRESS) -> str:
    with pytest.raises(ForgedReply) as caught:
        genuine(reply, of, sender)
    return str(caught.value.facts["why"])


def test_a_participant_s_reply_is_believed() -> None:
    assert genuine(said(comment="Gladly")) == GenuineReply(BANO, BANO, None, ACCEPTED, WRITTEN, "Gladly")


def test_an_upload_needs_no_sender() -> None:
    assert genuine(said(), sender=None).by == BANO


def test_addresses_are_the_same_in_capitals_and_small_letters() -> None:
    assert genuine(said(attendee="khan@gilgit.example"), sender="KHAN@gilgit.example").participant == KHAN


def test_a_mail_from_another_address_is_forged() -> None:
    assert forged(said(), sender="khan@gilgit.example") == "sender"


@pytest.mark.parametrize("attendee", ["somebody@elsewhere.example", "", DEPUTYS])
def test_who_takes_no_part_has_no_say(attendee: str) -> None:
    assert forged(said(attendee=attendee), sender=attendee) == "not-a-participant"


def test_a_deputy_who_comes_may_answer() -> None:
    of = consultation(answers={BANO: answer(deputy=DEPUTY)})
    believed = genuine(said(attendee=DEPUTYS, status=TENTATIVE), of, DEPUTYS)
    assert (believed.participant, believed.by, believed.deputy, believed.status) == (BANO, DEPUTY, DEPUTY, TENTATIVE)


def test_a_deputy_who_declines_does_not_come() -> None:
    of = consultation(answers={BANO: answer(deputy=DEPUTY)})
    believed = genuine(said(attendee=DEPUTYS, status=DECLINED), of, DEPUTYS)
    assert (believed.participant, believed.by, believed.deputy, believed.status) == (BANO, DEPUTY, None, DECLINED)


def test_a_deputy_whose_participant_declined_has_no_say() -> None:
    of = consultation(answers={BANO: answer(DECLINED, deputy=DEPUTY)})
    assert forged(said(attendee=DEPUTYS), of, DEPUTYS) == "not-a-participant"


def test_a_deputy_whom_the_consultation_names_no_longer_has_no_say() -> None:
    fewer = tuple(replace(each, deputies=()) for each in participants())
    of = consultation(participants=fewer, answers={BANO: answer(deputy=DEPUTY)})
    assert forged(said(attendee=DEPUTYS), of, DEPUTYS) == "not-a-participant"


def test_a_participant_may_send_a_deputy() -> None:
    believed = genuine(said(status="delegated", delegate=DEPUTYS))
    assert (believed.status, believed.deputy, believed.by) == (ACCEPTED, DEPUTY, BANO)


@pytest.mark.parametrize("delegate", ["khan@gilgit.example", "somebody@elsewhere.example", "", None])
def test_nobody_else_may_be_sent(delegate: str | None) -> None:
    with pytest.raises(DelegateNotADeputy) as caught:
        genuine(said(status="delegated", delegate=delegate))
    assert caught.value.facts == {"participant": BANO, "delegate": delegate or ""}


def test_an_answer_to_an_older_announcement_is_stale() -> None:
    with pytest.raises(StaleReply) as caught:
        genuine(said(sequence=1), consultation(sequence=2))
    assert caught.value.facts == {"sequence": 1, "current_sequence": 2}


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_cancellation_of_one_session_leaves_the_request_before_it_to_be_answered(sequence: int) -> None:
    of = consultation(sequence=2, asked_with=1)
    assert genuine(said(sequence=sequence), of).status == ACCEPTED
    with pytest.raises(StaleReply):
        genuine(said(sequence=0), of)


def test_an_answer_to_what_was_never_announced_is_forged() -> None:
    assert forged(said(sequence=3), consultation(sequence=2)) == "sequence"


@pytest.mark.parametrize("where", ["all", "session"])
def test_an_answer_that_was_given_later_stands(where: str) -> None:
    later = {BANO: answer(DECLINED, at=WRITTEN + timedelta(seconds=1))}
    of = weekly(answers=later) if where == "all" else weekly()
    if where == "session":
        of = replace(of, sessions=(replace(of.sessions[0], answers=later), *of.sessions[1:]))
    with pytest.raises(StaleReply) as caught:
        genuine(said(recurrence_id=of.sessions[0].slot), of)
    assert caught.value.facts["at"] == WRITTEN.isoformat()


def test_that_everybody_is_asked_again_is_nobody_s_later_answer() -> None:
    of = weekly()
    asked = replace(of.sessions[0], answers={BANO: answer(NEEDS_ACTION, at=READ)})
    of = replace(of, sessions=(asked, *of.sessions[1:]))
    assert genuine(said(recurrence_id=asked.slot), of).session == asked


def test_another_session_s_answer_and_one_of_the_same_second_do_not_stand_in_the_way() -> None:
    of = weekly(answers={BANO: answer(at=WRITTEN)})
    other = replace(of.sessions[1], answers={BANO: answer(at=READ)})
    of = replace(of, sessions=(of.sessions[0], other, *of.sessions[2:]))
    assert genuine(said(recurrence_id=of.sessions[0].slot), of).session == of.sessions[0]


def test_an_answer_from_the_future_is_forged() -> None:
    assert forged(said(dtstamp=READ + CLOCKS_DIFFER_BY + timedelta(seconds=1))) == "dtstamp"


def test_an_answer_of_a_fast_clock_counts_as_given_now() -> None:
    assert genuine(said(dtstamp=READ + CLOCKS_DIFFER_BY)).at == READ


def test_a_session_is_known_by_its_slot_wherever_it_was_moved() -> None:
    of = weekly()
    moved = replace(of.sessions[1], begins=of.sessions[1].begins + timedelta(hours=2))
    of = replace(of, sessions=(of.sessions[0], moved, *of.sessions[2:]))
    assert genuine(said(recurrence_id=moved.slot), of).session == moved
    with pytest.raises(UnknownRecurrence) as caught:
        genuine(said(recurrence_id=moved.begins), of)
    assert caught.value.facts == {"consultation": "con_1", "recurrence_id": moved.begins.isoformat()}
