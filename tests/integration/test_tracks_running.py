"""Tracks with the real processes: the visit's event goes out by the relay and comes back over the broker."""

from chassis.store import database_at
from khunjerab.installation import Installation
from services.exchange.domain.tracks.track import track_id
from tests.alliance import Alliance
from tests.fixtures.running import Processes
from tests.probes import equal, eventually


def test_a_visit_proposed_while_nothing_runs_has_its_track_as_soon_as_something_does(
    installation: Installation, processes: Processes
) -> None:
    alliance = Alliance(database_at(installation.mongo_url("exchange")))
    visit = alliance.propose()
    processes.start("exchange", "relay")
    eventually(lambda: equal(waiting(alliance), 0), timeout=20)
    assert alliance.database["tracks"].count_documents({}) == 0
    processes.start("exchange", "serve")
    eventually(lambda: equal(followed(alliance), [(track_id(visit.id), "proposed")]), timeout=20)
    serving = processes.started[-1]
    serving.kill()
    alliance.accept(visit)
    eventually(lambda: equal(waiting(alliance), 0), timeout=20)
    processes.start("exchange", "serve")
    eventually(lambda: equal(followed(alliance), [(track_id(visit.id), "booked")]), timeout=20)


def waiting(alliance: Alliance) -> int:
    """How many visits have something that is not published."""
    return alliance.database["visits"].count_documents({"outbox.id": {"$exists": True}})


def followed(alliance: Alliance) -> list[tuple[str, str]]:
    return [(track["_id"], track["visit_state"]) for track in alliance.database["tracks"].find({})]
