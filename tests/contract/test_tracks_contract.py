"""What is asked of the shelf of tracks beyond keeping them: in memory and in the database alike."""

import pytest

from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import WriteConflict
from chassis.store import database_at
from services.exchange.adapters.shapes import track_shape
from services.exchange.adapters.track_store import TrackStore
from services.exchange.application.ports.tracks import Tracks
from services.exchange.domain.tracks import steps
from services.exchange.domain.tracks.following import following
from services.exchange.domain.tracks.track import Track
from services.exchange.domain.visit import BOOKED, CANCELLED
from tests.alliance import EXCHANGE_ALONE
from tests.contract.test_exchange_ports_contract import keep, tells_nobody
from tests.fakes.exchange_tracks import FakeTracks
from tests.fakes.memory import Memory
from tests.unit.exchange import given

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def tracks(request: pytest.FixtureRequest) -> Tracks:
    if request.param == "in memory":
        return FakeTracks(Memory())
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    return TrackStore(database_at(installation.mongo_url("exchange"))["tracks"], track_shape(tells_nobody))


def numbered(number: int, state: str = BOOKED, host: str = given.KASHGAR) -> Track:
    visit = given.visit(state, id=f"vis_{number}", host_site=host)
    return following(None, visit, 1, given.site(id=given.GILGIT, country="PK"), given.site(id=host))


def ended(track: Track) -> Track:
    for step in track.steps:
        track = steps.waive(track, step.id, reason="Not needed.").state
    return track


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (SYSTEM, ["trk_1", "trk_2"]),
        (ADMIN, ["trk_1", "trk_2"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), ["trk_1", "trk_2"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_hotan"})), ["trk_2"]),
        (Actor("per_x", frozenset({OBSERVER})), []),
    ],
)
def test_tracks_that_wait_for_something_are_found_from_either_end(
    tracks: Tracks, actor: Actor, found: list[str]
) -> None:
    for track in (numbered(3, CANCELLED), ended(numbered(4)), numbered(2, host="sit_hotan"), numbered(1)):
        keep(tracks, track)
    assert [each.id for each in tracks.awaiting(actor, after=None, limit=10)] == found


def test_they_are_told_page_by_page_and_come_back_as_they_were_kept(tracks: Tracks) -> None:
    for number in range(1, 5):
        keep(tracks, numbered(number))
    assert [each.id for each in tracks.awaiting(SYSTEM, after=None, limit=2)] == ["trk_1", "trk_2"]
    rest = tracks.awaiting(SYSTEM, after="trk_2", limit=9)
    assert [each.state for each in rest] == [numbered(3), numbered(4)]


def test_a_track_that_is_relied_on_stays_as_it_is_and_one_that_has_changed_meanwhile_is_told(tracks: Tracks) -> None:
    keep(tracks, numbered(1))
    seen = tracks.load("trk_1")
    tracks.atomically(lambda within: tracks.must_stand(seen, within))
    assert tracks.load("trk_1") == seen
    tracks.save(seen, steps.waive(seen.state, seen.state.steps[0].id, reason="Not needed."), given_by_system())
    with pytest.raises(WriteConflict):
        tracks.atomically(lambda within: tracks.must_stand(seen, within))


def given_by_system() -> Context:
    return Context("second", SYSTEM, given.NOW)
