"""What has to be done around a visit: which steps it has, how they follow it, who is told when they are late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from services.exchange.domain.refusals import DateInTheFuture, DateInThePast
from services.exchange.domain.site import Site
from services.exchange.domain.tracks import steps
from services.exchange.domain.tracks.definitions import DEFINITIONS
from services.exchange.domain.tracks.events import RecordOverdue, StepNear, StepOverdue
from services.exchange.domain.tracks.following import following
from services.exchange.domain.tracks.refusals import (
    NoPracticePermit,
    NoSuchStep,
    NoSuchVariant,
    StepClosed,
    StepNotWaivable,
    StepOpen,
)
from services.exchange.domain.tracks.track import NEAR, OVERDUE, Track, due, track_id
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, FULFILLED, PENDING, PROPOSED, Visit, Visitor
from tests.unit.exchange import given

KASHGAR, GILGIT = given.site(), given.site(id=given.GILGIT, country="PK", zone="Asia/Karachi")
ARRIVAL = date(2026, 4, 6)
TODAY = date(2026, 3, 2)
ENDS = {"CN": KASHGAR, "PK": GILGIT}


def two(state: str = BOOKED, **different: Any) -> Visit:
    return given.visit(state, visitors=(Visitor("per_bano", 1), Visitor("per_karim", 2)), **different)


def track(visit: Visit | None = None, sending: Site = GILGIT, host: Site = KASHGAR) -> Track:
    return following(None, visit or two(), 1, sending, host)


def moments(found: Track, name: str) -> list[datetime]:
    return [each.at for each in due(found) if each.name == name]


def names(found: Track) -> list[str]:
    return list(dict.fromkeys(step.name for step in found.steps))


@pytest.mark.parametrize(
    ("sent_from", "hosted_in", "kind", "wanted"),
    [
        ("PK", "CN", "training", ["leave", "no-objection", "china-visa", "insurance-proof", "police-registration"]),
        ("PK", "CN", "clinical-work",
         ["leave", "no-objection", "practice-permit", "china-visa", "insurance-proof", "police-registration"]),
        ("CN", "PK", "clinical-work", ["leave", "outbound-permit", "pakistan-visa", "insurance-proof"]),
        ("CN", "CN", "clinical-work", []),
    ],
)  # fmt: skip
def test_each_direction_and_kind_has_its_steps(sent_from: str, hosted_in: str, kind: str, wanted: list[str]) -> None:
    assert names(track(two(kind=kind), ENDS[sent_from], ENDS[hosted_in])) == wanted


def test_every_definition_is_a_step_of_some_visit() -> None:
    kinds = ("teaching", "training", "clinical-work", "research")
    seen = {name for a in ["CN", "PK"] for b in ["CN", "PK"] for kind in kinds
            for name in names(track(two(kind=kind), ENDS[a], ENDS[b]))}  # fmt: skip
    assert seen == {each.name for each in DEFINITIONS}


def test_every_visitor_has_their_own_steps_with_deadlines_counted_back_from_the_arrival() -> None:
    visas = [step for step in track().steps if step.name == "china-visa"]
    assert [(step.id, step.deadline) for step in visas] == [
        ("china-visa:per_bano", date(2026, 3, 23)),
        ("china-visa:per_karim", date(2026, 3, 23)),
    ]
    assert track().step("police-registration:per_bano").deadline == date(2026, 4, 7)


def test_a_deadline_passes_at_the_end_of_its_day_at_the_host() -> None:
    standing = track()
    assert standing.passes(date(2026, 3, 23)) == datetime(2026, 3, 23, 16, 0, tzinfo=UTC)
    assert track(two(), KASHGAR, GILGIT).passes(date(2026, 3, 23)) == datetime(2026, 3, 23, 19, 0, tzinfo=UTC)


def late_on(day: date) -> datetime:
    return track().passes(day)


def test_a_visit_that_moves_takes_its_deadlines_along_and_keeps_what_was_done() -> None:
    done = steps.complete(track(), "china-visa:per_bano", on=TODAY, variant="F", note="", today=TODAY).state
    later = two(planned_arrival=ARRIVAL + timedelta(days=10), planned_departure=ARRIVAL + timedelta(days=12))
    moved = following(done, later, 2, GILGIT, KASHGAR)
    assert (moved.step("china-visa:per_bano").state, moved.step("china-visa:per_karim").state) == ("done", "open")
    assert moved.step("china-visa:per_karim").deadline == date(2026, 4, 2)
    assert moments(moved, OVERDUE)[0] == moved.passes(date(2026, 2, 15))
    assert moments(moved, NEAR)[0] == moved.comes_near(date(2026, 2, 15))


def test_who_withdrew_has_nothing_to_do_any_more() -> None:
    one_goes = two()
    one_goes = replace(one_goes, visitors=(one_goes.visitors[0], replace(one_goes.visitors[1], withdrawn=True)))
    moved = following(track(), one_goes, 2, GILGIT, KASHGAR)
    assert {step.person for step in moved.steps} == {"per_bano"}


def test_what_follows_the_arrival_counts_from_the_real_one() -> None:
    arrived = two(ARRIVED, actual_arrival=date(2026, 4, 8))
    assert following(track(), arrived, 2, GILGIT, KASHGAR).step("police-registration:per_bano").deadline == date(
        2026, 4, 9
    )
    assert following(track(), arrived, 2, GILGIT, KASHGAR).step("china-visa:per_bano").deadline == date(2026, 3, 23)


def test_overdue_steps_are_told_once_for_each_step_and_deadline() -> None:
    passed = late_on(date(2026, 2, 20))
    first = steps.tell_overdue(track(), now=passed)
    assert first
    told = [event.step.id for event in first.events if isinstance(event, StepOverdue)]
    assert told == [f"{name}:{who}" for name in ("leave", "no-objection") for who in ("per_bano", "per_karim")]
    assert steps.tell_overdue(first.state, now=passed) is None
    assert moments(first.state, OVERDUE)[0] == late_on(date(2026, 3, 23))


def test_what_is_to_be_done_is_told_a_week_ahead_in_the_morning_at_the_host_and_once() -> None:
    a_week_ahead = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
    assert a_week_ahead in moments(track(), NEAR)
    assert steps.tell_near(track(), now=a_week_ahead - timedelta(seconds=1)) is None
    near = steps.tell_near(track(), now=a_week_ahead)
    assert near
    told = [event.step.id for event in near.events if isinstance(event, StepNear)]
    assert told == [f"{name}:{who}" for name in ("china-visa", "insurance-proof") for who in ("per_bano", "per_karim")]
    assert steps.tell_near(near.state, now=a_week_ahead) is None
    assert a_week_ahead not in moments(near.state, NEAR)


def test_what_was_told_as_late_is_near_no_more() -> None:
    late = steps.tell_overdue(track(), now=late_on(date(2026, 2, 20)))
    assert late
    assert moments(late.state, NEAR)[0] == late.state.comes_near(date(2026, 3, 23))
    assert steps.tell_near(late.state, now=late_on(ARRIVAL + timedelta(days=9))) is None


def test_what_is_done_is_not_told_and_a_deadline_that_moves_is_told_again() -> None:
    a_week_ahead = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
    done = steps.complete(track(), "china-visa:per_bano", on=TODAY, variant="F", note="", today=TODAY).state
    near = steps.tell_near(done, now=a_week_ahead)
    assert near
    assert "china-visa:per_bano" not in [event.step.id for event in near.events]
    later = two(planned_arrival=ARRIVAL + timedelta(days=10), planned_departure=ARRIVAL + timedelta(days=12))
    again = steps.tell_near(following(near.state, later, 2, GILGIT, KASHGAR), now=a_week_ahead + timedelta(days=10))
    assert again
    assert "china-visa:per_karim" in [event.step.id for event in again.events]


def test_a_moved_deadline_that_passes_is_told_again_and_one_that_came_back_is_not() -> None:
    first = steps.tell_overdue(track(), now=late_on(date(2026, 2, 20)))
    assert first
    later = two(planned_arrival=ARRIVAL + timedelta(days=10), planned_departure=ARRIVAL + timedelta(days=12))
    moved = following(first.state, later, 2, GILGIT, KASHGAR)
    again = steps.tell_overdue(moved, now=late_on(date(2026, 2, 15)))
    assert again
    assert [event.step.id for event in again.events] == ["leave:per_bano", "leave:per_karim"]
    back = following(again.state, two(), 3, GILGIT, KASHGAR)
    assert steps.tell_overdue(back, now=late_on(date(2026, 2, 20))) is None


@pytest.mark.parametrize(
    ("state", "late"),
    [(PROPOSED, False), (PENDING, True), (BOOKED, True), (ARRIVED, True), (FULFILLED, False), (CANCELLED, False)],
)
def test_nobody_is_late_for_a_mere_proposal_or_for_what_is_over(state: str, late: bool) -> None:
    standing = track(two(state))
    assert bool(due(standing)) == bool(steps.tell_overdue(standing, now=late_on(ARRIVAL))) == late


def test_what_is_done_or_waived_is_never_late() -> None:
    standing = track(given.visit(BOOKED))
    for step in standing.steps:
        variant = "F" if step.name == "china-visa" else None
        ended = (
            steps.waive(standing, step.id, reason="Not needed.")
            if step.name == "leave"
            else steps.complete(standing, step.id, on=TODAY, variant=variant, note="", today=TODAY)
        )
        standing = ended.state
    assert [moment.at for moment in due(standing)] == [
        standing.passes(record.by) for record in standing.awaited_records
    ]
    told = steps.tell_overdue(standing, now=late_on(ARRIVAL + timedelta(days=9)))
    assert told
    assert [type(event) for event in told.events] == [RecordOverdue]


def test_who_begins_clinical_work_in_china_needs_the_permit_that_nothing_waives() -> None:
    standing = track(two(kind="clinical-work"))
    with pytest.raises(NoPracticePermit) as refused:
        steps.must_have_permits(standing, ["per_bano", "per_karim"])
    assert refused.value.facts == {"visit": "vis_1", "visitors": ["per_bano", "per_karim"]}
    with pytest.raises(StepNotWaivable):
        steps.waive(standing, "practice-permit:per_bano", reason="In a hurry.")
    permitted = steps.complete(standing, "practice-permit:per_bano", on=TODAY, variant=None, note="", today=TODAY).state
    steps.must_have_permits(permitted, ["per_bano"])
    with pytest.raises(NoPracticePermit) as refused:
        steps.must_have_permits(permitted, ["per_bano", "per_karim"])
    assert refused.value.facts["visitors"] == ["per_karim"]
    taken_back = steps.reopen(permitted, "practice-permit:per_bano", reason="Withdrawn.").state
    with pytest.raises(NoPracticePermit):
        steps.must_have_permits(taken_back, ["per_bano"])


@pytest.mark.parametrize("kind", ["teaching", "training", "research"])
def test_other_kinds_and_other_countries_need_no_permit(kind: str) -> None:
    steps.must_have_permits(track(two(kind=kind)), ["per_bano"])
    steps.must_have_permits(track(two(kind="clinical-work"), KASHGAR, GILGIT), ["per_bano"])


VISA = "china-visa:per_bano"


def done(standing: Track, **different: Any) -> Track:
    fields: dict[str, Any] = {"on": TODAY, "variant": "F", "note": "", "today": TODAY} | different
    return steps.complete(standing, VISA, **fields).state


def slipped(standing: Track, step: str, expected: date) -> Decision[Track]:
    return steps.slip(standing, step, expected=expected, reason="The consulate is closed.", today=TODAY)


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda: done(track(), variant="L"), NoSuchVariant),
        (lambda: done(track(), variant=None), NoSuchVariant),
        (lambda: steps.complete(track(), "leave:per_bano", on=TODAY, variant="F", note="", today=TODAY), NoSuchVariant),
        (lambda: done(track(), on=TODAY + timedelta(days=1)), DateInTheFuture),
        (lambda: done(done(track())), StepClosed),
        (lambda: steps.waive(done(track()), VISA, reason="x"), StepClosed),
        (lambda: slipped(done(track()), VISA, ARRIVAL), StepClosed),
        (lambda: slipped(track(), VISA, TODAY - timedelta(days=1)), DateInThePast),
        (lambda: slipped(track(), "teleport", ARRIVAL), NoSuchStep),
        (lambda: done(track(two(CANCELLED))), StepClosed),
        (lambda: steps.reopen(track(), VISA, reason="x"), StepOpen),
        (lambda: steps.reopen(replace(done(track()), visit_state=FULFILLED), VISA, reason="x"), StepClosed),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(attempt: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        attempt()


def test_the_track_of_a_visit_is_found_by_the_visits_id() -> None:
    assert track().id == track_id("vis_1") == "trk_1"
