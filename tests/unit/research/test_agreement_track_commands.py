"""Agreements between two sites, from the opening to both signatures, on documents in memory: who may, who sees what."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, OBSERVER, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Decision
from chassis.kernel.errors import InvalidCommand, NotAllowed, Unknown
from contracts.research import agreement_tracks as told
from services.research.adapters.published_tracks import published_track
from services.research.application import queries
from services.research.domain.agreement_tracks import events
from services.research.domain.agreement_tracks.lasting import due
from services.research.domain.agreement_tracks.refusals import SignedByTheSame, TrackNotOpen
from services.research.domain.legal.refusals import PaperInvalid
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR
from tests.unit.research.given_desk import ADMIN, TEXT, TRACK, Desk
from tests.unit.research.given_legal import GULNAR, MANAGER_OF_BOTH, SUM
from tests.who_may import Matrix, cells, must_be_allowed_there_alone

RUN = {PROGRAMME_MANAGER, COORDINATOR}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def shown(desk: Desk, track: str, actor: Actor = given.MANAGER) -> dict[str, Any]:
    view: dict[str, Any] = desk.research.track(parsed(queries.AskTrack, {"track_id": track}), actor)
    return view


def listed(desk: Desk, actor: Actor = given.MANAGER, **fields: Any) -> list[str]:
    answer = desk.research.tracks(parsed(queries.AskTracks, fields), actor)
    return [each["id"] for each in answer["items"]]


def test_either_side_opens_a_track_and_the_one_whose_turn_it_is_moves_it(desk: Desk) -> None:
    drafted = {"step": "draft", "text": TEXT}

    def fresh(name: str, fields: dict[str, Any], after: int = 0) -> Any:
        """A new track for each attempt, so many steps on."""

        def give(actor: Actor) -> object:
            opened = replace(given_legal.stepped(given_legal.track(), after), id=f"tra_{desk.number}")
            desk.research.fake_tracks.add(opened.id, Decision(opened, what="opened"), desk.context(SYSTEM))
            return desk.step(actor, name, opened.id, **fields)

        return give

    back = {"to_step": "draft", "reason": "Too vague."}
    matrix: Matrix = {
        "open": (lambda actor: desk.give(actor, "open_track", **TRACK), RUN, {"sending", "host"}),
        "take the provider's": (fresh("take_step", drafted), RUN, {"host"}),
        "take the recipient's": (fresh("take_step", {"step": "review"}, 1), RUN, {"sending"}),
        "return the recipient's": (fresh("return_step", back, 1), RUN, {"sending"}),
        "return the provider's": (fresh("return_step", back, 2), RUN, {"host"}),
        "sign as recipient": (fresh("sign_track", {"sha256": SUM}, 4), {PROGRAMME_MANAGER}, {"sending"}),
        "sign as provider": (fresh("sign_track", {"sha256": SUM}, 5), {PROGRAMME_MANAGER}, {"host"}),
        "end": (fresh("end_track", {"reason": "So."}), {PROGRAMME_MANAGER}, {"sending", "host"}),
        "end in force": (fresh("end_track", {"reason": "So."}, 6), {PROGRAMME_MANAGER}, {"sending", "host"}),
    }
    for command, role, place in cells(matrix):
        must_be_allowed_there_alone(matrix, command, role, place)


def test_one_person_does_not_sign_for_both_sides_wherever_they_belong(desk: Desk) -> None:
    ready = given_legal.stepped(given_legal.track(), 4)
    desk.research.fake_tracks.add("tra_1", Decision(ready, what="opened"), desk.context(SYSTEM))
    desk.step(MANAGER_OF_BOTH, "sign_track", "tra_1", sha256=SUM)
    assert "sign_track" not in shown(desk, "tra_1", MANAGER_OF_BOTH)["may"]
    with pytest.raises(SignedByTheSame):
        desk.step(MANAGER_OF_BOTH, "sign_track", "tra_1", sha256=SUM)


def test_what_is_over_says_so_to_both_sides_and_to_nobody_else(desk: Desk) -> None:
    track = desk.agree()
    for actor in (GULNAR, given.MANAGER):
        for name, fields in (("take_step", {"step": "draft"}), ("sign_track", {"sha256": SUM})):
            with pytest.raises(TrackNotOpen):
                desk.step(actor, name, track, **fields)
    with pytest.raises(NotAllowed):
        desk.step(replace(GULNAR, sites=frozenset({"sit_hotan"})), "take_step", track, step="draft")


def test_each_side_sees_every_step_of_the_other_and_who_is_waited_for(desk: Desk) -> None:
    track = desk.give(given.MANAGER, "open_track", **TRACK).id
    desk.step(GULNAR, "take_step", track, step="draft", note="As ever.", text=TEXT | {"expires_on": "2027-05-31"})
    desk.step(given.MANAGER, "return_step", track, to_step="draft", reason="How many samples?")
    desk.days_pass(15)
    for actor in (GULNAR, given.MANAGER, ADMIN, Actor("per_bano", frozenset({VISITOR}))):
        view = shown(desk, track, actor)
        assert view["waiting_for"] == {
            "side": "provider", "site": KASHGAR, "step": "draft", "since": given.NOW.isoformat(),
            "due_on": "2026-05-29", "overdue": True,
        }  # fmt: skip
        assert [step["step"] for step in view["steps"]][:2] == ["draft", "review"]
        assert (view["returned"]["reason"], view["returned"]["side"]) == ("How many samples?", "recipient")
        assert (view["text"], view["expires_on"]) == (TEXT, "2027-05-31")
        assert [line["what"] for line in view["history"]] == [
            "opened", "draft taken", "review returned to draft", "draft overdue",
        ]  # fmt: skip
    assert shown(desk, track, GULNAR)["may"] == ["take_step", "widen_track", "end_track"]
    assert shown(desk, track)["may"] == ["widen_track", "end_track"]
    with pytest.raises(Unknown):
        shown(desk, track, Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_hotan"})))


def test_each_is_offered_what_the_rules_allow(desk: Desk) -> None:
    wanted = {
        0: (["take_step", "widen_track", "end_track"], ["widen_track", "end_track"]),
        1: (["widen_track", "end_track"], ["take_step", "return_step", "widen_track", "end_track"]),
        4: (["widen_track", "end_track"], ["sign_track", "return_step", "widen_track", "end_track"]),
        5: (["sign_track", "return_step", "end_track"], ["end_track"]),
        6: (["end_track"], ["end_track"]),
    }
    for steps, offers in wanted.items():
        standing = replace(given_legal.stepped(given_legal.track(), steps), id=f"tra_{steps}")
        desk.research.fake_tracks.add(standing.id, Decision(standing, what="opened"), desk.context(SYSTEM))
        assert tuple(shown(desk, standing.id, actor)["may"] for actor in (GULNAR, given.MANAGER)) == offers
    assert shown(desk, "tra_4", given.COORDINATOR_THERE)["may"] == ["return_step", "widen_track"]
    assert shown(desk, "tra_1", replace(given.MANAGER, roles=frozenset({OBSERVER})))["may"] == []


def test_a_list_is_of_one_outcome_or_of_what_waits_for_one_site(desk: Desk) -> None:
    first, second = (desk.give(given.MANAGER, "open_track", **TRACK).id for _ in range(2))
    desk.step(GULNAR, "take_step", first, step="draft", text=TEXT)
    assert listed(desk, outcome_id="out_1") == sorted([first, second], reverse=True)
    assert listed(desk, waiting_site=GILGIT) == [first]
    assert listed(desk, GULNAR, waiting_site=KASHGAR) == [second]
    assert listed(desk, outcome_id="out_2") == []
    assert listed(desk, Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_hotan"}))) == []


def test_a_track_is_for_outcomes_that_whoever_opens_it_sees(desk: Desk) -> None:
    elsewhere = given.at("pilot", id="out_2", sites=("sit_hotan", "sit_aksu"), responsible="per_x", followers=())
    desk.research.fake_outcomes.add("out_2", Decision(elsewhere, what="reported"), desk.context(SYSTEM))
    for ids in (["out_1", "out_2"], ["out_1", "out_3"]):
        with pytest.raises(Unknown):
            desk.give(given.MANAGER, "open_track", **TRACK | {"outcome_ids": ids})
    twice = desk.give(given.MANAGER, "open_track", **TRACK | {"outcome_ids": ["out_1", "out_1"]}).id
    assert shown(desk, twice)["outcomes"] == ["out_1"]


def test_what_serves_nothing_any_more_ends_by_itself(desk: Desk) -> None:
    track = desk.give(given.MANAGER, "open_track", **TRACK).id
    kept = desk.research.fake_outcomes.load("out_1")
    withdrawn = Decision(replace(kept.state, state="withdrawn"), what="withdrawn")
    desk.research.fake_outcomes.save(kept, withdrawn, desk.context(SYSTEM))
    desk.days_pass(13)
    assert shown(desk, track)["state"] == "open"
    desk.days_pass(2)
    assert (shown(desk, track)["state"], shown(desk, track)["waiting_for"]) == ("ended", None)


def test_that_it_ends_is_told_though_a_step_was_late_at_that_very_moment(desk: Desk) -> None:
    tracks, expires_on = desk.research.fake_tracks, date(2026, 6, 29)
    tracks.add("tra_1", Decision(given_legal.track(), what="opened"), desk.context(SYSTEM))
    (late,) = due(tracks.load("tra_1").state)
    desk.clock.advance(timedelta(days=16))
    desk.research.look_at_track("tra_1", desk.context(SYSTEM, late.at.isoformat()))
    signed = Decision(given_legal.in_force(expires_on=expires_on), what="signed")
    tracks.save(tracks.load("tra_1"), signed, desk.context(SYSTEM))
    warned, _ = due(tracks.load("tra_1").state)
    assert warned.at == late.at
    for _ in range(2):
        desk.research.look_at_track("tra_1", desk.context(SYSTEM, warned.at.isoformat()))
    assert [type(each) for each in tracks.told] == [events.TrackStepOverdue, events.TrackExpiring]


def test_a_command_given_twice_has_its_effect_once(desk: Desk) -> None:
    opened = desk.give(given.MANAGER, "open_track", command="open", **TRACK)
    kept = desk.research.fake_outcomes.load("out_1")
    desk.research.fake_outcomes.save(
        kept, Decision(replace(kept.state, state="waived"), what="so"), desk.context(SYSTEM)
    )
    assert desk.give(given.MANAGER, "open_track", command="open", **TRACK) == opened, "whatever became of the outcome"
    in_order: list[tuple[Actor, str, dict[str, Any]]] = [
        (GULNAR, "take_step", {"step": "draft", "text": TEXT}),
        (given.MANAGER, "return_step", {"to_step": "draft", "reason": "So."}),
        (GULNAR, "take_step", {"step": "draft", "text": TEXT}),
        (given.MANAGER, "take_step", {"step": "review"}),
        (GULNAR, "take_step", {"step": "provider-legal-review"}),
        (given.MANAGER, "take_step", {"step": "recipient-legal-review"}),
        (given.MANAGER, "sign_track", {"sha256": SUM}),
        (GULNAR, "sign_track", {"sha256": SUM}),
        (GULNAR, "end_track", {"reason": "So."}),
    ]
    for version, (actor, name, fields) in enumerate(in_order, start=1):
        said = {"track_id": opened.id, "expected_version": version, **fields}
        first, again = (desk.give(actor, name, command=f"{name}{version}", **said) for _ in range(2))
        assert first == again, name
        assert first.version == version + 1


@pytest.mark.parametrize(
    "wrong", [{"address": "http://files.example/a.pdf"}, {"address": "files"}, {"sha256": "9f2c"}, {"sha256": "g" * 64}]
)
def test_a_text_is_told_by_an_address_and_a_sum(desk: Desk, wrong: dict[str, str]) -> None:
    track = desk.give(given.MANAGER, "open_track", **TRACK).id
    with pytest.raises(PaperInvalid):
        desk.step(GULNAR, "take_step", track, step="draft", text=TEXT | wrong)


@pytest.mark.parametrize("wrong", [{"kind": "ethics"}, {"outcome_ids": []}, {"title": ""}, {"provider_site": "CN"}])
def test_what_is_no_track_is_no_command(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        desk.give(given.MANAGER, "open_track", **TRACK | wrong)


IN_FORCE = given_legal.in_force(expires_on=given.NOW.date())
OPEN = given_legal.track()


@pytest.mark.parametrize(
    ("happening", "model", "facts"),
    [
        (
            events.TrackWaits(OPEN, "returned", "So."),
            told.AgreementTrackWaits,
            {"because": "returned", "step": "draft"},
        ),
        (
            events.TrackWidening(OPEN, "proposed", "out_2", "recipient", "So."),
            told.AgreementTrackWidening,
            {"what": "proposed", "outcome": "out_2", "side": "recipient", "reason": "So.", "outcomes": ["out_1"]},
        ),
        (events.TrackStepOverdue(OPEN), told.AgreementTrackStepOverdue, {"site": KASHGAR, "due_on": "2026-05-29"}),
        (events.TrackInForce(IN_FORCE), told.AgreementTrackInForce, {"in_force_from": "2026-05-15"}),
        (events.TrackExpiring(IN_FORCE), told.AgreementTrackExpiring, {"expires_on": "2026-05-15"}),
        (events.TrackExpired(IN_FORCE), told.AgreementTrackExpired, {"recipient_site": GILGIT}),
        (events.TrackEnded(OPEN, "So."), told.AgreementTrackEnded, {"reason": "So.", "outcomes": ["out_1"]}),
    ],
)
def test_what_happens_is_told_as_the_event_of_its_contract(
    happening: Any, model: type[Any], facts: dict[str, object]
) -> None:
    event = published_track(happening)
    assert type(event) is model
    facts |= {"track": "tra_1", "followers": list(OPEN.followers)}
    assert facts.items() <= event.model_dump(mode="json").items()


def test_what_nobody_is_told_of_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no event of the contracts tells of int"):
        published_track(1)
