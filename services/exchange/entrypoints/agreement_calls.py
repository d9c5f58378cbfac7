"""Calls about agreements."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class AgreementCalls(Asking):
    application: Exchange

    @rpc
    def draft_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DraftAgreement, self.application.draft_agreement, call, fields)

    @rpc
    def approve_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ApproveAgreement, self.application.approve_agreement, call, fields)

    @rpc
    def amend_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AmendAgreement, self.application.amend_agreement, call, fields)

    @rpc
    def revert_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RevertAgreement, self.application.revert_agreement, call, fields)

    @rpc
    def terminate_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.TerminateAgreement, self.application.terminate_agreement, call, fields)

    @rpc
    def agreement(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskAgreement, self.application.agreement, call, fields)

    @rpc
    def agreements(self, call: Call) -> View:
        return self.application.agreements(call.actor)

    @rpc
    def agreement_versions(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVersions, self.application.agreement_versions, call, fields)

    @rpc
    def agreement_difference(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskDifference, self.application.agreement_difference, call, fields)

    @rpc
    def scorecard(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskScorecard, self.application.scorecard, call, fields)
