"""The table of guards that docs/protocol.md shows and `python -m tests.model` prints."""

from collections.abc import Iterator
from functools import cache

from tests.model.catalogue import REMOVALS
from tests.model.explorer import Counterexample, explore
from tests.model.guards import Guard


@cache
def counterexample(guard: Guard) -> Counterexample | None:
    """What exploration finds once `guard` is removed from its model; None where nothing breaks."""
    model, _ = REMOVALS[guard]
    return explore(model(guard)).counterexample


def rows() -> Iterator[tuple[Guard, str, int]]:
    """Each guard, the promise that breaks without it and the number of steps to the break."""
    for guard in Guard:
        found = counterexample(guard)
        if found is None:
            yield guard, "nothing", 0
        else:
            yield guard, found.invariant.value.partition(":")[0], len(found.trace) - 1


def markdown() -> str:
    """The table, as docs/protocol.md has it."""
    lines = ["| guard | the protocol | without it breaks | in steps |", "|---|---|---|---|"]
    for guard, broken, steps in rows():
        lines.append(f"| `{guard.name}` | {guard.value} | {broken} | {steps} |")
    return "\n".join(lines) + "\n"
