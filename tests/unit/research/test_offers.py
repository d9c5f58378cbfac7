"""What a page offers is what is not refused: every command is given, in every state, by everybody."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, PROGRAMME_MANAGER, VISITOR, Actor
from chassis.kernel.decision import Decision
from chassis.kernel.errors import NotAllowed, Refusal, Unknown
from services.research.application import queries
from services.research.domain.adoption import Adoption
from services.research.domain.agreement_tracks.refusals import OutcomeNotOfSides
from services.research.domain.attribution_refusals import NotQuestioned
from services.research.domain.merging_refusals import MergedAlready
from services.research.domain.outcome import MERGED, WITHDRAWN, Outcome
from services.research.domain.publicity_refusals import NotForThePublic
from services.research.domain.refusals import NotOfTheOutcome, WrongState
from services.research.domain.transfer_refusals import (
    AlreadyAdopted,
    DoesNotTransfer,
    FollowUpNotYetDue,
    GateOutOfOrder,
    GroundQuestioned,
    NotInUse,
)
from tests.unit.research import given
from tests.unit.research.attributing import HOTAN, OF_VISIT_2, visit
from tests.unit.research.given import GILGIT, KASHGAR
from tests.unit.research.given_desk import TRACK, Desk
from tests.unit.research.given_legal import GULNAR
from tests.unit.research.mistakes import told

NOT_NOW = (
    AlreadyAdopted, DoesNotTransfer, FollowUpNotYetDue, GateOutOfOrder, GroundQuestioned, MergedAlready, NotAllowed,
    NotForThePublic, NotInUse, NotOfTheOutcome, NotQuestioned, OutcomeNotOfSides, Unknown, WrongState,
)  # fmt: skip
"""They say who, or of what, and not that something is wrong with what was told."""

LONG_USED = Adoption(GILGIT, date(2025, 11, 10), asked=(6,), by="per_hussain", at=given.NOW)
IN_KASHGAR = {
    "sites": (KASHGAR,),
    "zones": {KASHGAR: "Asia/Shanghai"},
    "origin": replace(given.OF_VISIT, sites=(KASHGAR,)),
}
TOLD = given.IN_FULL["details"]
KINDS = (
    given.outcome(),
    given.outcome(**IN_KASHGAR),
    given.outcome(state=WITHDRAWN),
    given.waived(),
    given.unclaimed(),
    given.unclaimed(state="rejected"),
    given.at("evaluation", details=TOLD),
    given.at("evaluation", **IN_KASHGAR),
    given.at("evaluation", details=TOLD, public=True, questioned="Entered twice."),
    given.at("evaluation", state=MERGED, merged_into="out_1"),
    replace(given.at("disclosure", type="award"), stage=None),
    given.at("adoption", type="award"),
    given.at("adoption"),
    given.at("adoption", questioned="Entered twice."),
    given.adopted(LONG_USED),
    given.adopted(replace(LONG_USED, ended_on=date(2026, 5, 1))),
    replace(given.adopted(LONG_USED), state=WITHDRAWN),
)
PEOPLE = (
    given.RESPONSIBLE,
    given.MANAGER,
    given.COORDINATOR_HERE,
    GULNAR,
    Actor("per_x", frozenset({OBSERVER, VISITOR, ADMINISTRATOR}), frozenset({GILGIT})),
    Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({HOTAN})),
)
WHY = {"reason": "So it is."}
COMMANDS: dict[str, dict[str, Any]] = {
    "claim_outcome": {"came_of": [OF_VISIT_2], "summary": "It shows.", "details": TOLD},
    "reject_outcome": WHY,
    "report_outcome": {"title": "A protocol", "summary": "How to stage."},
    "correct_outcome": {"title": "Another title"} | WHY,
    "attribute_outcome": {"add": [OF_VISIT_2]} | WHY,
    "settle_outcome": WHY,
    "waive_outcome": WHY,
    "decide_gate": {"decision": "declined"} | WHY,
    "rate_readiness": {"domain": "clinical", "level": 3, "ground": "Seen."},
    "confirm_adoption": {"adopted_on": "2026-05-14"},
    "end_adoption": {"ended_on": "2026-05-14"} | WHY,
    "record_follow_up": {"months": 6, "still_in_use": True},
    "publish_outcome": {"consent": "All authors."},
    "unpublish_outcome": WHY,
    "state_directions": WHY,
    "open_track": TRACK,
    "merge_outcomes": WHY,
}
BOTH_WAYS = ((GILGIT, KASHGAR), (KASHGAR, GILGIT))
OF_A_SITE = ("confirm_adoption", "end_adoption", "record_follow_up")


def kept(desk: Desk, outcome: Outcome) -> str:
    """One more like this."""
    context = desk.context(given.MANAGER)
    outcome_id = f"out_{context.command_id}"
    decision = Decision(replace(outcome, id=outcome_id), what="reported")
    return desk.research.fake_outcomes.add(outcome_id, decision, context).id


def is_done(desk: Desk, actor: Actor, name: str, outcome: Outcome, **fields: Any) -> bool:
    """On an outcome of its own. Any other refusal than those of `NOT_NOW` fails the test."""
    outcome_id = kept(desk, outcome)
    try:
        desk.give(actor, name, **COMMANDS[name] | fields | about(desk, name, outcome, outcome_id))
    except NOT_NOW:
        return False
    return True


def about(desk: Desk, name: str, outcome: Outcome, outcome_id: str) -> dict[str, Any]:
    """Of which outcome; it is merged with a record of a file for which the same people answer."""
    if name == "open_track":
        return {"outcome_ids": [outcome_id]}
    if name != "merge_outcomes":
        return {"outcome_id": outcome_id, "expected_version": 1}
    other = kept(desk, given.unclaimed(type=outcome.type, details=None, sites=outcome.sites))
    return {"keep": outcome_id, "merge": other, "expected_version": 1, "merge_version": 1}


def are_done(desk: Desk, actor: Actor, outcome: Outcome) -> set[str]:
    done = set()
    for name in COMMANDS:
        ways: list[dict[str, Any]] = [{}]
        if name in OF_A_SITE:
            ways = [{"adopting_site": site} for site in (GILGIT, KASHGAR)]
        if name == "state_directions":
            ways = [{"directions": [{"from_site": here, "to_site": there}]} for here, there in BOTH_WAYS]
        if name == "decide_gate":
            ways = [{"gate": outcome.next_gate or "evaluation"}]
        if any(is_done(desk, actor, name, outcome, **way) for way in ways):
            done.add(name)
    return done


def are_offered(desk: Desk, actor: Actor, outcome: Outcome) -> set[str]:
    asked = parsed(queries.AskOutcome, {"outcome_id": kept(desk, outcome)})
    try:
        return set(desk.research.outcome(asked, actor)["may"])
    except Refusal:
        return set()


@pytest.mark.parametrize("outcome", KINDS, ids=lambda outcome: f"{outcome.state} {outcome.stage} {outcome.type}")
def test_what_is_offered_is_done_and_what_is_not_offered_is_refused(outcome: Outcome) -> None:
    desk = Desk()
    told(desk.research, visit(visit="vis_2"))
    for actor in PEOPLE:
        assert are_offered(desk, actor, outcome) == are_done(desk, actor, outcome), actor
