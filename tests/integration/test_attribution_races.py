"""Somebody attributes to a session at the moment at which that turns out to be a mistake: nobody misses it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.research.application.ports.outcomes import Sought
from services.research.bootstrap import Research
from tests.alliance import StandingClock
from tests.contract.test_research_ports_contract import RESEARCH_ALONE
from tests.fixtures.installations import MakeInstallation
from tests.unit.research import given
from tests.unit.research.attributing import OF_SESSION, give, session
from tests.unit.research.mistakes import tell
from tests.unit.research.test_attributing import consultation_mistaken
from tests.unit.research.test_mistaken_visits import fulfilled

RACES = 8


@pytest.fixture
def research(make_installation: MakeInstallation) -> Research:
    return Research(database_at(make_installation([RESEARCH_ALONE]).mongo_url("research")), StandingClock(given.NOW))


def attribute(research: Research, outcome: str, consultation: str) -> str:
    """What came of it, in one word."""
    add = [OF_SESSION | {"consultation_id": consultation}]
    told = {"outcome_id": outcome, "add": add, "reason": "Both."}
    try:
        give(research, "attribute_outcome", given.COORDINATOR_HERE, 1, **told)
    except Refusal as refused:
        return refused.name
    return "attributed"


def test_an_outcome_never_stays_attributed_to_what_was_a_mistake(research: Research) -> None:
    ended = set()
    with ThreadPoolExecutor(2) as pool:
        for number in range(RACES):
            visit, consultation = f"vis_{number}", f"con_{number}"
            tell(research, fulfilled(visit=visit, agreement="agr_1"))
            tell(research, session(consultation=consultation))
            outcome = research.stores.outcomes.page(given.MANAGER, Sought(origin=visit), after=None, limit=1)[0]
            mistake = pool.submit(tell, research, consultation_mistaken(consultation))
            said = attribute(research, outcome.id, consultation)
            mistake.result()
            left = research.stores.outcomes.recorded(outcome.id)
            assert left.state.also_of == (), said
            ended.add((said, len(left.history)))
    assert ended <= {("attributed", 3), ("EnteredInError", 1)}
