"""How far a worker has come that reads a file, told at the import while it reads."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from chassis.clock import Clock
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from services.research.application.ports.imports import Imports
from services.research.domain.importing.importing import Import
from services.research.domain.importing.steps import reading

Item = TypeVar("Item")
AT_ONCE = 500
"""Records, about half a second's work: after so many it is told."""


class Progress:
    """`imported`: the import as this worker has left it."""

    def __init__(self, imported: Loaded[Import], context: Context, imports: Imports, clock: Clock) -> None:
        self.imported, self._context, self._imports, self._clock = imported, context, imports, clock

    def told(self, records: Iterator[Item], about: int) -> Iterator[Item]:
        """The records as they come. `about`: see `Read`. Raises `WriteConflict` where somebody else has been at it."""
        for number, each in enumerate(records, 1):
            yield each
            if number % AT_ONCE == 0:
                self._tell(number, about)

    def _tell(self, number: int, about: int) -> None:
        command_id, now = derived(self._context.command_id, f"{number} read"), self._clock.now()
        decision = reading(self.imported.state, number, about, now)
        context = replace(self._context, command_id=command_id, now=now)
        receipt = self._imports.save(self.imported, decision, context)
        self.imported = replace(self.imported, version=receipt.version, state=decision.state)
