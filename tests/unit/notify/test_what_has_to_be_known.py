"""What has to be known in time and is not acknowledged goes on to deputies, then to managers; few messages do."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, Actor
from services.notify.domain.asking import known_by, question_of
from services.notify.domain.escalation.steps import LAST
from services.notify.domain.must_be_known import ASKED_BY, MUST_BE_KNOWN
from services.notify.domain.purposes import PURPOSES, is_urgent
from services.notify.domain.telling import TABLE
from tests.unit.notify.escalating import HOST, SENDING, Desk, told
from tests.unit.notify.reminding import Told, at, told_at
from tests.unit.notify.samples import told_of

VISITORS = ("per_bano", "per_karim")
VISIT: dict[str, Any] = {
    "host_site": HOST, "sending_site": SENDING, "visitors": VISITORS, "proposer": "per_ali", "leader": "per_bano",
    "planned_arrival": "2026-05-04", "planned_departure": "2026-05-15", "reply_by": "2026-02-09T00:00:00Z",
    "replies": (),
}  # fmt: skip
ADMIN = Actor("per_root", frozenset({ADMINISTRATOR}))
NOT_FAR = "05-03 02:00"
"""Fourteen hours before the day of the arrival begins at the host."""


def cancelled(moment: str = NOT_FAR, version: int = 5, **more: Any) -> Told:
    return told_at(moment, version, "visit.cancelled", **VISIT | {"state": "cancelled", "by": "per_ali"} | more)


def moved(moment: str = NOT_FAR, version: int = 4, **more: Any) -> Told:
    """From tomorrow to next month."""
    days = {"planned_arrival": "2026-06-01", "planned_departure": "2026-06-12", "previous_arrival": "2026-05-04"}
    changes = {"state": "booked", "previous_state": "booked", "by": "per_ali"}
    return told_at(moment, version, "visit.rescheduled", **VISIT | changes | days | more)


def expired(event: dict[str, Any] | None = None, **more: Any) -> Told:
    return told_of(
        "research.outcome.clearance-expired.v2",
        envelope={"time": at("04-01 00:00").isoformat()} | (event or {}),
        owner="per_bano",
        followers=["per_hussain", "per_zhang"],
        **more,
    )


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.named("per_bano", "per_nadia")
    return made


def asked(desk: Desk) -> list[tuple[str, ...]]:
    return [each.asked for each in desk.escalation.to_know]


def test_a_visit_cancelled_the_day_before_is_to_be_known_by_each_visitor_and_one_of_the_hosts(desk: Desk) -> None:
    desk.tells(cancelled())
    assert asked(desk) == [("per_zhang", "per_wang"), ("per_bano",), ("per_karim",)]
    assert [f"{each.until:%m-%d %H:%M}" for each in desk.escalation.to_know] == ["05-03 16:00"] * 3
    assert desk.moments == ["deputy 05-03 05:30", "manager 05-03 09:00", f"{LAST} 05-03 16:00"]


def test_it_goes_on_to_deputies_and_then_to_the_managers_of_their_site(desk: Desk) -> None:
    desk.tells(cancelled())
    first = desk.looks("05-03 05:30")
    assert told(first) == {"per_nadia": "stand-in", "per_ali": "programme-manager", "per_li": "programme-manager"}
    second = desk.looks("05-03 09:00")
    assert [(each.recipient, each.cause.facts["unanswered"]["asked"]) for each in second] == [("per_ali", ["per_bano"])]
    assert {each.purpose for each in (*first, *second)} == {"visit-unacknowledged"}
    assert all(is_urgent(each.purpose, each.cause.facts, each.queued_at) for each in first)


def test_who_knows_ends_it_for_themselves_alone_and_at_once(desk: Desk) -> None:
    desk.tells(cancelled())
    desk.acknowledges("per_bano", "05-03 03:00")
    assert asked(desk) == [("per_zhang", "per_wang"), ("per_karim",)]
    desk.acknowledges("per_wang", "05-03 03:00")
    assert asked(desk) == [("per_karim",)]
    assert told(desk.looks("05-03 09:00")) == {"per_ali": "programme-manager"}


@pytest.mark.parametrize("who", ["per_nadia", "per_ali"])
def test_so_does_anybody_to_whom_it_went_on(desk: Desk, who: str) -> None:
    desk.tells(cancelled(visitors=("per_bano",), by="per_zhang"))
    desk.looks("05-03 05:30")
    if who == "per_ali":
        desk.looks("05-03 09:00")
    desk.acknowledges(who, "05-03 09:30")
    assert (desk.ended, desk.escalation.ended[0].by, desk.moments) == (["acknowledged"], who, [])


def test_to_know_of_another_message_about_it_is_not_to_know_of_this(desk: Desk) -> None:
    desk.tells(told_at("04-01 00:00", 3, "visit.booked", **VISIT | {"state": "booked", "by": "per_wang"}))
    booked = desk.latest_of("per_bano")
    desk.tells(cancelled(visitors=("per_bano",), by="per_zhang"))
    assert desk.latest_of("per_bano") != booked
    desk.acknowledges_message(booked, "per_bano", "05-03 03:00")
    assert desk.ended == []


def test_nor_does_it_answer_what_their_site_still_owes(desk: Desk) -> None:
    """Who stands in for a visitor may be the coordinator who was asked for the site's reply."""
    desk.named("per_karim", "per_hussain")
    awaited: dict[str, Any] = {
        "replies": [{"party": "sending-site", "status": "needs-action"}],
        "reply_by": "2026-05-20T00:00:00Z",
    }
    desk.tells(moved(state="pending", visitors=("per_karim",), **awaited))
    (message,) = desk.looks("05-03 05:30")
    assert (message.recipient, message.purpose) == ("per_hussain", "visit-unacknowledged")
    desk.acknowledges("per_hussain", "05-03 06:00")
    assert [each.awaits for each in desk.escalation.open] == ["reply"]


