"""What research keeps, opened on a database."""

from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from services.research.adapters.currencies import IsoCurrencies
from services.research.adapters.repositories import MistakeCopies, OutcomeStore, PeopleCopies
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.application.ports.copies import Mistakes, People
from services.research.application.ports.outcomes import Currencies, Outcomes


@dataclass(frozen=True)
class Stores:
    """Every kind of document and copy, behind its port."""

    outcomes: Outcomes
    people: People
    mistakes: Mistakes
    currencies: Currencies


def stores_on(database: Database[dict[str, Any]], clock: Clock) -> Stores:
    return Stores(
        outcomes=OutcomeStore(database["outcomes"], OUTCOME_SHAPE, clock),
        people=PeopleCopies(database["people"]),
        mistakes=MistakeCopies(database["mistakes"]),
        currencies=IsoCurrencies(),
    )
