"""A step that slips past the arrival: which other days are proposed, when, and that they can be had."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Decision
from services.exchange.application import commands
from services.exchange.application.planning import Planning
from services.exchange.domain.alternatives import HORIZON
from services.exchange.domain.rules import Stay
from services.exchange.domain.site import Closure
from services.exchange.domain.tracks import steps
from services.exchange.domain.tracks.definitions import definition
from services.exchange.domain.tracks.events import DatesNotFound, DatesProposed
from services.exchange.domain.tracks.following import following
from services.exchange.domain.tracks.other_dates import EarliestDates, proposing_dates
from services.exchange.domain.tracks.track import ProposedDates, Track
from services.exchange.domain.visit import ARRIVED
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_removed_conditions import removed
from tests.unit.exchange.test_track_commands import Way
from tests.unit.exchange.test_tracks import ARRIVAL, GILGIT, KASHGAR, TODAY, track, two
from tests.unit.exchange.test_tracks import slipped as steps_slipped

VISA = "china-visa:per_bano"
SLIPPED = "2026-04-10"
"""From then on the visa of China lets the visit begin two days later: on 12 April."""
FIRST = date(2026, 4, 12)


def any_days(earliest: EarliestDates) -> Stay | None:
    return Stay(earliest.arrival, earliest.departure)


def no_days(_: EarliestDates) -> Stay | None:
    return None


def slipped(standing: Track, step: str, expected: date, first_allowed: Any = any_days) -> Decision[Track]:
    return proposing_dates(steps_slipped(standing, step, expected), first_allowed)


def moved(standing: Track, arrival: date) -> Decision[Track]:
    visit = two(planned_arrival=arrival, planned_departure=arrival + timedelta(days=2))
    after = following(standing, visit, 2, GILGIT, KASHGAR)
    return proposing_dates(steps.follow(standing, after), any_days)


def test_a_slip_that_the_arrival_survives_proposes_nothing() -> None:
    last = ARRIVAL - timedelta(days=definition("china-visa").margin or 0)
    assert slipped(track(), VISA, last).events == ()


def test_a_slip_past_the_arrival_proposes_the_earliest_days_as_long_as_planned() -> None:
    decision = slipped(track(), VISA, date(2026, 4, 10))
    wanted = ProposedDates(FIRST, (VISA,), FIRST, date(2026, 4, 14))
    assert decision.events == (DatesProposed(decision.state, wanted),)
    assert decision.state.proposed == wanted


def test_of_several_slips_the_latest_decides_and_only_news_is_told() -> None:
    first = slipped(track(), VISA, date(2026, 4, 10)).state
    same = slipped(first, "insurance-proof:per_karim", date(2026, 4, 1))
    assert same.events == ()
    both = slipped(same.state, "leave:per_karim", date(2026, 4, 20)).state
    assert both.proposed == ProposedDates(
        date(2026, 4, 21), ("leave:per_karim", VISA), date(2026, 4, 21), date(2026, 4, 23)
    )
    done = steps.complete(both, "leave:per_karim", on=TODAY, variant=None, note="", today=TODAY)
    assert [event.dates.arrival for event in proposing_dates(done, any_days).events] == [FIRST]


def test_other_steps_that_lead_to_the_same_days_are_no_news() -> None:
    first = slipped(track(), VISA, date(2026, 4, 10)).state
    both = slipped(first, "insurance-proof:per_karim", date(2026, 4, 8))
    assert both.events == ()
    assert both.state.proposed
    assert both.state.proposed.because == (VISA, "insurance-proof:per_karim")


def test_a_slip_of_what_comes_after_the_arrival_moves_nothing() -> None:
    assert slipped(track(), "police-registration:per_bano", date(2026, 5, 1)).events == ()


def test_nobody_who_is_there_is_asked_to_come_later() -> None:
    begun = following(track(), two(ARRIVED), 2, GILGIT, KASHGAR)
    assert slipped(begun, "insurance-proof:per_karim", date(2026, 4, 20)).events == ()


def test_dates_that_the_steps_allow_end_the_proposal() -> None:
    late = slipped(track(), VISA, date(2026, 4, 10)).state
    after = moved(late, FIRST)
    assert (after.events, after.state.proposed) == ((), None)
    again = moved(after.state, ARRIVAL)
    assert [type(event) for event in again.events] == [DatesProposed]


def test_that_no_days_were_found_is_told_once() -> None:
    late = slipped(track(), VISA, date(2026, 4, 10), no_days)
    assert late.events == (DatesNotFound(late.state, ProposedDates(FIRST, (VISA,), None, None)),)
    note = steps.complete(late.state, "leave:per_bano", on=TODAY, variant=None, note="", today=TODAY)
    assert proposing_dates(note, no_days).events == ()
    found = proposing_dates(note, any_days)
    assert [type(event) for event in found.events] == [DatesProposed]


def slip(way: Way, expected: str = SLIPPED, version: int = 0) -> Any:
    """The visa of the one visitor slips; answers what is proposed."""
    way.give("slip_step", f"china-visa:{way.person}", version, expected=expected, reason="The consulate is closed.")
    return way.view()["proposed_dates"]


def days(proposed: dict[str, Any]) -> tuple[Any, Any]:
    return proposed["arrival"], proposed["departure"]


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory(seats=1)


@pytest.fixture
def way(alliance: AllianceInMemory) -> Way:
    """The one seat is booked from the sixth to the eighth of April."""
    way = Way(alliance)
    way.visit = alliance.accept(way.visit)
    return way


def told(way: Way) -> list[type]:
    return [type(event) for event in way.alliance.memory.fake_tracks.told]


def test_days_that_are_free_are_proposed_at_once(way: Way) -> None:
    step = f"china-visa:{way.person}"
    assert slip(way) == {
        "arrival": "2026-04-12", "departure": "2026-04-14", "earliest": "2026-04-12", "because": [step],
    }  # fmt: skip
    assert told(way) == [DatesProposed]
    way.give("complete_step", step, 1, done_on="2026-03-02", variant="F")
    assert way.view()["proposed_dates"] is None


def test_days_that_others_have_are_not_proposed(way: Way, alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose(arrival=date(2026, 4, 14), days=5))
    proposed = slip(way)
    assert (days(proposed), proposed["earliest"]) == (("2026-04-19", "2026-04-21"), "2026-04-12")


def test_where_the_visitor_is_elsewhere_is_not_proposed(way: Way, alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose(way.person, arrival=date(2026, 4, 13), days=10))
    assert days(slip(way)) == ("2026-04-23", "2026-04-25")


def test_what_the_visit_holds_itself_does_not_stand_in_its_way(way: Way) -> None:
    assert days(slip(way, "2026-04-05")) == ("2026-04-07", "2026-04-09")


def test_the_visit_can_move_to_what_was_proposed(way: Way, alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose(arrival=date(2026, 4, 14), days=5))
    arrival, departure = days(slip(way))
    fields = {"visit_id": way.visit.id, "expected_version": way.visit.version, "planned_arrival": arrival,
              "planned_departure": departure, "reason": "The visa is late."}  # fmt: skip
    context = alliance.context(alliance.coordinator, way.visit.version)
    assert alliance.exchange.reschedule_visit(parsed(commands.RescheduleVisit, fields), context).version == 3
    assert way.view()["proposed_dates"] is None


def test_days_are_proposed_anew_when_a_deadline_passes(way: Way, alliance: AllianceInMemory) -> None:
    slip(way)
    alliance.clock.moment = datetime(2026, 4, 20, 6, tzinfo=UTC)
    way.wake()
    assert days(way.view()["proposed_dates"])[0] == "2026-04-20"


@pytest.mark.parametrize(("last", "wanted"), [(HORIZON - 1, HORIZON), (HORIZON, None)])
def test_days_are_looked_for_as_far_as_the_horizon(
    way: Way, alliance: AllianceInMemory, last: int, wanted: int | None
) -> None:
    """The department is closed from the first day that the step allows for so many days."""
    closed = Closure(FIRST, FIRST + timedelta(days=last), "Repairs")
    kept = alliance.memory.fake_sites.kept
    site = kept[alliance.host].state
    (department,) = site.departments
    closing = replace(site, departments=(replace(department, closed=(closed,)),))
    kept[alliance.host] = replace(kept[alliance.host], state=closing)
    found = days(slip(way))[0]
    assert found == (None if wanted is None else (FIRST + timedelta(days=wanted)).isoformat())


def test_where_the_agreement_ends_before_no_days_are_found(way: Way) -> None:
    proposed = slip(way, "2026-12-29")
    assert (days(proposed), proposed["earliest"]) == ((None, None), "2026-12-31")
    assert told(way) == [DatesNotFound]


def test_under_a_condition_that_was_taken_out_no_days_are_found(way: Way, alliance: AllianceInMemory) -> None:
    removed(alliance)
    assert days(slip(way)) == (None, None)


@pytest.mark.parametrize(("guard", "wanted"), [(True, "2026-04-19"), (False, "2026-04-12")])
def test_without_the_rules_days_that_others_have_are_proposed(
    way: Way, alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch, *, guard: bool, wanted: str
) -> None:
    alliance.accept(alliance.propose(arrival=date(2026, 4, 14), days=5))
    if not guard:
        monkeypatch.setattr(Planning, "first_allowed", lambda _self, _visit, first, last, _now: Stay(first, last))
    assert days(slip(way))[0] == wanted
