"""What law asks, and agreements, to start from; each takes what a test wants to be different."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, VISITOR, Actor
from services.research.domain.agreement_tracks.opening import Wish, open_track
from services.research.domain.agreement_tracks.stepping import Draft, sign, take
from services.research.domain.agreement_tracks.track import AgreementTrack
from services.research.domain.legal.clearance import Clearance
from services.research.domain.legal.paper import Paper
from services.research.domain.legal.requirement import IN_EFFECT, Owner, Requirement
from services.research.domain.outcome import Outcome
from tests.unit.research import given
from tests.unit.research.given import GILGIT, KASHGAR, NOW

COUNTRIES = {GILGIT: "PK", KASHGAR: "CN"}
OWNER = Owner("per_meng", KASHGAR)
OWNING = Actor("per_meng", frozenset({VISITOR}), frozenset())
GULNAR = Actor("per_gulnar", frozenset({PROGRAMME_MANAGER}), frozenset({KASHGAR}))
MANAGER_OF_BOTH = Actor("per_both", frozenset({PROGRAMME_MANAGER, COORDINATOR}), frozenset({GILGIT, KASHGAR}))
SUM = "9f2c" * 16
TEXT = Paper("https://files.example/mta.pdf", SUM)


def requirement(**different: Any) -> Requirement:
    """Data of persons leave China: asked for from the terms on."""
    return replace(
        Requirement("req_1", IN_EFFECT, "data-export", "CN", "PK", "terms", "Personal Information Law", OWNER),
        **different,
    )


def clearance(expires_on: date | None = date(2026, 12, 31), **different: Any) -> Clearance:
    """Given two weeks ago; its days are those of Kashgar."""
    kept = Clearance(
        requirement="req_1",
        kind="data-export",
        from_end="CN",
        to_end="PK",
        reference="2026-0117",
        authority="Cyberspace Administration",
        granted_on=date(2026, 5, 1),
        expires_on=expires_on,
        owner=OWNER,
        zone="Asia/Shanghai",
        paper=None,
        by="per_meng",
        at=NOW,
    )
    return replace(kept, **different)


def dataset(**different: Any) -> Outcome:
    return given.at("protection", type="dataset-or-model", **different)


def track(kind: str = "material-transfer", *outcomes: Outcome, now: datetime = NOW) -> AgreementTrack:
    """Opened, from Kashgar to Gilgit."""
    wish = Wish(kind, "Cyst fluid", KASHGAR, GILGIT)
    return open_track("tra_1", wish, outcomes or (given.at("protection"),), by="per_zhang", now=now).state


def stepped(opened: AgreementTrack, steps: int, now: datetime = NOW, expires_on: date | None = None) -> AgreementTrack:
    """The same track after so many steps; each side is spoken for by one person."""
    track = opened
    for number in range(steps):
        step, at = track.left[0].definition, now + timedelta(hours=number)
        by = f"per_of_{step.side}"
        if step.signs:
            track = sign(track, sha256=SUM, by=by, now=at).state
        else:
            draft = Draft(TEXT, expires_on) if step.drafts else None
            track = take(track, step.name, note="", draft=draft, by=by, now=at).state
    return track


def in_force(kind: str = "material-transfer", expires_on: date | None = None, **different: Any) -> AgreementTrack:
    opened = track(kind)
    return replace(stepped(opened, len(opened.steps), expires_on=expires_on), **different)
