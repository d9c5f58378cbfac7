"""A measured figure beside what it is compared with."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """`ratio` is value over peer_value; `aim` says what it should be, as `>= 0.8`, and `met` whether it is.

    A figure without an aim is shown, not judged: then `met` is `None`.
    """

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
    aim: str = ""
    met: bool | None = None


def at_least(name: str, value: float, unit: str, peer: str, peer_value: float, aim: float) -> Figure:
    """A figure that should be at least `aim` times its peer's."""
    ratio = value / peer_value
    return Figure(name, value, unit, peer, peer_value, ratio, f">= {aim:g}", ratio >= aim)


def at_most(name: str, value: float, unit: str, peer: str, peer_value: float, aim: float) -> Figure:
    """A figure that should be at most `aim` times its peer's."""
    ratio = value / peer_value
    return Figure(name, value, unit, peer, peer_value, ratio, f"<= {aim:g}", ratio <= aim)


def beside(name: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """A figure that nothing is asked of."""
    return Figure(name, value, unit, peer, peer_value, value / peer_value)


def write(figures: Sequence[Figure], path: Path) -> None:
    """Writes the figures as a list of objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")


def show(figures: Sequence[Figure], console: Console) -> None:
    """Prints the figures as a table, and in words which aims are missed."""
    table = Table("figure", "value", "beside", "its value", "ratio", "aim", "met")
    for each in figures:
        met = {True: "yes", False: "NO", None: ""}[each.met]
        value, peer_value = f"{each.value:,.1f} {each.unit}", f"{each.peer_value:,.1f}"
        table.add_row(each.name, value, each.peer, peer_value, f"{each.ratio:.2f}", each.aim, met)
    console.print(table)
    for each in figures:
        if each.met is False:
            console.print(f"missed: {each.name}: {each.ratio:.2f} times {each.peer}, wanted {each.aim}")
