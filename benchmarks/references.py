"""A file of 10,000 BibTeX records read into references, beside bibtexparser alone on the same text."""

import statistics
import time
from collections.abc import Callable, Iterator

from bibtexparser.entrypoint import parse_string

from benchmarks.figures import Figure, at_most
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from services.research.adapters.currencies import IsoCurrencies
from services.research.adapters.references.files import ReferenceFormats
from services.research.domain.references import Reference

RATIO = 1.5
ACCENTED = 5
"""Every so many records names and text are in LaTeX's notation, as in files that people keep; databases write UTF-8."""
RECORD = """@article{{key{number},
  author   = {{{authors}}},
  title    = {{{title}: part {number}}},
  journal  = eid,
  year     = {{{year}}},
  month    = mar,
  volume   = {{12}},
  number   = {{2}},
  pages    = {{296--303}},
  doi      = {{10.3201/eid{number}.050499}},
  url      = {{https://journal.example/{number}}},
  keywords = {{echinococcosis, liver, ultrasound}},
  abstract = {{{abstract}}}
}}
"""
PLAIN = {
    "authors": "Budke, Christine M. and Wen, Hao and Müller, Émile and Torgerson, Paul R.",
    "title": "Impact of Cystic Echinococcosis in Xinjiang",
    "abstract": "Of 1,200 people who were examined, 37 had cysts; the rest was followed for two years. " * 5,
}
IN_LATEX = {
    "authors": "Budke, Christine M. and Wen, Hao and M{\\\"u}ller, {\\'E}mile and Paul R. Torgerson",
    "title": "Impact of Cystic {E}chinococcosis in {X}injiang",
    "abstract": "Of 1,200 people who were examined, 3.1\\% had cysts; the rest was followed for two years. " * 5,
}


def references(_: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Alone: its parser with the middleware that it has by default, which puts macros in and takes braces off; it reads
    no names, accents, numbers or DOIs. Raises `AssertionError` where not every record was read."""
    text = bibtex(sizes.records)
    content, files = text.encode(), ReferenceFormats(IsoCurrencies().decimals)
    rounds = [
        (_seconds(lambda: _read(files, content, sizes.records)), _seconds(lambda: parse_string(text)))
        for _ in range(sizes.rounds)
    ]
    ours, alone = (statistics.median(each) * 1000 for each in zip(*rounds, strict=True))
    yield at_most(f"{sizes.records:,} BibTeX records read", ours, "ms", "bibtexparser alone", alone, RATIO)


def bibtex(records: int) -> str:
    told = (
        RECORD.format(number=number, year=1990 + number % 30, **(PLAIN if number % ACCENTED else IN_LATEX))
        for number in range(records)
    )
    return '@string{eid = "Emerging Infectious Diseases"}\n' + "\n".join(told)


def _read(files: ReferenceFormats, content: bytes, records: int) -> None:
    read = sum(isinstance(each, Reference) for each in files.read(content, "references.bib").records)
    assert read == records, f"{read} of {records} were read"


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
