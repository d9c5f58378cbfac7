"""The stores of visits that stay on disk between runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pymongo.database import Database

from benchmarks.stored.hospitals import Hospital, Hospitals
from benchmarks.stored.keeping import Note, Stock
from benchmarks.stored.keeping import kept as kept_stock
from benchmarks.stored.seeding import seed
from chassis.store import database_at
from tests.alliance import EXCHANGE_ALONE

MADE_BY = (
    "benchmarks/stored/copies.py",
    "benchmarks/stored/counting.py",
    "benchmarks/stored/seeding.py",
    "benchmarks/stored/templates.py",
    "tests/alliance.py",
    "chassis/store/shape.py",
    "chassis/store/writing.py",
    "services/exchange/adapters/shapes.py",
    "services/exchange/domain/visit.py",
)


@contextmanager
def kept(visits: int, hospitals: int, place: Path) -> Iterator[Hospitals]:
    """So many visits at so many hospitals."""

    def seeded(database: Database[dict[str, Any]]) -> Note:
        made, written = seed(database, visits, hospitals)
        return {"stored": written, "hospitals": [asdict(each) for each in made]}

    stock = Stock("visits", visits, EXCHANGE_ALONE, ("visits", "people"), MADE_BY, seeded, hospitals)
    with kept_stock(stock, place) as (url, note):
        listed = [Hospital.listed(each) for each in note["hospitals"]]
        yield Hospitals(database_at(url), listed, note["stored"])
