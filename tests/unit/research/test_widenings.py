"""An agreement comes to serve an outcome more: by the word of both sides, and before either has signed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import NotAllowed, Refusal, Unknown
from services.research.application import queries
from services.research.domain.agreement_tracks import events
from services.research.domain.agreement_tracks.definitions import PROVIDER, RECIPIENT
from services.research.domain.agreement_tracks.opening import MOST_OUTCOMES, end
from services.research.domain.agreement_tracks.refusals import (
    AgreedByTheSame,
    OutcomeNotOfSides,
    ProposedAlready,
    ServedAlready,
    ServesTooMany,
    SignedAlready,
    TrackNotOpen,
    WideningAwaited,
    WideningNotProposed,
)
from services.research.domain.agreement_tracks.stepping import send_back, sign
from services.research.domain.agreement_tracks.widening import agree, decline
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import WrongState
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR, NOW
from tests.unit.research.given_desk import TRACK, Desk
from tests.unit.research.given_legal import GULNAR, MANAGER_OF_BOTH, SUM, in_force, stepped, track
from tests.unit.research.widenings import MORE, PROPOSED, WHY, proposing, with_proposal
from tests.who_may import Matrix, cells, must_be_allowed_there_alone


def test_what_one_side_proposes_is_not_served_until_the_other_agrees() -> None:
    proposed = proposing(track())
    assert (proposed.state.outcomes, proposed.state.widenings) == (("out_1",), (PROPOSED,))
    assert PROPOSED.waits_for == PROVIDER
    assert replace(PROPOSED, side=PROVIDER).waits_for == RECIPIENT
    assert proposed.events == (events.TrackWidening(proposed.state, "proposed", "out_2", RECIPIENT, WHY),)
    agreed = agree(proposed.state, MORE, by="per_zhang")
    assert (agreed.state.outcomes, agreed.state.widenings) == (("out_1", "out_2"), ())
    assert agreed.events == (events.TrackWidening(agreed.state, "agreed", "out_2", RECIPIENT),)
    assert agreed.state.followers == (*track().followers, "per_karim", "per_new"), "each once"


def test_whose_turn_it_is_does_not_hang_on_what_is_proposed() -> None:
    for steps in range(5):
        standing = stepped(track(), steps)
        assert proposing(standing).state.waiting == standing.waiting
        assert agree(with_proposal(standing), MORE, by="per_zhang").state.waiting == standing.waiting


def test_it_is_declined_with_a_reason_and_may_be_proposed_again() -> None:
    declined = decline(with_proposal(track()), "out_2", reason="Another fluid.")
    assert declined.state == track()
    assert declined.events == (events.TrackWidening(track(), "declined", "out_2", RECIPIENT, "Another fluid."),)
    assert proposing(declined.state).state.widenings == (PROPOSED,)


def test_nobody_agrees_to_what_they_proposed() -> None:
    with pytest.raises(AgreedByTheSame) as refused:
        agree(with_proposal(track()), MORE, by="per_hussain")
    assert refused.value.facts == {"person": "per_hussain"}


def test_nobody_signs_while_it_is_open_what_is_served() -> None:
    ready = stepped(track(), 4)
    with pytest.raises(WideningAwaited) as refused:
        sign(with_proposal(ready), sha256=SUM, by="per_x", now=NOW)
    assert refused.value.facts == {"outcomes": ["out_2"]}
    assert sign(agree(with_proposal(ready), MORE, by="per_zhang").state, sha256=SUM, by="per_x", now=NOW)


def test_to_what_somebody_has_signed_nothing_is_added_until_it_was_sent_back() -> None:
    signed = stepped(track(), 5)
    with pytest.raises(SignedAlready) as refused:
        proposing(signed)
    assert refused.value.facts == {"sides": [RECIPIENT]}
    back = send_back(signed, "draft", reason="One more.", by="per_x", now=NOW).state
    assert proposing(back).state.widenings == (PROPOSED,)
    with pytest.raises(TrackNotOpen):
        proposing(in_force())


@pytest.mark.parametrize(
    ("standing", "different", "refusal"),
    [
        (track(), {"id": "out_1"}, ServedAlready),
        (with_proposal(track()), {}, ProposedAlready),
        (track(), {"state": "withdrawn"}, WrongState),
        (track(), {"state": "merged"}, WrongState),
        (track(), {"sites": (GILGIT, "sit_hotan")}, OutcomeNotOfSides),
        (replace(track(), outcomes=tuple(map(str, range(MOST_OUTCOMES)))), {}, ServesTooMany),
        (
            replace(with_proposal(track()), outcomes=tuple(map(str, range(MOST_OUTCOMES - 1)))),
            {"id": "out_3"},
            ServesTooMany,
        ),
    ],
)
def test_what_cannot_be_served_is_not_proposed(
    standing: Any, different: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        proposing(standing, **different)


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [(replace(MORE, state="withdrawn"), WrongState), (replace(MORE, sites=(KASHGAR, "sit_hotan")), OutcomeNotOfSides)],
)
def test_what_is_no_more_theirs_by_then_is_not_agreed_to(outcome: Outcome, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        agree(with_proposal(track()), outcome, by="per_zhang")


def test_only_what_was_proposed_is_answered() -> None:
    answers: list[Callable[[], object]] = [
        lambda: agree(with_proposal(track()), replace(MORE, id="out_3"), by="per_zhang"),
        lambda: decline(with_proposal(track()), "out_3", reason="So."),
    ]
    for answer in answers:
        with pytest.raises(WideningNotProposed) as refused:
            answer()
        assert refused.value.facts == {"outcome": "out_3", "proposed": ["out_2"]}


def test_with_the_agreement_what_was_proposed_ends() -> None:
    assert end(with_proposal(track()), reason="Bought elsewhere.").state.widenings == ()


# By commands, on documents in memory.


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.research.fake_outcomes.add("out_2", Decision(MORE, what="reported"), desk.context(SYSTEM))
    return desk


def opened(desk: Desk) -> str:
    return desk.give(given.MANAGER, "open_track", **TRACK).id


def answering(desk: Desk, actor: Actor, name: str, track_id: str, **fields: Any) -> Receipt:
    return desk.step(actor, name, track_id, outcome_id="out_2", **fields)


def shown(desk: Desk, track_id: str, actor: Actor = given.MANAGER) -> dict[str, Any]:
    view: dict[str, Any] = desk.research.track(parsed(queries.AskTrack, {"track_id": track_id}), actor)
    return view


def test_each_side_sees_what_the_other_proposed_and_who_is_waited_for(desk: Desk) -> None:
    track_id = opened(desk)
    answering(desk, given.COORDINATOR_THERE, "widen_track", track_id, reason=WHY)
    ours, theirs = (shown(desk, track_id, actor)["widenings"][0] for actor in (given.COORDINATOR_THERE, GULNAR))
    assert ours.pop("may") == ["decline_widening"]
    assert theirs.pop("may") == ["agree_to_widening", "decline_widening"]
    assert ours == theirs == {
        "outcome": "out_2", "side": RECIPIENT, "by": "per_hussain", "by_name": None, "at": NOW.isoformat(),
        "reason": WHY, "waits_for": PROVIDER, "site": KASHGAR,
    }  # fmt: skip
    answering(desk, GULNAR, "agree_to_widening", track_id)
    view = shown(desk, track_id)
    assert (view["outcomes"], view["widenings"]) == (["out_1", "out_2"], [])
    assert [line["what"] for line in view["history"]] == ["opened", "widening proposed", "widening agreed"]
    assert [each.what for each in desk.research.fake_tracks.told if isinstance(each, events.TrackWidening)] == [
        "proposed", "agreed",
    ]  # fmt: skip


def test_either_side_proposes_the_other_agrees_and_both_decline(desk: Desk) -> None:
    def fresh(name: str, side: str | None, fields: dict[str, Any]) -> Any:
        """A new track for each attempt; `side`: which has proposed."""

        def give(actor: Actor) -> object:
            asked = KASHGAR if side == RECIPIENT else GILGIT
            proposed = (replace(PROPOSED, side=side, site=asked),) if side else ()
            standing = replace(track(), id=f"tra_{desk.number}", widenings=proposed)
            desk.research.fake_tracks.add(standing.id, Decision(standing, what="opened"), desk.context(SYSTEM))
            return answering(desk, actor, name, standing.id, **fields)

        return give

    run, why = {PROGRAMME_MANAGER, COORDINATOR}, {"reason": "So."}
    matrix: Matrix = {
        "propose": (fresh("widen_track", None, why), run, {"sending", "host"}),
        "agree to the recipient's": (fresh("agree_to_widening", RECIPIENT, {}), run, {"host"}),
        "agree to the provider's": (fresh("agree_to_widening", PROVIDER, {}), run, {"sending"}),
        "decline": (fresh("decline_widening", RECIPIENT, why), run, {"sending", "host"}),
    }
    for command, role, place in cells(matrix):
        must_be_allowed_there_alone(matrix, command, role, place)


def test_who_belongs_to_both_sites_proposes_and_another_agrees(desk: Desk) -> None:
    track_id = opened(desk)
    answering(desk, MANAGER_OF_BOTH, "widen_track", track_id, reason=WHY)
    (proposed,) = shown(desk, track_id, MANAGER_OF_BOTH)["widenings"]
    assert (proposed["side"], proposed["may"]) == (PROVIDER, ["decline_widening"])
    with pytest.raises(AgreedByTheSame):
        answering(desk, MANAGER_OF_BOTH, "agree_to_widening", track_id)
    answering(desk, given.MANAGER, "agree_to_widening", track_id)
    assert shown(desk, track_id)["outcomes"] == ["out_1", "out_2"]


def test_nobody_proposes_what_they_may_not_see(desk: Desk) -> None:
    elsewhere = given.at("pilot", id="out_3", sites=("sit_hotan", "sit_aksu"), responsible="per_x", followers=())
    desk.research.fake_outcomes.add("out_3", Decision(elsewhere, what="reported"), desk.context(SYSTEM))
    for outcome_id in ("out_3", "out_4"):
        with pytest.raises(Unknown):
            desk.step(given.MANAGER, "widen_track", opened(desk), outcome_id=outcome_id, reason=WHY)


def test_that_nobody_proposed_it_is_told_to_either_side_and_to_nobody_else(desk: Desk) -> None:
    track_id = opened(desk)
    for actor in (GULNAR, given.MANAGER):
        with pytest.raises(WideningNotProposed):
            answering(desk, actor, "agree_to_widening", track_id)
    with pytest.raises(NotAllowed):
        answering(desk, Actor("per_bano", frozenset({VISITOR}), frozenset({GILGIT})), "agree_to_widening", track_id)


def test_an_agreement_in_force_clears_what_both_added_and_what_nobody_agreed_to_it_does_not(desk: Desk) -> None:
    desk.require(kind="material-transfer")
    track_id = opened(desk)
    answering(desk, given.MANAGER, "widen_track", track_id, reason=WHY)

    def cleared() -> str:
        view = desk.research.outcome(parsed(queries.AskOutcome, {"outcome_id": "out_2"}), given.MANAGER)
        return str(view["clearances"][0]["state"])

    answering(desk, GULNAR, "agree_to_widening", track_id)
    assert cleared() == "missing"
    kept = desk.research.fake_tracks.load(track_id)
    signed = replace(stepped(kept.state, 6), id=track_id)
    desk.research.fake_tracks.save(kept, Decision(signed, what="signed"), desk.context(SYSTEM))
    assert cleared() == "in-force"
    unserved = replace(signed, outcomes=("out_1",))
    kept = desk.research.fake_tracks.load(track_id)
    desk.research.fake_tracks.save(kept, Decision(unserved, what="so"), desk.context(SYSTEM))
    assert cleared() == "missing"


def test_a_widening_given_twice_has_its_effect_once(desk: Desk) -> None:
    track_id = opened(desk)
    in_order: list[tuple[Actor, str, dict[str, Any]]] = [
        (given.MANAGER, "widen_track", {"reason": "So."}),
        (GULNAR, "decline_widening", {"reason": "So."}),
        (GULNAR, "widen_track", {"reason": "So."}),
        (given.MANAGER, "agree_to_widening", {}),
    ]
    for version, (actor, name, fields) in enumerate(in_order, start=1):
        said = {"track_id": track_id, "outcome_id": "out_2", "expected_version": version, **fields}
        first, again = (desk.give(actor, name, command=f"{name}{version}", **said) for _ in range(2))
        assert first == again, name
        assert first.version == version + 1


@pytest.mark.parametrize("steps", range(7))
def test_a_widening_is_offered_while_nobody_has_signed(desk: Desk, steps: int) -> None:
    standing = replace(stepped(given_legal.track(), steps), id="tra_1")
    desk.research.fake_tracks.add("tra_1", Decision(standing, what="opened"), desk.context(SYSTEM))
    for actor in (GULNAR, given.COORDINATOR_THERE):
        is_offered = "widen_track" in shown(desk, "tra_1", actor)["may"]
        try:
            answering(desk, actor, "widen_track", "tra_1", reason=WHY)
        except (SignedAlready, TrackNotOpen):
            assert not is_offered
        else:
            assert is_offered
            answering(desk, actor, "decline_widening", "tra_1", reason="So.")


def test_signing_is_not_offered_while_something_is_proposed(desk: Desk) -> None:
    ready = with_proposal(stepped(track(), 4))
    desk.research.fake_tracks.add("tra_1", Decision(ready, what="opened"), desk.context(SYSTEM))
    assert "sign_track" not in shown(desk, "tra_1")["may"]
    answering(desk, GULNAR, "agree_to_widening", "tra_1")
    assert "sign_track" in shown(desk, "tra_1")["may"]
