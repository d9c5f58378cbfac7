"""Agreements and their quota."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Agreements:
    """What can be asked about agreements."""

    stores: Stores

    def draft_agreement(self, command: commands.DraftAgreement, context: Context) -> Receipt:
        return commands.draft_agreement(command, context, self.stores.agreements, self.stores.sites)

    @decided_again_on_conflict
    def approve_agreement(self, command: commands.ApproveAgreement, context: Context) -> Receipt:
        return commands.approve_agreement(command, context, self.stores.agreements, self.stores.ledgers)

    def agreement(self, asked: queries.AskAgreement, actor: Actor) -> View:
        stores = self.stores
        return queries.agreement(asked, actor, stores.agreements, stores.ledgers, stores.sites, stores.people)

    def agreements(self, actor: Actor) -> View:
        return queries.agreements(actor, self.stores.agreements, self.stores.sites)
