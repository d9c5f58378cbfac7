"""The shelves that a port reads off which keeps nothing of its own: in memory, and in the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from chassis.store import DocumentStore, Shape, tells_nobody
from services.exchange.adapters import shapes
from tests.contract.test_exchange_ports_contract import keep
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory

KINDS = {"visits": "visit", "consultations": "consultation", "people": "person", "sites": "site"}
SHAPES: Mapping[str, Callable[[], Shape[Any]]] = {
    "visits": lambda: shapes.visit_shape(tells_nobody),
    "consultations": lambda: shapes.consultation_shape(tells_nobody),
    "people": lambda: shapes.person_shape(tells_nobody),
    "sites": lambda: shapes.SITE_SHAPE,
}


@dataclass
class Shelves:
    """Each by its name: one for each of the `KINDS`."""

    shelves: Mapping[str, Any]

    def keep(self, shelf: str, *documents: Any) -> None:
        for document in documents:
            keep(self.shelves[shelf], document)


def in_memory(memory: Memory) -> dict[str, Any]:
    return {name: InMemoryDocuments[Any](memory, kind, lambda _: "kept") for name, kind in KINDS.items()}


def in_database(database: Database[Any]) -> dict[str, Any]:
    return {name: DocumentStore(database[name], shape()) for name, shape in SHAPES.items()}
