"""What waits for answers, and to whom it goes on."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.timers import Fire
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores
from services.notify.domain.escalation.steps import LAST, STEPS


class Escalating:
    """What is done at an escalation's moments: always the same, since which of them have come is asked of it."""

    stores: Stores

    @decided_again_on_conflict
    def escalate(self, escalation_id: str, context: Context) -> None:
        stores = self.stores
        shelves = stores.escalations, stores.deputies, stores.notifications
        commands.escalate(escalation_id, context, *shelves, stores.erased)

    @decided_again_on_conflict
    def stop_escalation(self, command: commands.StopEscalation, context: Context) -> Receipt:
        return commands.stop_escalation(command, context, self.stores.escalations)

    def escalations(self, asked: queries.AskEscalations, actor: Actor) -> View:
        return queries.escalations(asked, actor, self.stores.escalations)

    def escalating(self) -> dict[str, Fire]:
        """By the names under which moments stand in an escalation."""
        return dict.fromkeys((*STEPS, LAST), self.escalate)
