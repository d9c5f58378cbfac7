"""One step of research's work in a process that may be killed: `python -m … <database> <step> <document> …`."""

import sys

from chassis.clock import SystemClock
from chassis.commands import parsed
from chassis.kernel.actor import PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.research.application import commands
from services.research.bootstrap import Research
from tests.unit.research.given import GILGIT

MANAGER = Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({GILGIT}))


def main(mongo_url: str, step: str, document: str, *more: str) -> None:
    """What a worker does about an import, or what a manager does with two outcomes."""
    research = Research(database_at(mongo_url), SystemClock())
    if step == "merge_outcomes":
        merged(research, document, *more)
    else:
        getattr(research, step)(document, Context(derived(document, step, *more), SYSTEM, research.clock.now()))


def merged(research: Research, keep: str, other: str) -> None:
    fields = {"keep": keep, "merge": other, "merge_version": 1, "reason": "One.", "expected_version": 1}
    context = Context(derived(keep, other), MANAGER, research.clock.now(), 1)
    research.merge_outcomes(parsed(commands.MergeOutcomes, fields), context)


if __name__ == "__main__":
    main(*sys.argv[1:])
