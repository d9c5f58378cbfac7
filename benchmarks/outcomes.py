"""Very many outcomes as research stores them, with the cells that their saves would have moved one by one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from pymongo.database import Database

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store.writing import inserted
from services.research.adapters.cells import Cells
from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.domain.measuring import share_of
from services.research.domain.outcome import STAGES, Outcome, Reached
from tests.unit.research import given

Document = dict[str, Any]

AT_ONCE = 2_000
AGREEMENTS, FIELDS, YEARS = 20, 4, range(2020, 2027)
TYPES = ("publication", "software", "research-tool", "influence-on-policy-or-practice", "dataset-or-model")


def store_outcomes(database: Database[Document], many: int, chance: Random) -> int:
    """How many cells they came to. Every process that counts may think that its work is done."""
    cells = Cells(database["cells"], database["outcomes"])
    figures: dict[str, Counter[str]] = {}
    documents = _documents(many, chance, cells, figures)
    while some := list(islice(documents, AT_ONCE)):
        database["outcomes"].insert_many(some, ordered=False)
    for cell, counted in figures.items():
        database["cells"].update_one({"_id": cell}, {"$inc": dict(counted)})
    return len(figures)


def _documents(many: int, chance: Random, cells: Cells, figures: dict[str, Counter[str]]) -> Iterator[Document]:
    for number in range(many):
        outcome = _outcome(f"out_{number}", chance)
        context = Context(derived("stored", str(number)), SYSTEM, given.NOW)
        document, _ = inserted(outcome.id, Decision(outcome, what="reported"), context, OUTCOME_SHAPE)
        cell, *counted = cells.opened(share_of(outcome))
        figures.setdefault(cell, Counter()).update(counted)
        yield document | {"counted": [cell, *counted]}


def _outcome(outcome_id: str, chance: Random) -> Outcome:
    """One in four is still expected or was waived; the others have come to some stage, each in some days."""
    agreement = chance.randrange(AGREEMENTS)
    sites = (f"sit_{agreement}", f"sit_{AGREEMENTS + (agreement + chance.randrange(2)) % AGREEMENTS}")
    where: Document = {
        "id": outcome_id,
        "agreement": f"agr_{agreement}",
        "field": f"field {chance.randrange(FIELDS)}",
        "type": chance.choice(TYPES),
        "origin": replace(given.OF_VISIT, year=chance.choice(YEARS)),
        "sites": sites,
    }
    if chance.random() < 0.25:
        return given.outcome(state=chance.choice(("expected", "waived")), **where)
    at, reached = given.NOW, []
    for stage in STAGES[: 1 + chance.randrange(len(STAGES))]:
        reached.append(Reached(stage, at, applies=stage == STAGES[0] or chance.random() < 0.8))
        at += timedelta(days=chance.randrange(1, 200))
    return given.outcome(state="reported", stage=reached[-1].stage, reached=tuple(reached), **where)
