"""Research in memory, with what law asks, one outcome at its terms and a way to give any command by its name."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitFulfilled
from services.research.application import commands, queries
from services.research.application.commands import agreement_tracks, legal
from services.research.domain.outcome import Outcome
from tests.alliance import StandingClock
from tests.event_factory import make_event
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
OWNER = {"person_id": "per_meng", "site_id": KASHGAR}
REQUIREMENT: dict[str, Any] = {
    "kind": "data-export", "from_end": "CN", "to_end": "PK", "from_gate": "terms", "basis": "The law", "owner": OWNER,
}  # fmt: skip
APPROVAL: dict[str, Any] = {
    "reference": "2026-0117",
    "authority": "Cyberspace Administration",
    "granted_on": "2026-05-01",
    "expires_on": "2026-12-31",
}
TRACK: dict[str, Any] = {
    "kind": "material-transfer", "title": "Cyst fluid", "outcome_ids": ["out_1"],
    "provider_site": KASHGAR, "recipient_site": GILGIT,
}  # fmt: skip
TEXT = {"address": "https://files.example/mta.pdf", "sha256": given_legal.SUM}


def site(site_id: str, country: str | None, zone: str) -> dict[str, Any]:
    return {"id": site_id, "names": {"en": site_id}, "zone": zone, "coordinators": [], "country": country}


@dataclass
class Desk:
    """`out_1`, a data set of the two sites, waits for the gate before its terms."""

    clock: StandingClock = field(default_factory=lambda: StandingClock(given.NOW))

    def __post_init__(self) -> None:
        self.research, self.number = ResearchInMemory(self.clock), 0
        outcome = given_legal.dataset()
        self.research.fake_outcomes.add("out_1", Decision(outcome, what="reported"), self.context(SYSTEM))
        self.hear_of_sites()

    def hear_of_sites(self, chinese: str | None = "CN", at: str = "2026-05-15T06:00:00.000Z") -> None:
        ends = {
            "sending_site": site(GILGIT, "PK", "Asia/Karachi"),
            "host_site": site(KASHGAR, chinese, "Asia/Shanghai"),
        }
        told = make_event(VisitFulfilled.type, **ends, expected_outcome=None, envelope={"time": at})
        event = CloudEvent.model_validate(told)
        self.research.handlers()[VisitFulfilled.type](event, VisitFulfilled.model_validate(event.data))

    def context(self, actor: Actor, number: str = "") -> Context:
        """A new call's circumstances; the same `number` is the same command."""
        self.number += 1
        return Context(derived("desk", number or str(self.number)), actor, self.clock.now())

    def give(self, actor: Actor, name: str, *, command: str = "", **fields: Any) -> Receipt:
        """Gives the command of this name; `command` names it, so that it can be given again."""
        kind = getattr(self._module(name), "".join(part.capitalize() for part in name.split("_")))
        receipt: Receipt = getattr(self.research, name)(parsed(kind, fields), self.context(actor, command))
        return receipt

    def about(self, actor: Actor, name: str, **fields: Any) -> Receipt:
        """Of the outcome, as it stands now."""
        version = self.research.fake_outcomes.load("out_1").version
        return self.give(actor, name, outcome_id="out_1", **{"expected_version": version} | fields)

    def step(self, actor: Actor, name: str, track: str, **fields: Any) -> Receipt:
        """On an agreement track, as it stands now."""
        version = self.research.fake_tracks.load(track).version
        return self.give(actor, name, track_id=track, **{"expected_version": version} | fields)

    def require(self, **different: Any) -> str:
        return self.give(given_legal.GULNAR, "require_clearance", **REQUIREMENT | different).id

    def decide(self, gate: str = "terms", decision: str = "accepted", **fields: Any) -> Receipt:
        evidence = [vars(each) for each in given.evidence_of(self.outcome, gate)]
        return self.about(given.MANAGER, "decide_gate", gate=gate, decision=decision, evidence=evidence, **fields)

    def agree(self, **different: Any) -> str:
        """An agreement that both sides have signed."""
        track = self.give(given.MANAGER, "open_track", **TRACK | different).id
        for actor, step, text in (
            (given_legal.GULNAR, "draft", TEXT),
            (given.MANAGER, "review", None),
            (given_legal.GULNAR, "provider-legal-review", None),
            (given.MANAGER, "recipient-legal-review", None),
        ):
            self.step(actor, "take_step", track, step=step, text=text)
        for actor in (given.MANAGER, given_legal.GULNAR):
            self.step(actor, "sign_track", track, sha256=given_legal.SUM)
        return track

    @property
    def outcome(self) -> Outcome:
        return self.research.fake_outcomes.load("out_1").state

    def shown(self, actor: Actor = given.MANAGER) -> dict[str, Any]:
        view: dict[str, Any] = self.research.outcome(parsed(queries.AskOutcome, {"outcome_id": "out_1"}), actor)
        return view

    def cleared(self, actor: Actor = given.MANAGER) -> dict[str, Any]:
        """How the outcome stands to its only requirement."""
        (only,) = self.shown(actor)["clearances"]
        return dict(only)

    def days_pass(self, days: int) -> None:
        """And the timers look."""
        self.clock.advance(timedelta(days=days))
        self.research.tell_clearances("out_1", self.context(SYSTEM))
        for track in list(self.research.fake_tracks.kept):
            self.research.look_at_track(track, self.context(SYSTEM))

    def _module(self, name: str) -> Any:
        return next(each for each in (commands, legal, agreement_tracks) if hasattr(each, name))
