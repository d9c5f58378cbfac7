"""What asks for an answer and gets none goes on to deputies, then to programme managers, no further."""

import re
from pathlib import Path
from typing import Any

import pytest

from services.notify.application.reactions import notify_of
from services.notify.domain.asking import question_of
from services.notify.domain.escalation.steps import STEPS, URGENT, USUAL
from services.notify.domain.notification import Notification
from tests.unit.notify.escalating import HOST, SENDING, Desk, site, told
from tests.unit.notify.reminding import Told, at, told_at

AWAITED = ({"party": "host-department", "status": "needs-action"},)
PROPOSAL: dict[str, Any] = {
    "state": "proposed", "host_site": HOST, "sending_site": SENDING, "replies": AWAITED, "proposer": "per_ali",
    "planned_arrival": "2026-05-04", "planned_departure": "2026-05-15", "reply_by": "2026-02-09T00:00:00Z",
}  # fmt: skip


def proposed(version: int = 1, moment: str = "02-01 00:00", what: str = "proposed", **more: Any) -> Told:
    """Asked on 1 February, for eight days."""
    return told_at(moment, version, f"visit.{what}", **PROPOSAL | more)


def later(what: str, state: str = "pending", **more: Any) -> Told:
    return proposed(2, "02-02 00:00", what, state=state, **more)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.named("per_zhang", "per_chen")
    return made


def test_nobody_answers_so_the_deputy_is_told_and_then_the_manager(desk: Desk) -> None:
    desk.hears(proposed())
    assert desk.moments == ["deputy 02-05 00:00", "manager 02-07 00:00"]
    assert desk.looks("02-04 23:59") == []
    assert told(desk.looks("02-05 00:00")) == {"per_chen": "stand-in"}
    assert told(desk.looks("02-07 00:00")) == {"per_li": "programme-manager"}
    assert (desk.moments, desk.looks("02-08 23:00")) == ([], [])
    assert desk.escalation.state == "open"


def test_what_is_told_names_who_was_asked_when_and_until_when_an_answer_counts(desk: Desk) -> None:
    desk.hears(proposed())
    (message,) = desk.looks("02-05 00:00")
    unanswered = message.cause.facts["unanswered"]
    assert (unanswered["asked"], unanswered["in_place_of"]) == (["per_zhang", "per_wang"], ["per_zhang"])
    assert (unanswered["since"][:16], unanswered["until"][:16]) == ("2026-02-01T00:00", "2026-02-09T00:00")
    assert (message.purpose, message.about, message.cause.version) == ("reply-overdue", desk.escalation.about, 1)


ENDED_BY = {
    "accepted": later("booked", "booked"),
    "declined": later("cancelled", "cancelled"),
    "answered by one of several who were asked": later(
        "replied",
        replies=[{"party": "host-department", "status": "accepted"}, {"party": "sending-site", "status": "accepted"}],
        by="per_wang",
    ),
    "entered in error": later("entered-in-error", "entered-in-error"),
}


@pytest.mark.parametrize("event", ENDED_BY.values(), ids=ENDED_BY)
def test_once_it_is_answered_or_withdrawn_nobody_else_is_told(desk: Desk, event: Told) -> None:
    desk.hears(proposed())
    desk.hears(event)
    assert (desk.moments, desk.looks("02-08 00:00"), desk.escalation.state) == ([], [], "over")
    assert desk.escalation.facts == {}


def test_an_answer_between_deputy_and_manager_ends_it(desk: Desk) -> None:
    desk.hears(proposed())
    assert told(desk.looks("02-05 00:00")) == {"per_chen": "stand-in"}
    desk.hears(later("booked", "booked"))
    assert desk.looks("02-08 00:00") == []


def test_of_several_parties_of_one_end_it_goes_on_until_the_last_has_answered(desk: Desk) -> None:
    both = [*AWAITED, {"party": "authority", "status": "needs-action"}]
    one = [{"party": "host-department", "status": "accepted"}, {"party": "authority", "status": "needs-action"}]
    desk.hears(proposed(replies=both), later("replied", replies=one))
    (message,) = desk.looks("02-05 00:00")
    assert message.cause.facts["unanswered"]["party"] == "authority"


def test_moved_it_is_asked_anew_with_time_of_its_own(desk: Desk) -> None:
    desk.hears(proposed())
    assert told(desk.looks("02-05 00:00")) == {"per_chen": "stand-in"}
    moved = {"planned_arrival": "2026-05-11", "planned_departure": "2026-05-22", "reply_by": "2026-02-20T00:00:00Z"}
    desk.hears(proposed(2, "02-06 00:00", "rescheduled", state="pending", **moved))
    assert desk.moments == ["deputy 02-13 00:00", "manager 02-16 12:00"]
    assert desk.looks("02-12 00:00") == []
    assert told(desk.looks("02-13 00:00")) == {"per_chen": "stand-in"}


