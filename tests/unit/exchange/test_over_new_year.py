"""A visit counts in the year of its arrival; how long it may last, the agreement says as it stands."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from services.exchange.application import queries
from services.exchange.domain.refusals import AgreementNotInEffect
from tests.amending import put_in_force, terminate
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.lettering import given

LATER = "2027-02-10"


@pytest.fixture
def alliance() -> AllianceInMemory:
    """Visitors came on 20 December under an agreement until 31 January, and it is 5 January."""
    alliance = alliance_in_memory()
    put_in_force(alliance, in_effect_until="2027-01-31")
    alliance.clock.moment = datetime(2026, 12, 1, 6, tzinfo=UTC)
    visit = alliance.accept(alliance.propose(arrival=date(2026, 12, 20), days=30))
    alliance.clock.moment = datetime(2026, 12, 21, 6, tzinfo=UTC)
    given(alliance, visit, "record_arrival", arrived_on="2026-12-20")
    alliance.clock.moment = datetime(2027, 1, 5, 6, tzinfo=UTC)
    return alliance


def visit(alliance: AllianceInMemory) -> Receipt:
    (visit_id,) = alliance.memory.fake_visits.kept
    return Receipt(visit_id, 0, "")


def why_not(alliance: AllianceInMemory) -> dict[str, Any]:
    asked = {"visit_id": visit(alliance).id, "planned_departure": LATER}
    return alliance.exchange.why_not(parsed(queries.AskWhyNot, asked), alliance.host_manager)


def longer(alliance: AllianceInMemory) -> None:
    given(alliance, visit(alliance), "extend_visit", planned_departure=LATER, reason="More to learn.")


def test_who_came_last_year_stays_longer_once_the_agreement_is_prolonged(alliance: AllianceInMemory) -> None:
    assert [each["refusal"] for each in why_not(alliance)["blocking"]] == ["AgreementNotInEffect"]
    with pytest.raises(AgreementNotInEffect):
        longer(alliance)
    put_in_force(alliance, {"visits_per_year": 7}, in_effect_until="2027-12-31")
    assert why_not(alliance)["allowed"]
    longer(alliance)
    ledgers = {each.year: each for each in alliance.memory.fake_ledgers.kept.values()}
    assert (ledgers[2026].visitor_days.held, ledgers[2026].visits.promised) == (53, 100)
    assert ledgers[2027].visits.promised == 7


def test_a_termination_shortens_the_ledgers_of_last_year_too(alliance: AllianceInMemory) -> None:
    put_in_force(alliance, in_effect_until="2027-12-31")
    terminate(alliance, date(2027, 2, 9))
    assert {each.last_day for each in alliance.memory.fake_ledgers.kept.values()} == {date(2027, 2, 9)}
    assert [each["refusal"] for each in why_not(alliance)["blocking"]] == ["AgreementNotInEffect"]
    with pytest.raises(AgreementNotInEffect):
        longer(alliance)
