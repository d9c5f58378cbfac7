"""What the exchange can be asked over RPC. A method's fields are those of its command or question."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import Application, rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange
from services.exchange.entrypoints.subscriptions import Subscriptions


class ExchangeService(Asking, Subscriptions):
    """Calls and events of one process share the application and its connections."""

    name = "exchange"
    application: Exchange = Application()

    @rpc
    def register_site(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RegisterSite, self.application.register_site, call, fields)

    @rpc
    def register_person(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RegisterPerson, self.application.register_person, call, fields)

    @rpc
    def draft_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.DraftAgreement, self.application.draft_agreement, call, fields)

    @rpc
    def approve_agreement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ApproveAgreement, self.application.approve_agreement, call, fields)

    @rpc
    def propose_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ProposeVisit, self.application.propose_visit, call, fields)

    @rpc
    def reply_to_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReplyToVisit, self.application.reply_to_visit, call, fields)

    @rpc
    def cancel_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.CancelVisit, self.application.cancel_visit, call, fields)

    @rpc
    def record_arrival(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RecordArrival, self.application.record_arrival, call, fields)

    @rpc
    def fulfil_visit(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.FulfilVisit, self.application.fulfil_visit, call, fields)

    @rpc
    def visit(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisit, self.application.visit, call, fields)

    @rpc
    def visits(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskVisits, self.application.visits, call, fields)

    @rpc
    def agreement(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskAgreement, self.application.agreement, call, fields)

    @rpc
    def agreements(self, call: Call) -> View:
        return self.application.agreements(call.actor)

    @rpc
    def sites(self, call: Call) -> View:
        return self.application.sites(call.actor)

    @rpc
    def people(self, call: Call) -> View:
        return self.application.people(call.actor)
