"""Who is sent which calendar file, whatever happens to a consultation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.kernel.errors import Unknown
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation
from services.exchange.domain.consultations.inviting import (
    CANCEL,
    CANCEL_SESSION,
    DECLINE_COUNTER,
    REMOVE,
    REQUEST,
    invitations,
)
from services.exchange.domain.consultations.sessions import CALLED_OFF, HELD
from services.exchange.domain.parties import DECLINED
from services.exchange.domain.visit import BOOKED, CANCELLED, ENTERED_IN_ERROR, FULFILLED
from tests.consulting import TUESDAY, Consulting
from tests.fakes.exchange import consulting_in_memory
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    BEGINS,
    DEPUTY,
    KHAN,
    YUSUF,
    ZHANG,
    answer,
    consultation,
    session,
    weekly,
)

PROPOSED = consultation()
ALL = (ZHANG, BANO, KHAN, YUSUF)
WITH_DEPUTY = consultation(answers={BANO: answer(deputy=DEPUTY)})
WAITING = consultation(state=WAITLIST)
BOOKED_ONE = consultation(state=BOOKED)
OFF = consultation(state=CANCELLED, sessions=(session(state=CALLED_OFF),))
SERIES = weekly(state=BOOKED)
FIRST, *OTHERS = SERIES.sessions
PART_OFF = weekly(
    state=FULFILLED, sessions=(replace(FIRST, state=HELD), *(replace(each, state=CALLED_OFF) for each in OTHERS))
)
ACTION = Action("act_1", "Send the images", BANO, NOW.date(), BEGINS)
TAKEN = Unknown(kind="time", id="taken")
DECLINING = answer(DECLINED, reason="Ill.")

Sent = list[tuple[str, tuple[str, ...]]]

LINES: list[tuple[str, list[object], Sent]] = [
    ("proposed", [events.ConsultationProposed(PROPOSED)], [(REQUEST, (BANO, KHAN, YUSUF))]),
    (
        "proposed and booked at once",
        [events.ConsultationProposed(BOOKED_ONE), events.ConsultationBooked(BOOKED_ONE)],
        [(REQUEST, ALL)],
    ),
    ("waits", [events.ConsultationWaits(WAITING, TAKEN)], []),
    ("waiting ended", [events.WaitingEnded(PROPOSED)], [(REQUEST, ALL)]),
    (
        "waiting ended in a booking",
        [events.WaitingEnded(BOOKED_ONE), events.ConsultationBooked(BOOKED_ONE)],
        [(REQUEST, ALL)],
    ),
    ("answered", [events.ConsultationReplied(PROPOSED, BANO, answer(), None)], []),
    (
        "a deputy comes",
        [events.ConsultationReplied(WITH_DEPUTY, BANO, answer(deputy=DEPUTY), None)],
        [(REQUEST, (BANO, DEPUTY))],
    ),
    (
        "a deputy comes no longer",
        [events.ConsultationReplied(PROPOSED, BANO, answer(), None, (DEPUTY,))],
        [(REMOVE, (DEPUTY,))],
    ),
    (
        "a deputy comes to fewer sessions",
        [events.ConsultationReplied(WITH_DEPUTY, BANO, answer(), BEGINS, shifted=(DEPUTY,))],
        [(REQUEST, (DEPUTY,))],
    ),
    (
        "the last answer books it",
        [events.ConsultationReplied(BOOKED_ONE, BANO, answer(), None), events.ConsultationBooked(BOOKED_ONE)],
        [(REQUEST, ALL)],
    ),
    (
        "the deputy's answer books it",
        [
            events.ConsultationReplied(WITH_DEPUTY, BANO, answer(deputy=DEPUTY), None),
            events.ConsultationBooked(WITH_DEPUTY),
        ],
        [(REQUEST, (*ALL, DEPUTY))],
    ),
    (
        "everybody declined",
        [
            events.ConsultationReplied(OFF, BANO, DECLINING, None),
            events.ConsultationCancelled(OFF, BANO, "Ill.", "proposed"),
        ],
        [(CANCEL, ALL)],
    ),
    ("booked", [events.ConsultationBooked(BOOKED_ONE)], [(REQUEST, ALL)]),
    ("moved", [events.ConsultationRescheduled(PROPOSED, (), None, ZHANG, "Snow.")], [(REQUEST, ALL)]),
    (
        "moved and booked",
        [
            events.ConsultationRescheduled(BOOKED_ONE, (), None, ZHANG, "Snow."),
            events.ConsultationBooked(BOOKED_ONE),
        ],
        [(REQUEST, ALL)],
    ),
    (
        "moved, which relieves a deputy",
        [events.ConsultationRescheduled(PROPOSED, (), None, ZHANG, "Snow.", (DEPUTY,))],
        [(REQUEST, ALL), (REMOVE, (DEPUTY,))],
    ),
    ("one session moved", [events.ConsultationRescheduled(SERIES, (), BEGINS, ZHANG, "Snow.")], [(REQUEST, ALL)]),
    ("moved while it waits", [events.ConsultationRescheduled(WAITING, (), None, ZHANG, "Snow.")], []),
    (
        "others take part",
        [events.ParticipantsChanged(PROPOSED, (KHAN,), ("per_left",), ZHANG, "Ill.", (DEPUTY,))],
        [(REQUEST, (KHAN,)), (REQUEST, tuple(each for each in ALL if each != KHAN)), (REMOVE, ("per_left", DEPUTY))],
    ),
    (
        "others take part, which books it",
        [
            events.ParticipantsChanged(BOOKED_ONE, (), ("per_left",), ZHANG, "Ill."),
            events.ConsultationBooked(BOOKED_ONE),
        ],
        [(REMOVE, ("per_left",)), (REQUEST, ALL)],
    ),
    ("called off", [events.ConsultationCancelled(OFF, ZHANG, "Ill.", BOOKED)], [(CANCEL, ALL)]),
    ("called off while it waits", [events.ConsultationCancelled(OFF, ZHANG, "Ill.", WAITLIST)], []),
    (
        "the rest called off",
        [events.ConsultationCancelled(PART_OFF, ZHANG, "Ill.", BOOKED), events.ConsultationFulfilled(PART_OFF)],
        [(REQUEST, ALL)],
    ),
    ("a session called off", [events.SessionCancelled(SERIES, FIRST, ZHANG, "Ill.")], [(CANCEL_SESSION, ALL)]),
    (
        "several sessions called off",
        [events.SessionCancelled(SERIES, each, ZHANG, "Ill.") for each in OTHERS],
        [(REQUEST, ALL)],
    ),
    (
        "another time not taken",
        [events.CounterDeclined(PROPOSED, BANO, BEGINS, None, ZHANG, "No.")],
        [(DECLINE_COUNTER, (BANO,))],
    ),
    (
        "entered in error",
        [events.ConsultationEnteredInError(consultation(state=ENTERED_IN_ERROR), BOOKED, ZHANG, "Twice.")],
        [(CANCEL, ALL)],
    ),
    (
        "entered in error once it was off",
        [events.ConsultationEnteredInError(consultation(state=ENTERED_IN_ERROR), CANCELLED, ZHANG, "Twice.")],
        [],
    ),
    (
        "entered in error while it waits",
        [events.ConsultationEnteredInError(consultation(state=ENTERED_IN_ERROR), WAITLIST, ZHANG, "Twice.")],
        [],
    ),
    ("held", [events.SessionHeld(SERIES, FIRST, (), None)], []),
    ("missed", [events.SessionMissed(SERIES, FIRST, None, "")], []),
    ("over", [events.ConsultationFulfilled(SERIES)], []),
    ("soon", [events.SessionSoon(SERIES, FIRST)], []),
    ("not closed", [events.ClosingOverdue(SERIES, FIRST)], []),
    ("chased", [events.ActionOverdue(SERIES, ACTION)], []),
    ("done", [events.ActionDone(SERIES, ACTION)], []),
]


@pytest.mark.parametrize(("happenings", "sent"), [line[1:] for line in LINES], ids=[line[0] for line in LINES])
def test_each_happening_sends_these_files_to_these_people(happenings: list[object], sent: Sent) -> None:
    assert [(each.kind, each.people) for each in invitations(happenings)] == sent


def test_no_happening_is_left_out_of_the_table() -> None:
    told = {type(happening) for _, happenings, _ in LINES for happening in happenings}
    assert told == set(events.ConsultationHappening.__subclasses__())


@pytest.mark.parametrize("happenings", [line[1] for line in LINES], ids=[line[0] for line in LINES])
def test_nobody_is_sent_two_files_by_one_decision(happenings: list[object]) -> None:
    reached = [person for each in invitations(happenings) for person in each.people]
    assert len(reached) == len(set(reached))


def test_what_is_about_one_session_names_it_and_the_reason() -> None:
    (off,) = invitations([events.SessionCancelled(SERIES, FIRST, ZHANG, "Ill.")])
    (declined,) = invitations([events.CounterDeclined(PROPOSED, BANO, BEGINS, BEGINS, ZHANG, "No.")])
    assert [(each.slot, each.reason) for each in (off, declined)] == [(BEGINS, "Ill."), (BEGINS, "No.")]


SLOTS = tuple(each.slot for each in OTHERS)


@pytest.mark.parametrize(
    "happenings",
    [
        [events.ConsultationCancelled(PART_OFF, ZHANG, "Ill.", BOOKED, SLOTS), events.ConsultationFulfilled(PART_OFF)],
        [events.SessionCancelled(SERIES, each, ZHANG, "Ill.", SLOTS) for each in OTHERS],
    ],
    ids=["the rest", "several"],
)
def test_a_file_that_leaves_out_what_is_called_off_comes_with_which_it_is_and_why(happenings: list[object]) -> None:
    (sent,) = invitations(happenings)
    assert (sent.kind, sent.slot, sent.called_off, sent.reason) == (REQUEST, None, SLOTS, "Ill.")


def of_deputies_for_one_session() -> Consultation:
    own = replace(FIRST, answers={BANO: answer(deputy=DEPUTY)})
    return weekly(sessions=(own, *OTHERS), reply_by=NOW + timedelta(days=1))


def test_a_deputy_for_one_session_is_invited() -> None:
    (sent,) = invitations([events.ConsultationBooked(of_deputies_for_one_session())])
    assert sent.people == (*ALL, DEPUTY)


def of_a_deputy_who_comes() -> tuple[Consulting, str]:
    consulting = consulting_in_memory()
    made = consulting.propose(by=consulting.coordinator).id
    consulting.reply(made, "deputy", participant=consulting.people["presenter"])
    return consulting, made


@pytest.mark.parametrize("act", ["answers", "is asked anew", "leaves"])
def test_a_deputy_hears_that_they_are_not_to_come(act: str) -> None:
    consulting, made = of_a_deputy_who_comes()
    if act == "answers":
        consulting.reply(made, "presenter", "declined", reason="Ill.")
    elif act == "is asked anew":
        later = (TUESDAY + timedelta(hours=1)).isoformat()
        move: dict[str, Any] = {"begins": later, "minutes": 60, "zone": "Asia/Karachi", "reason": "Snow."}
        consulting.give("reschedule_consultation", made, **move)
    else:
        left = consulting.participants("chair", "specialist")
        consulting.give("change_participants", made, participants=left, reason="Enough.")
    told = consulting.exchange.stores.consultations.told[-1:]  # type: ignore[attr-defined]
    removed = [person for sent in invitations(told) if sent.kind == REMOVE for person in sent.people]
    assert consulting.people["deputy"] in removed


def test_a_deputy_who_is_not_to_come_to_one_session_hears_of_the_others() -> None:
    consulting = consulting_in_memory()
    made = consulting.propose(recurrence="FREQ=WEEKLY;COUNT=3").id
    consulting.reply(made, "deputy", participant=consulting.people["presenter"])
    consulting.reply(made, "presenter", slot=TUESDAY.isoformat())
    told = consulting.exchange.stores.consultations.told[-1:]  # type: ignore[attr-defined]
    assert [(sent.kind, sent.people) for sent in invitations(told)] == [(REQUEST, (consulting.people["deputy"],))]


def test_who_is_new_is_asked_for_the_first_time_and_without_who_leaves_it_goes_on() -> None:
    changed = events.ParticipantsChanged(PROPOSED, (KHAN,), ("per_left",), ZHANG, "Ill.")
    assert [each.audience for each in invitations([changed])] == ["newcomers", "everybody", "leavers"]
