"""Agreements and their quota."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.application.quota import Quota
from services.exchange.bootstrap.stores import Stores


class Agreements:
    """What can be asked about agreements."""

    stores: Stores
    quota: Quota

    def draft_agreement(self, command: commands.DraftAgreement, context: Context) -> Receipt:
        return commands.draft_agreement(command, context, self.stores.agreements, self.stores.sites)

    @decided_again_on_conflict
    def approve_agreement(self, command: commands.ApproveAgreement, context: Context) -> Receipt:
        return commands.approve_agreement(command, context, self.stores.agreements, self.quota)

    @decided_again_on_conflict
    def amend_agreement(self, command: commands.AmendAgreement, context: Context) -> Receipt:
        return commands.amend_agreement(command, context, self.stores.agreements, self.stores.sites, self.quota)

    @decided_again_on_conflict
    def revert_agreement(self, command: commands.RevertAgreement, context: Context) -> Receipt:
        return commands.revert_agreement(command, context, self.stores.agreements, self.quota)

    @decided_again_on_conflict
    def terminate_agreement(self, command: commands.TerminateAgreement, context: Context) -> Receipt:
        return commands.terminate_agreement(command, context, self.stores.agreements, self.quota)

    @decided_again_on_conflict
    def end_agreement(self, agreement_id: str, context: Context) -> None:
        commands.end_agreement(agreement_id, context, self.stores.agreements, self.quota)

    def agreement(self, asked: queries.AskAgreement, actor: Actor) -> View:
        stores = self.stores
        return queries.agreement(
            asked, actor, stores.agreements, stores.ledgers, stores.sites, stores.people, stores.visits
        )

    def agreements(self, actor: Actor) -> View:
        return queries.agreements(actor, self.stores.agreements, self.stores.sites)

    def agreement_versions(self, asked: queries.AskVersions, actor: Actor) -> View:
        return queries.agreement_versions(asked, actor, self.stores.agreements, self.stores.people)

    def agreement_difference(self, asked: queries.AskDifference, actor: Actor) -> View:
        return queries.agreement_difference(asked, actor, self.stores.agreements)

    def scorecard(self, asked: queries.AskScorecard, actor: Actor) -> View:
        return queries.scorecard(asked, actor, self.stores.agreements, self.stores.ledgers)
