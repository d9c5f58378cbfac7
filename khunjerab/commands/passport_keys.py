"""`khunjerab passport-keys show|rotate`: what passport numbers and letters are sealed with."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Annotated, Any

import typer
from rich.table import Table

from chassis.kernel.actor import ADMINISTRATOR, Actor
from khunjerab.commands.calling import operator_calls
from khunjerab.commands.speaking import give_up, results

app = typer.Typer(help="The keys that passport numbers and letters are sealed with.", no_args_is_help=True)
Administrator = Annotated[str | None, typer.Option("--as", help="an administrator's person id, per_…")]
View = dict[str, Any]
PATIENCE = 30.0
"""Seconds for one page: letters are files."""


@app.command()
def show(person: Administrator = None) -> None:
    """Count what lies under which key, by trying."""
    with operator_calls("exchange") as rpc:
        _tell(pages(_asking(rpc.call, person, "passport_keys")))


@app.command()
def rotate(person: Administrator = None) -> None:
    """Seal everything with the first key, then count; may be broken off and begun anew."""
    with operator_calls("exchange") as rpc:
        done = sum(page["resealed"] for page in pages(_asking(rpc.call, person, "rotate_passport_keys")))
        results.print(f"{done} sealed with the first key")
        _tell(pages(_asking(rpc.call, person, "passport_keys")))


def pages(ask: Callable[[View], View]) -> Iterator[View]:
    """Every page of a question that is asked again with the `next` of its answer."""
    asked: View = {}
    while True:
        page = ask(asked)
        yield page
        if page["next"] is None:
            return
        asked = {"after": page["next"]}


def counted(found: Iterable[View]) -> tuple[dict[str, list[int]], list[str]]:
    """By kind, how many each key opens; and the ids of what none does."""
    under: dict[str, list[int]] = defaultdict(list)
    unreadable: list[str] = []
    for page in found:
        so_far = under[page["of"]] or [0] * len(page["under"])
        under[page["of"]] = [before + more for before, more in zip(so_far, page["under"], strict=True)]
        unreadable += page["unreadable"]
    return dict(under), unreadable


def _asking(call: Callable[..., Any], person: str | None, method: str) -> Callable[[View], View]:
    actor = Actor(person, frozenset({ADMINISTRATOR})) if person else Actor(None)
    return partial(call, "exchange", method, actor=actor, timeout=PATIENCE)


def _tell(found: Iterable[View]) -> None:
    under, unreadable = counted(found)
    keys = len(next(iter(under.values())))
    table = Table("sealed", "first key", *(f"key {number}" for number in range(2, keys + 1)))
    for kind, counts in under.items():
        table.add_row(kind, *map(str, counts))
    results.print(table)
    if unreadable:
        raise give_up(f"no key opens {', '.join(unreadable)}")
    old = sum(sum(counts[1:]) for counts in under.values())
    results.print("the first key opens everything" if not old else f"{old} still need a key other than the first")
