"""Outcomes with their measures and with those whom they name, opened on a database."""

from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from services.research.adapters.cells import Cells
from services.research.adapters.counting_anew import CountingAnew
from services.research.adapters.measures_store import MeasuresStore
from services.research.adapters.naming import Naming
from services.research.adapters.naming_outcomes import NamingOutcomes
from services.research.adapters.shapes import OUTCOME_SHAPE


def outcomes_on(database: Database[dict[str, Any]], clock: Clock) -> NamingOutcomes:
    """All writes of outcomes go through this one, so that each is counted, and nobody named who is not told of."""
    return NamingOutcomes(database["outcomes"], OUTCOME_SHAPE, clock, _cells(database), Naming(database["named"]))


def counting_on(database: Database[dict[str, Any]], clock: Clock) -> CountingAnew:
    """What a worker does about outcomes that are not counted as they should be."""
    naming = Naming(database["named"])
    return CountingAnew(database["marks"], outcomes_on(database, clock), _cells(database), naming, clock)


def measures_on(database: Database[dict[str, Any]], clock: Clock) -> MeasuresStore:
    return MeasuresStore(database["cells"], database["outcomes"], counting_on(database, clock))


def _cells(database: Database[dict[str, Any]]) -> Cells:
    return Cells(database["cells"], database["outcomes"])