def test_moved_away_from_tomorrow_it_is_urgent_and_to_be_known(desk: Desk) -> None:
    desk.tells(moved())
    assert asked(desk) == [("per_bano",), ("per_karim",)]
    event, data = moved()
    assert is_urgent("visit-rescheduled-for-you", data.model_dump(mode="json"), event.time)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_cancelled_after_it_was_moved_only_that_is_to_be_known_whichever_is_heard_first(
    desk: Desk, order: tuple[int, int]
) -> None:
    news = [moved(), cancelled("05-03 03:00", planned_arrival="2026-05-05")]
    for number in order:
        desk.hears(news[number])
    assert {each.purpose for each in desk.escalation.to_know} == {"visit-cancelled-for-you", "visit-cancelled"}


def test_moved_again_it_is_the_later_move_that_is_to_be_known(desk: Desk) -> None:
    desk.hears(moved())
    desk.hears(moved("05-03 03:00", 5, planned_arrival="2026-05-05", previous_arrival="2026-05-06"))
    assert {f"{each.since:%H:%M}" for each in desk.escalation.to_know} == {"03:00"}


LATER_DAYS: dict[str, Any] = {"planned_arrival": "2026-07-01", "planned_departure": "2026-07-12"}
THEN: dict[str, Told] = {
    "moved on": moved("05-03 03:00", 5, **LATER_DAYS | {"previous_arrival": "2026-06-01"}),
    "extended": told_at(
        "05-03 03:00", 5, "visit.extended", **VISIT
        | {"state": "booked", "by": "per_zhang", "planned_arrival": "2026-06-01", "planned_departure": "2026-06-20"}
    ),
    "cancelled": cancelled("05-03 03:00", **LATER_DAYS),
}  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("then", THEN.values(), ids=THEN)
def test_that_it_is_not_tomorrow_is_to_be_known_whatever_becomes_of_the_later_days(
    desk: Desk, then: Told, order: tuple[int, int]
) -> None:
    for number in order:
        desk.tells((moved(), then)[number])
    assert asked(desk) == [("per_bano",), ("per_karim",)]
    assert desk.moments[0] == "deputy 05-03 05:30"


@pytest.mark.parametrize("then", [THEN["moved on"], THEN["cancelled"]], ids=["moved on", "cancelled"])
def test_who_knows_of_what_came_later_knows_of_it(desk: Desk, then: Told) -> None:
    desk.tells(moved())
    desk.tells(then)
    desk.acknowledges("per_bano", "05-03 04:00")
    assert asked(desk) == [("per_karim",)]


