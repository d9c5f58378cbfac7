"""`python -m tests.model` prints what each guard prevents.

With a guard's name it prints the trace that the guard's removal yields, with `--models` the size of each model.
"""

import sys
import time

from tests.model.catalogue import MODELS
from tests.model.explorer import explore
from tests.model.guards import Guard
from tests.model.table import counterexample, markdown
from tests.model.trace import readable


def sizes() -> str:
    """A line per model with all guards in place: states, steps, seconds."""
    lines = []
    for model in MODELS:
        begun = time.perf_counter()
        found = explore(model())
        seconds = time.perf_counter() - begun
        verdict = found.counterexample.invariant.name if found.counterexample else "holds"
        lines.append(f"{model.__name__:28} {found.states:7} states {found.steps:8} steps {seconds:6.2f} s  {verdict}")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stdout.write(markdown())
    elif arguments == ["--models"]:
        sys.stdout.write(sizes())
    elif arguments[0] in Guard.__members__:
        found = counterexample(Guard[arguments[0]])
        sys.stdout.write((readable(found) if found else "nothing breaks") + "\n")
    else:
        sys.stderr.write(f"no such guard: {arguments[0]}; there are {', '.join(Guard.__members__)}\n")
        return 2
    return 0


sys.exit(main(sys.argv[1:]))
