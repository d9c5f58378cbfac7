"""Calls of other hospital systems that read the diary."""

from typing import Any

from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class FhirCalls(Asking):
    application: Exchange

    @rpc
    def fhir_read(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskFhirRead, self.application.fhir_read, call, fields)

    @rpc
    def fhir_search(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskFhirSearch, self.application.fhir_search, call, fields)