def test_a_note_or_a_deputy_for_the_reply_asks_nothing_anew(desk: Desk) -> None:
    desk.hears(proposed())
    before = desk.moments
    desk.hears(later("note-added", "proposed"))
    assert desk.moments == before


def test_where_nobody_stands_in_it_goes_to_the_manager_instead() -> None:
    desk = Desk()
    desk.hears(proposed())
    assert told(desk.looks("02-05 00:00")) == {"per_li": "programme-manager"}
    assert desk.looks("02-08 00:00") == []


def test_where_there_is_no_manager_either_it_ends_and_says_so() -> None:
    desk = Desk()
    desk.hears(proposed(host_site=site("host", ["per_zhang"], [])))
    assert (desk.looks("02-05 00:00"), desk.ended, desk.escalation.state) == ([], ["nobody-left"], "over")


def test_nobody_is_told_of_it_twice_whatever_they_are() -> None:
    desk = Desk()
    desk.named("per_zhang", "per_wang")
    desk.named("per_wang", "per_li")
    desk.hears(proposed())
    assert told(desk.looks("02-05 00:00")) == {"per_li": "stand-in"}
    assert (desk.looks("02-07 00:00"), desk.ended) == ([], ["nobody-left"])


def test_who_says_that_they_know_of_it_is_waited_for(desk: Desk) -> None:
    desk.tells(proposed())
    desk.acknowledges("per_wang", "02-02 08:00")
    assert (desk.looks("02-05 00:00"), desk.ended) == ([], ["acknowledged"])
    assert desk.escalation.ended[0].by == "per_wang"


def test_that_they_know_of_it_is_seen_at_once(desk: Desk) -> None:
    desk.tells(proposed())
    desk.acknowledges("per_wang", "02-02 08:00")
    assert (desk.ended, desk.moments, desk.escalation.state) == (["acknowledged"], [], "over")
    desk.acknowledges("per_wang", "02-02 09:00")
    assert desk.ended == ["acknowledged"]


def test_so_it_is_where_they_knew_before_anything_was_heard_of_it(desk: Desk) -> None:
    notify_of([proposed()], desk.notifications, at("02-01 00:01"))
    desk.acknowledges("per_wang", "02-01 00:02")
    desk.hears(proposed())
    assert (desk.looks("02-05 00:00"), desk.ended) == ([], ["acknowledged"])


def test_what_somebody_else_was_told_ends_nothing(desk: Desk) -> None:
    """A visitor says that they know of the booking, after it was moved and asked anew."""
    desk.tells(proposed(1, "02-01 00:00", "booked", state="booked", visitors=["per_bano"], by=None))
    booked = desk.latest_of("per_bano")
    desk.tells(later("rescheduled", previous_state="booked"))
    desk.acknowledges_message(booked, "per_bano", "02-03 00:00")
    assert (desk.ended, len(desk.moments)) == ([], 2)


def test_others_are_told_of_each_step_and_once_that_it_goes_no_further(desk: Desk) -> None:
    desk.hears(proposed())
    desk.looks("02-05 00:00")
    desk.looks("02-07 00:00")
    assert desk.news == ["deputy", "manager"]
    desk.acknowledges("per_li", "02-07 08:00")
    desk.hears(later("booked", "booked"))
    assert desk.news == ["deputy", "manager", "acknowledged"]


@pytest.mark.parametrize("event", ENDED_BY.values(), ids=ENDED_BY)
def test_where_the_answer_comes_they_are_told_that_it_is_not_awaited(desk: Desk, event: Told) -> None:
    desk.hears(proposed())
    desk.looks("02-05 00:00")
    desk.hears(event)
    assert desk.news == ["deputy", "not-awaited"]


def test_of_what_was_answered_in_time_they_are_told_nothing(desk: Desk) -> None:
    desk.hears(proposed())
    desk.hears(later("booked", "booked"))
    assert desk.news == []


def test_so_is_whom_it_went_on_to(desk: Desk) -> None:
    desk.hears(proposed())
    desk.looks("02-05 00:00")
    desk.acknowledges("per_chen", "02-05 08:00")
    assert (desk.looks("02-07 00:00"), desk.ended) == ([], ["acknowledged"])


def test_what_was_known_before_it_was_asked_anew_counts_for_nothing(desk: Desk) -> None:
    desk.tells(proposed())
    desk.acknowledges("per_wang", "02-02 08:00")
    desk.hears(proposed(2, "02-03 00:00", "rescheduled", state="pending", reply_by="2026-02-13T00:00:00Z"))
    assert told(desk.looks("02-08 00:00")) == {"per_chen": "stand-in"}


