"""The measures are to be compared with every outcome."""

from chassis.commands import Command
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import NotAllowed
from services.research.application.ports.measures import Measures


class CountAnew(Command):
    """Nothing beside the wish."""


def count_anew(_: CountAnew, actor: Actor, measures: Measures) -> dict[str, bool]:
    """Has the worker count every outcome again; asked for twice it is done once. Raises `NotAllowed`."""
    if not (actor.is_system or actor.has(ADMINISTRATOR)):
        raise NotAllowed(action="count_anew", needs=ADMINISTRATOR)
    measures.count_anew()
    return {"complete": measures.is_complete()}
