"""What a command has read it does not read again."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.domain import events
from services.exchange.domain.visit import BOOKED
from tests.contract.test_exchange_ports_contract import keep
from tests.fakes.exchange import AllianceInMemory, FakeSites, alliance_in_memory
from tests.fakes.memory import Memory
from tests.unit.exchange import given

READS = {
    "visits": ("load", "named", "held_keys", "of_people", "seats_held"),
    "agreements": ("load", "named"),
    "sites": ("load", "named", "all"),
    "people": ("load", "named"),
    "ledgers": ("of_agreement",),
}


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


@contextmanager
def counted(alliance: AllianceInMemory) -> Iterator[Counter[str]]:
    """How often each shelf was read, as `visits.load`."""
    reads: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        for shelf, names in READS.items():
            there = getattr(alliance.exchange.stores, shelf)
            for name in names:
                patch.setattr(there, name, counting(reads, f"{shelf}.{name}", getattr(there, name)))
        yield reads


def counting(reads: Counter[str], label: str, read: Callable[..., Any]) -> Callable[..., Any]:
    def reading(*given: Any) -> Any:
        reads[label] += 1
        return read(*given)

    return reading


AROUND = {"visits.held_keys": 1, "visits.of_people": 1, "ledgers.of_agreement": 1, "agreements.load": 1}


def test_a_proposal_reads_everything_once(alliance: AllianceInMemory) -> None:
    proposal = alliance.proposal()
    with counted(alliance) as reads:
        alliance.exchange.propose_visit(proposal, alliance.context(alliance.manager))
    assert reads == AROUND | {"people.named": 1, "sites.named": 1}


def test_an_acceptance_reads_everything_once_but_the_host_again_behind_the_look_at_its_places(
    alliance: AllianceInMemory,
) -> None:
    visit = alliance.propose()
    with counted(alliance) as reads:
        alliance.accept(visit)
    assert reads == AROUND | {"visits.load": 1, "sites.named": 1, "sites.load": 1}


def test_the_events_of_one_decision_are_told_with_one_read_of_its_sites() -> None:
    sites, reads = FakeSites(Memory()), Counter[str]()
    keep(sites, given.site())
    keep(sites, given.site(id=given.GILGIT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sites, "named", counting(reads, "named", sites.named))
        visit = given.visit(BOOKED)
        decided = [events.VisitBooked(visit), events.VisitCancelled(visit, "per_x", "Flu")]
        told = PublishedEvents(sites).publish(decided, given.EDITION)
    assert (len(told), reads["named"]) == (2, 1)
