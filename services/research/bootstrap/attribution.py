"""What outcomes came of: said, entered, claimed, rejected, settled."""

from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.research.application import commands
from services.research.bootstrap.stores import Stores


class Attribution:
    """What can be asked about what outcomes came of."""

    stores: Stores

    @decided_again_on_conflict
    def attribute_outcome(self, command: commands.AttributeOutcome, context: Context) -> Receipt:
        return commands.attribute_outcome(command, context, self.stores.answering)

    @decided_again_on_conflict
    def enter_outcome(self, command: commands.EnterOutcome, context: Context) -> Receipt:
        return commands.enter_outcome(command, context, self.stores.answering)

    @decided_again_on_conflict
    def claim_outcome(self, command: commands.ClaimOutcome, context: Context) -> Receipt:
        return commands.claim_outcome(command, context, self.stores.answering)

    @decided_again_on_conflict
    def reject_outcome(self, command: commands.RejectOutcome, context: Context) -> Receipt:
        return commands.reject_outcome(command, context, self.stores.answering)

    @decided_again_on_conflict
    def settle_outcome(self, command: commands.SettleOutcome, context: Context) -> Receipt:
        return commands.settle_outcome(command, context, self.stores.answering)
