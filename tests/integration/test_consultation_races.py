"""Consultations that race: the database refuses what the rules refuse, however many ask at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest

from chassis.kernel.errors import Refusal, WriteConflict
from chassis.store import database_at
from services.exchange.adapters.shapes import consultation_shape
from services.exchange.bootstrap import Exchange
from tests.alliance import EXCHANGE_ALONE, StandingClock
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.fakes.sealing import PlainPrinter, seals
from tests.fixtures.installations import MakeInstallation

WRITERS = 8
MakeConsulting = Callable[..., list[Consulting]]


@pytest.fixture
def make_consulting(make_installation: MakeInstallation) -> MakeConsulting:
    """The same hospitals, seen from so many processes that know nothing of each other."""
    url = make_installation([EXCHANGE_ALONE]).mongo_url("exchange")
    clock = StandingClock()

    def make(processes: int = 3, sessions_a_year: int = 50) -> list[Consulting]:
        exchanges = [Exchange(database_at(url), clock, seals(), PlainPrinter()) for _ in range(processes)]
        first = Consulting(exchanges[0], clock, sessions_a_year)
        return [first, *(first.elsewhere(exchange) for exchange in exchanges[1:])]

    return make


def proposed_at_once(there: list[Consulting], begins: list[str], **different: Any) -> Counter[str]:
    """How many came to be, and how many were refused by which name."""

    def propose(process: Consulting, at: str) -> str:
        try:
            return process.propose(begins=at, **different).state
        except (Refusal, WriteConflict) as refusal:
            return refusal.name

    with ThreadPoolExecutor(WRITERS) as writers:
        return Counter(writers.map(propose, cycle(there), begins))


def test_of_many_that_want_the_same_people_at_the_same_hour_one_wins_whole(make_consulting: MakeConsulting) -> None:
    there = make_consulting()
    outcome = proposed_at_once(there, [TUESDAY.isoformat()] * 24)
    assert outcome == {"pending": 1, "ParticipantBusy": 23}
    assert there[0].balance()["held"] == 1
    held = there[0].exchange.stores.consultations.taken(there[0].people.values(), (), TUESDAY, TUESDAY.replace(hour=7))
    assert len(held) == 3 * 4


def test_of_several_who_want_somebody_with_deputies_each_has_another(make_consulting: MakeConsulting) -> None:
    there = make_consulting()
    first, others = there[0], ("presenter", "specialist", "deputy")
    first.people["other"] = first._person("other", "kashgar", ["zh"])
    deputies = [first.people[name] for name in ("observer", "other")]
    chair = first.participants("chair")[0] | {"deputies": deputies}
    sites = {name: first.sites["hotan" if name == "specialist" else "gilgit"] for name in others}
    asked = [
        first.propose(
            first.coordinator,
            participants=[chair, {"person_id": first.people[name], "role": "specialist", "site_id": sites[name]}],
        ).id
        for name in others
    ]
    with ThreadPoolExecutor(WRITERS) as writers:
        states = [each.state for each in writers.map(lambda process, *to: process.reply(*to), there, asked, others)]
    assert states == ["pending"] * 3
    held = first.exchange.stores.consultations.taken(first.people.values(), (), TUESDAY, TUESDAY.replace(hour=7))
    assert len(held) == 6 * 4


def test_sessions_under_one_quota_are_exact(make_consulting: MakeConsulting) -> None:
    there = make_consulting(sessions_a_year=5)
    hours = [(TUESDAY.replace(hour=2) + number * timedelta(minutes=30)).isoformat() for number in range(16)]
    outcome = proposed_at_once(there, hours, minutes=30)
    assert outcome == {"pending": 5, "QuotaExceeded": 11}
    assert there[0].balance() == {"promised": 5, "used": 0, "held": 5, "left": 0}


def test_without_the_holds_the_same_person_is_booked_twice(
    make_consulting: MakeConsulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the races show is the index's doing: a consultation that writes no holds is refused by nobody."""
    there = make_consulting(processes=1)
    kept = there[0].exchange.stores.consultations
    monkeypatch.setattr(kept, "shape", replace(consultation_shape(lambda _, __: ()), holds=lambda _: ()))
    assert proposed_at_once(there, [TUESDAY.isoformat()] * 2) == {"pending": 2}
    assert len(kept.page(ADMIN, state=None, after=None, limit=9)) == 2
