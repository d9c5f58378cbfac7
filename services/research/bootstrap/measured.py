"""Outcomes with their measures, opened on a database."""

from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from services.research.adapters.cells import Cells
from services.research.adapters.counting_anew import CountingAnew
from services.research.adapters.measured_outcomes import MeasuredOutcomes
from services.research.adapters.measures_store import MeasuresStore
from services.research.adapters.shapes import OUTCOME_SHAPE


def outcomes_on(database: Database[dict[str, Any]], clock: Clock) -> MeasuredOutcomes:
    """All writes of outcomes go through this one, so that each is counted."""
    return MeasuredOutcomes(database["outcomes"], OUTCOME_SHAPE, clock, _cells(database))


def counting_on(database: Database[dict[str, Any]], clock: Clock) -> CountingAnew:
    """What a worker does about outcomes that are not counted as they should be."""
    return CountingAnew(database["marks"], outcomes_on(database, clock), _cells(database))


def measures_on(database: Database[dict[str, Any]], clock: Clock) -> MeasuresStore:
    return MeasuresStore(database["cells"], database["outcomes"], counting_on(database, clock))


def _cells(database: Database[dict[str, Any]]) -> Cells:
    return Cells(database["cells"], database["outcomes"])
