"""An import of a file of 10,000 BibTeX records: read, looked through and written, in what time each."""

import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

from pymongo.collection import Collection

from benchmarks.figures import Figure, at_most, beside
from benchmarks.ground import Ground
from benchmarks.papers import papers
from benchmarks.sizes import Sizes
from chassis.clock import SystemClock
from chassis.kernel.actor import SYSTEM
from chassis.store import database_at
from services.research.adapters.currencies import IsoCurrencies
from services.research.adapters.references.files import ReferenceFormats
from services.research.bootstrap import Research
from services.research.domain.duplicates.scoring import Described
from tests.unit.research.importing import STEPS, bring, confirm, of

RATIO = 2
"""What is done beside inserting takes no longer than that once again."""
_AT_ONCE = 100
_ABSTRACT = "Of 1,200 people who were examined, 37 had cysts; the rest was followed for two years. " * 5


def imports(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Beside: the same file read by itself, its records not compared with each other, and the same outcomes inserted
    with nothing else, as many at once.
    """
    text = "".join(_record(number, paper) for number, paper in enumerate(papers(sizes.records)))
    database = database_at(ground.installation().mongo_url("research"))
    took = _worked(Research(database, SystemClock()), text)
    reading = _seconds_of_reading(text)
    inserting = _seconds_of_inserting(database["outcomes"], database_at(ground.installation().mongo_url("research")))
    what = f"{sizes.records:,} records of an import"
    yield beside(f"{what} read", took["reading"], "s", "the file read by itself", reading)
    yield beside(f"{what} looked through", took["checking"], "s", "read", took["reading"])
    yield at_most(f"{what} written", took["applying"], "s", "inserted with nothing else", inserting, RATIO)


def _record(number: int, paper: Described) -> str:
    doi = f"  doi = {{{paper.doi}}},\n" if paper.doi else ""
    return (
        f"@article{{key{number},\n  author = {{{' and '.join(paper.authors)}}},\n  title = {{{paper.title}}},\n"
        f"  journal = {{Acta Tropica}},\n  year = {{{paper.year}}},\n{doi}  abstract = {{{_ABSTRACT}}}\n}}\n"
    )


def _worked(research: Research, text: str) -> dict[str, float]:
    """Seconds of all that is done in each state. Raises `AssertionError` where anything is not written."""
    import_id, took = bring(research, text), defaultdict[str, float](float)
    for number in count():
        imported = research.stores.imports.load(import_id).state
        if imported.state not in STEPS:
            if imported.state != "ready":
                break
            confirm(research, import_id)
            continue
        began = time.perf_counter()
        getattr(research, STEPS[imported.state])(import_id, of(research, SYSTEM, "work", str(number)))
        took[imported.state] += time.perf_counter() - began
    assert imported.state == "applied", imported.refused
    assert "failed" not in imported.became, imported.not_written
    return took


def _seconds_of_reading(text: str) -> float:
    began = time.perf_counter()
    for _ in ReferenceFormats(IsoCurrencies().decimals).read(text.encode(), "papers.bib").records:
        pass
    return time.perf_counter() - began


def _seconds_of_inserting(written: Collection[dict[str, Any]], elsewhere: Any) -> float:
    documents = list(written.find())
    began = time.perf_counter()
    for first in range(0, len(documents), _AT_ONCE):
        elsewhere["outcomes"].insert_many(documents[first : first + _AT_ONCE])
    return time.perf_counter() - began