GONE: dict[str, Any] = {"state": "booked", "visitors": ("per_karim",), "person": "per_bano"}
OWN_DEEDS = {
    "cancelled": partial(cancelled, "05-03 03:00", **LATER_DAYS),
    "moved": partial(moved, "05-03 03:00", 5, **LATER_DAYS | {"previous_arrival": "2026-06-01"}),
    "withdrawn": partial(told_at, "05-03 03:00", 5, "visit.visitor-withdrew", **VISIT | LATER_DAYS | GONE),
}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("by", "left"), [("per_bano", ["per_karim"]), ("per_ali", ["per_bano", "per_karim"])])
@pytest.mark.parametrize("deed", OWN_DEEDS.values(), ids=OWN_DEEDS)
def test_who_changes_it_themselves_later_knows_of_it(
    desk: Desk, deed: Callable[..., Told], by: str, left: list[str], order: tuple[int, int]
) -> None:
    for number in order:
        desk.hears((moved(), deed(by=by))[number])
    assert asked(desk) == [(each,) for each in left]


def test_once_they_are_there_they_know(desk: Desk) -> None:
    desk.tells(moved())
    desk.hears(told_at("05-03 03:00", 5, "visit.arrived", **VISIT | {"state": "arrived"}))
    assert asked(desk) == []


def test_that_holds_where_the_later_one_is_heard_first_and_leads_to_the_same_days(desk: Desk) -> None:
    desk.hears(moved("05-03 04:00", 6))
    desk.hears(moved())
    assert {f"{each.since:%H:%M}" for each in desk.escalation.to_know} == {"04:00"}


def test_moved_again_before_it_was_booked_anew_it_is_to_be_known_still(desk: Desk) -> None:
    desk.hears(moved(state="pending"))
    desk.hears(moved("05-03 03:00", 5, state="pending", previous_state="pending", planned_arrival="2026-06-02"))
    assert {f"{each.since:%H:%M}" for each in desk.escalation.to_know} == {"03:00"}


def test_a_note_about_it_asks_nobody_anew_and_ends_nothing(desk: Desk) -> None:
    desk.hears(cancelled())
    before = desk.escalation.to_know
    desk.hears(told_at("05-03 03:00", 6, "visit.note-added", **VISIT | {"state": "cancelled"}))
    assert desk.escalation.to_know == before


def test_what_was_known_stays_known_however_often_it_is_told(desk: Desk) -> None:
    desk.tells(cancelled())
    for who in (*VISITORS, "per_zhang"):
        desk.acknowledges(who, "05-03 03:00")
    desk.tells(cancelled())
    assert (desk.moments, asked(desk), desk.escalation.state) == ([], [], "over")


def test_when_it_is_too_late_it_ends_and_nothing_of_it_is_kept(desk: Desk) -> None:
    desk.tells(cancelled(visitors=("per_bano",), by="per_zhang"))
    desk.looks("05-03 05:30")
    desk.looks("05-03 09:00")
    assert desk.looks("05-03 16:00") == []
    assert (desk.ended, desk.moments, asked(desk)) == (["too-late"], [], [])
    assert desk.news == ["deputy", "manager", "too-late"]


NOT_ASKED = {
    "it was far ahead": cancelled("04-20 02:00"),
    "it lapsed": cancelled(by=None),
    "it is long over": cancelled("05-20 02:00"),
    "only a proposal was moved": moved(state="proposed", previous_state="proposed"),
    "it was moved between far days": moved("04-01 00:00"),
}


@pytest.mark.parametrize("event", NOT_ASKED.values(), ids=NOT_ASKED)
def test_nobody_has_to_know_of_it_in_time_where(desk: Desk, event: Told) -> None:
    desk.tells(event)
    assert asked(desk) == []
    assert [known_by(each.state) for each in desk.notifications.kept.values()] == [None] * len(desk.notifications.kept)


@pytest.mark.parametrize("by", ["per_wang", "per_li"])
def test_of_what_the_host_did_itself_the_host_knows(desk: Desk, by: str) -> None:
    desk.tells(cancelled(by=by))
    assert asked(desk) == [("per_bano",), ("per_karim",)]


