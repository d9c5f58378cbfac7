"""Who stands in for whom."""

from collections.abc import Collection, Mapping
from datetime import datetime

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application import commands, queries
from services.notify.application.deputies import deputies_of_absent
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores


class StandIns:
    """What can be asked about deputies."""

    stores: Stores
    clock: Clock

    def absent(self, people: Collection[str], now: datetime) -> Mapping[str, str]:
        return deputies_of_absent(people, now, self.stores.deputies, self.stores.people)

    @decided_again_on_conflict
    def name_deputy(self, command: commands.NameDeputy, context: Context) -> Receipt:
        return commands.name_deputy(command, context, self.stores.deputies, self.stores.people)

    @decided_again_on_conflict
    def withdraw_deputy(self, command: commands.WithdrawDeputy, context: Context) -> Receipt:
        return commands.withdraw_deputy(command, context, self.stores.deputies, self.stores.people)

    def deputy(self, asked: queries.AskDeputy, actor: Actor) -> View:
        return queries.deputy(asked, actor, self.clock.now(), self.stores.deputies, self.stores.people)
