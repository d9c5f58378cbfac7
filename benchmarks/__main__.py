"""`python -m benchmarks [--short] [--visits N] [NAME ...]`: what `make bench` runs.

Ends with status 0 also where an aim is missed, and says which: the figures are for reading.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from benchmarks.announced import announced
from benchmarks.booking import booking
from benchmarks.calendars import calendars
from benchmarks.crowd import crowd
from benchmarks.duplicates import duplicates
from benchmarks.figures import Figure, show, write
from benchmarks.finding import finding
from benchmarks.ground import Ground, ground
from benchmarks.imports import imports
from benchmarks.inboxes import inboxes
from benchmarks.latency import latency
from benchmarks.measures import measures
from benchmarks.references import references
from benchmarks.relay import relay
from benchmarks.reminders import reminders
from benchmarks.sizes import FULL, SHORT, Sizes
from benchmarks.stack import stack
from benchmarks.stored import stored
from benchmarks.subscribed import subscribed
from benchmarks.subscriber import subscriber
from chassis import logs
from khunjerab.stack.run_directory import RunDirectory

ALL: Mapping[str, Callable[[Ground, Sizes], Iterator[Figure]]] = {
    "relay": relay,
    "subscriber": subscriber,
    "latency": latency,
    "booking": booking,
    "crowd": crowd,
    "finding": finding,
    "stored": stored,
    "calendars": calendars,
    "subscribed": subscribed,
    "references": references,
    "duplicates": duplicates,
    "imports": imports,
    "measures": measures,
    "reminders": reminders,
    "announced": announced,
    "inboxes": inboxes,
    "stack": stack,
}


def main() -> None:
    asked = _asked()
    console = Console(width=150)
    # What the relay says at work would stand between the figures.
    logs.configure("bench", "bench", "CRITICAL")
    figures = list(measured(asked.names or list(ALL), _sizes(asked), asked.kept, console))
    show(figures, console)
    write(figures, asked.out)


def measured(names: list[str], sizes: Sizes, kept: Path, console: Console) -> Iterator[Figure]:
    """The figures of the named benchmarks, all on the same broker and database."""
    with ground(kept) as there:
        for name in names:
            console.print(f"measuring: {name}")
            yield from ALL[name](there, sizes)


def _sizes(asked: argparse.Namespace) -> Sizes:
    sizes = SHORT if asked.short else FULL
    return replace(sizes, stored_many=asked.visits) if asked.visits else sizes


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(ALL)}; all where none is given")
    parser.add_argument("--short", action="store_true", help="small sizes: whether everything runs, not how fast")
    parser.add_argument("--visits", type=int, help=f"so many are stored already in `stored`; {FULL.stored_many:,}")
    parser.add_argument("--kept", type=Path, default=RunDirectory.default().root / "bench", help="for stored visits")
    parser.add_argument("--out", type=Path, default=RunDirectory.default().root / "bench.json")
    asked = parser.parse_args()
    if unknown := set(asked.names) - ALL.keys():
        parser.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    main()
