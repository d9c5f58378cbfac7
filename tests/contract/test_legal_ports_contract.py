"""What research needs of the shelves of requirements, agreement tracks and sites: in memory and in the database."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitFulfilled
from services.research.adapters.agreement_track_store import AgreementTrackStore
from services.research.adapters.legal_shapes import AGREEMENT_TRACK_SHAPE, REQUIREMENT_SHAPE
from services.research.adapters.legal_stores import RequirementStore, SiteCopies
from services.research.application.ports.agreement_tracks import AgreementTracks, SoughtTracks
from services.research.application.ports.legal import KnownSite, Requirements, Sites
from services.research.domain.agreement_tracks.stepping import send_back
from services.research.domain.agreement_tracks.track import AgreementTrack, Side
from services.research.domain.legal.requiring import require
from services.research.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.event_factory import make_event
from tests.fakes.memory import Memory
from tests.fakes.research_legal import FakeAgreementTracks, FakeRequirements, FakeSites
from tests.unit.research import given, given_legal
from tests.unit.research.widenings import PROPOSED

RESEARCH_ALONE = replace(MANIFEST, subscribes_to=())
ADMIN = Actor("per_x", frozenset({ADMINISTRATOR}))
AT_GILGIT, AT_KASHGAR, AT_HOTAN = (
    Actor("per_x", frozenset({OBSERVER}), frozenset({site})) for site in (given.GILGIT, given.KASHGAR, "sit_hotan")
)


@dataclass(frozen=True)
class Shelves:
    requirements: Requirements
    tracks: AgreementTracks
    sites: Sites


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        return Shelves(FakeRequirements(Memory()), FakeAgreementTracks(Memory()), FakeSites())
    installation = request.getfixturevalue("make_installation")([RESEARCH_ALONE])
    database = database_at(installation.mongo_url("research"))
    return Shelves(
        RequirementStore(database["requirements"], REQUIREMENT_SHAPE),
        AgreementTrackStore(database["agreement_tracks"], AGREEMENT_TRACK_SHAPE, StandingClock()),
        SiteCopies(database["sites"]),
    )


def context(name: str) -> Context:
    return Context(derived("keep", name), SYSTEM, given.NOW)


def keep(shelves: Shelves, track_id: str, **different: Any) -> AgreementTrack:
    track = replace(given_legal.track(), id=track_id, **different)
    shelves.tracks.add(track_id, Decision(track, what="opened"), context(track_id))
    return track


def listed(shelves: Shelves, actor: Actor, after: str | None = None, limit: int = 9, **sought: str) -> list[str]:
    page = shelves.tracks.page(actor, SoughtTracks(**sought), after=after, limit=limit)
    return [track.id for track in page]


def test_requirements_are_kept_as_they_were_entered_and_listed_by_id(shelves: Shelves) -> None:
    about_people = {"outcome_types": ("dataset-or-model",), "only_where": "holds_personal_data"}
    for requirement in (given_legal.requirement(id="req_2", **about_people), given_legal.requirement()):
        shelves.requirements.add(requirement.id, require(requirement), context(requirement.id))
    assert [each.state for each in shelves.requirements.all()] == [
        given_legal.requirement(),
        given_legal.requirement(id="req_2", **about_people),
    ]


def test_a_track_is_loaded_as_it_was_kept_and_found_by_its_outcomes_in_any_state(shelves: Shelves) -> None:
    tracks = [replace(given_legal.stepped(given_legal.track(), steps), id=f"tra_{steps}") for steps in (0, 1, 6)]
    sent_back = replace(send_back(tracks[1], "draft", reason="So.", by="per_x", now=given.NOW).state, id="tra_7")
    in_force = given_legal.in_force(id="tra_8", expires_on=given.NOW.date(), outcomes=("out_1", "out_2"))
    for track in (*tracks, sent_back, in_force):
        shelves.tracks.add(track.id, Decision(track, what="opened"), context(track.id))
        assert shelves.tracks.load(track.id).state == track
    assert shelves.tracks.serving("out_1") == [*tracks, sent_back, in_force]
    assert shelves.tracks.serving("out_2") == [in_force]
    assert shelves.tracks.serving("out_3") == []


def test_each_sees_the_tracks_of_their_site_and_those_that_they_follow(shelves: Shelves) -> None:
    keep(shelves, "tra_1")
    keep(shelves, "tra_2", recipient=Side("sit_hotan", "Asia/Shanghai"), followers=("per_li",))
    for actor in (SYSTEM, ADMIN, AT_KASHGAR):
        assert listed(shelves, actor) == ["tra_2", "tra_1"]
    assert (listed(shelves, AT_GILGIT), listed(shelves, AT_HOTAN)) == (["tra_1"], ["tra_2"])
    assert listed(shelves, Actor("per_li", frozenset({VISITOR}))) == ["tra_2"]
    assert listed(shelves, Actor("per_y", frozenset({VISITOR}))) == []


def test_a_list_is_of_one_outcome_or_waits_for_one_site_and_pages_join(shelves: Shelves) -> None:
    keep(shelves, "tra_1")
    keep(shelves, "tra_2", outcomes=("out_1", "out_2"))
    keep(shelves, "tra_3", waiting=None, state="ended")
    waits_for_gilgit = given_legal.stepped(given_legal.track(), 1).waiting
    keep(shelves, "tra_4", waiting=waits_for_gilgit)
    for actor in (ADMIN, AT_KASHGAR, AT_GILGIT):
        assert listed(shelves, actor, outcome="out_2") == ["tra_2"]
        assert listed(shelves, actor, waiting_site=given.KASHGAR) == ["tra_2", "tra_1"]
        assert listed(shelves, actor, waiting_site=given.GILGIT, outcome="out_1") == ["tra_4"]
        first = listed(shelves, actor, limit=2)
        assert [*first, *listed(shelves, actor, after=first[-1])] == ["tra_4", "tra_3", "tra_2", "tra_1"]
    assert listed(shelves, AT_HOTAN, outcome="out_2") == []


def test_what_one_site_is_to_agree_to_waits_for_it_too(shelves: Shelves) -> None:
    keep(shelves, "tra_1")
    proposed = keep(shelves, "tra_2", widenings=(PROPOSED, replace(PROPOSED, outcome="out_3", site=given.GILGIT)))
    assert shelves.tracks.load("tra_2").state == proposed
    for actor in (ADMIN, AT_KASHGAR, AT_GILGIT):
        assert listed(shelves, actor, waiting_site=given.GILGIT) == ["tra_2"]
        assert listed(shelves, actor, waiting_site=given.KASHGAR) == ["tra_2", "tra_1"], "each once"
        assert listed(shelves, actor, waiting_site=given.GILGIT, outcome="out_2") == [], "it is not served yet"


def told(second: int, visit: str) -> CloudEvent:
    envelope = {"subject": f"visit/{visit}", "time": f"2026-05-15T06:00:{second:02}.000Z"}
    return CloudEvent.model_validate(make_event(VisitFulfilled.type, envelope=envelope))


def test_of_a_site_stands_what_the_latest_event_said_whatever_that_was_about(shelves: Shelves) -> None:
    in_pakistan, in_china = KnownSite("PK", "Asia/Karachi"), KnownSite("CN", "Asia/Shanghai")
    shelves.sites.keep(told(2, "vis_1"), given.GILGIT, in_pakistan)
    shelves.sites.keep(told(1, "vis_2"), given.GILGIT, in_china)
    shelves.sites.keep(told(1, "vis_2"), given.KASHGAR, in_pakistan)
    shelves.sites.keep(told(3, "vis_1"), given.KASHGAR, in_china)
    asked = [given.GILGIT, given.KASHGAR, "sit_hotan"]
    assert shelves.sites.known(asked) == {given.GILGIT: in_pakistan, given.KASHGAR: in_china}