def test_who_cancels_their_own_visit_knows_of_it(desk: Desk) -> None:
    desk.tells(cancelled(by="per_bano"))
    assert ("per_bano",) not in asked(desk)
    own = next(each.state for each in desk.notifications.kept.values() if each.state.recipient == VISITORS[0])
    assert (own.purpose, question_of(own), known_by(own)) == ("visit-cancelled-for-you", None, None)


def test_there_is_time_at_least_to_wake_up(desk: Desk) -> None:
    desk.tells(cancelled("05-03 15:30"))
    assert {f"{each.until:%m-%d %H:%M}" for each in desk.escalation.to_know} == {"05-03 21:30"}


def test_what_somebody_who_was_erased_was_to_know_goes_on_to_nobody(desk: Desk) -> None:
    desk.tells(cancelled(by="per_zhang"))
    desk.gone = frozenset({"per_bano", "per_wang"})
    assert [each.cause.facts["unanswered"]["asked"] for each in desk.looks("05-03 05:30")] == [["per_karim"]]
    assert (desk.ended, asked(desk)) == (["nobody-left"], [("per_karim",)])


def test_of_several_who_are_asked_the_others_still_owe_it(desk: Desk) -> None:
    desk.tells(cancelled(visitors=()))
    desk.gone = frozenset({"per_wang"})
    assert told(desk.looks("05-03 05:30")) == {"per_li": "programme-manager"}


def test_an_expired_clearance_goes_on_to_who_follows_the_outcome(desk: Desk) -> None:
    desk.tells(expired())
    assert desk.moments == ["deputy 04-03 00:00", "manager 04-04 00:00", f"{LAST} 04-05 00:00"]
    (first,) = desk.looks("04-03 00:00")
    assert (first.recipient, first.purpose) == ("per_nadia", "clearance-unacknowledged")
    assert told(desk.looks("04-04 00:00")) == {"per_hussain": "follower", "per_zhang": "follower"}
    assert desk.news == ["deputy", "manager"]


def test_of_two_clearances_of_one_outcome_each_is_to_be_known(desk: Desk) -> None:
    desk.tells(expired())
    next_one = {"id": "00000000-0000-4000-8000-0000000000aa", "sequence": "0000000011.000"}
    desk.tells(expired(next_one, requirement="req_other"))
    assert [each.facts["requirement"] == "req_other" for each in desk.escalation.to_know] == [False, True]
    desk.acknowledges("per_bano", "04-01 01:00")
    assert [each.facts["requirement"] == "req_other" for each in desk.escalation.to_know] == [False]


def test_whoever_has_to_know_is_asked_by_their_message_and_told_by_when(desk: Desk) -> None:
    desk.tells(cancelled())
    by_recipient = {each.state.recipient: each.state for each in desk.notifications.kept.values()}
    for who in (*VISITORS, "per_zhang"):
        question = question_of(by_recipient[who])
        assert question
        assert question.answers == ("acknowledged",)
        assert known_by(by_recipient[who]) == at("05-03 16:00")
    assert question_of(by_recipient["per_hussain"]) is None
    (message, *_) = desk.looks("05-03 05:30")
    assert known_by(message) == at("05-03 16:00")


def test_it_is_shown_as_awaited_beside_replies_and_by_what_it_is_about(desk: Desk) -> None:
    desk.hears(expired())
    about = desk.escalation.about
    (item,) = desk.asked(ADMIN, about=about)
    assert (item["awaits"], item["asked"], item["about"]) == ("acknowledgement", ["per_bano"], about)


def test_every_event_that_leads_to_such_a_message_is_heard() -> None:
    """And the table names no purpose that nobody is told, nor one that has no place among the purposes."""
    tellings = {(line.purpose, line.because): each for each, lines in TABLE.items() for line in lines}
    assert {tellings[known] for known in MUST_BE_KNOWN} == set(ASKED_BY)
    assert {each.overdue for each in MUST_BE_KNOWN.values()} <= set(PURPOSES)


def test_the_page_for_readers_has_the_same_table() -> None:
    page = (Path(__file__).parents[3] / "docs/notify/escalation.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| `([a-z-]+)` \|", page, re.MULTILINE)
    assert rows == list(MUST_BE_KNOWN)