def test_a_worker_that_comes_late_tells_both_and_after_the_last_moment_nobody(desk: Desk) -> None:
    desk.hears(proposed())
    assert told(desk.looks("02-08 12:00")) == {"per_chen": "stand-in", "per_li": "programme-manager"}
    other = Desk()
    other.hears(proposed())
    assert (other.looks("02-09 00:00"), other.ended) == ([], ["too-late"])


def test_what_is_urgent_goes_on_sooner_and_never_after_the_last_moment(desk: Desk) -> None:
    desk.hears(proposed(planned_arrival="2026-02-10"))
    assert desk.moments == ["deputy 02-03 00:00", "manager 02-05 00:00"]
    late = Desk()
    late.hears(proposed(moment="02-09 00:00"))
    assert late.moments == []


def test_one_that_dies_before_it_notes_whom_it_told_queues_nothing_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hears(proposed())

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(desk.escalations, "save", die)
        with pytest.raises(SystemExit):
            desk.looks("02-05 00:00")
    assert len(desk.notifications.kept) == 1
    assert desk.looks("02-05 00:01") == []
    assert len(desk.notifications.kept) == 1


def participant(person: str, at_site: str, **more: Any) -> dict[str, Any]:
    asked = {"person": person, "role": "specialist", "site": at_site, "required": True, "status": "needs-action"}
    return asked | {"comes": person} | more


SESSION = {"slot": "2026-05-12T06:00:00Z", "begins": "2026-05-12T06:00:00Z", "ends": "2026-05-12T07:00:00Z"}
ONLINE: dict[str, Any] = {
    "state": "proposed", "urgent": False, "sites": [HOST, SENDING], "organiser": "per_ali",
    "sessions": [SESSION | {"state": "planned"}], "reply_by": "2026-02-09T00:00:00Z",
    "participants": [
        participant("per_surgeon", "sit_host"),
        participant("per_bano", "sit_sending", status="accepted"),
        participant("per_guest", "sit_host", required=False),
        participant("per_karim", "sit_sending"),
    ],
}  # fmt: skip


def test_of_a_consultation_each_goes_on_alone_whose_reply_it_needs() -> None:
    desk = Desk()
    desk.named("per_surgeon", "per_zhang")
    desk.named("per_guest", "per_chen")
    desk.hears(told_at("02-01 00:00", 1, "consultation.proposed", **ONLINE))
    queued = desk.looks("02-05 00:00")
    assert told(queued) == {"per_zhang": "stand-in", "per_ali": "programme-manager"}
    assert {each.purpose for each in queued} == {"consultation-reply-overdue"}
    one = [*ONLINE["participants"][:3], participant("per_karim", "sit_sending", status="declined", comes=None)]
    desk.hears(told_at("02-05 01:00", 2, "consultation.replied", **ONLINE | {"participants": one}))
    assert told(desk.looks("02-07 00:00")) == {"per_li": "programme-manager"}


def asked_of(desk: Desk, event: Told, who: str) -> Notification:
    desk.hears(event)
    return next(each for each in desk.looks("02-08 00:00") if each.recipient == who)


@pytest.mark.parametrize(("who", "may"), [("per_li", True), ("per_wang", True), ("per_chen", False)])
def test_who_speaks_for_the_site_may_answer_by_a_link_and_others_are_told_whom_to_push(who: str, may: bool) -> None:
    desk = Desk()
    desk.named("per_zhang", who)
    host = site("host", ["per_zhang"], ["per_li", "per_wang"])
    question = question_of(asked_of(desk, proposed(host_site=host), who))
    assert (question is not None) is may
    if question:
        assert (question.party, question.site, question.answers) == (
            "host-department",
            "sit_host",
            ("accepted", "declined"),
        )


def test_of_a_consultation_the_answer_is_the_participants() -> None:
    event = told_at("02-01 00:00", 1, "consultation.proposed", **ONLINE)
    question = question_of(asked_of(Desk(), event, "per_li"))
    assert question
    assert (question.participant, question.site) == ("per_surgeon", "sit_host")
    assert question.answers == ("accepted", "tentative", "declined")


def test_the_page_for_readers_has_the_same_shares_of_time() -> None:
    page = (Path(__file__).parents[3] / "docs/notify/escalation.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \|[^|]+\| (\d+) % \| (\d+) % \|", page, re.MULTILINE)
    assert {step: (int(usual), int(urgent)) for step, usual, urgent in rows} == {
        step: (USUAL[step] * 100, URGENT[step] * 100) for step in STEPS
    }
