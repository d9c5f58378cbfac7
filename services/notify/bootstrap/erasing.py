"""Erasing people."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.timers import Fire
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores
from services.notify.domain.admin.erasing import ERASE


class Erasing:
    """What administrators can ask, and what the worker does then."""

    stores: Stores

    @decided_again_on_conflict
    def erase_person(self, command: commands.ErasePerson, context: Context) -> Receipt:
        return commands.erase_person(command, context, self.stores.erasures)

    def erasure(self, asked: queries.AskErasure, actor: Actor) -> View:
        return queries.erasure(asked, actor, self.stores.erasures)

    def erasing(self) -> dict[str, Fire]:
        """What the timers of erasures do."""
        return {ERASE: self._erase}

    def _erase(self, erasure_id: str, context: Context) -> None:
        commands.erase(erasure_id, context, self.stores.erasures, self.stores.traces)
