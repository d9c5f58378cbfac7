"""Calls about letters of invitation."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap import Exchange


class LetterCalls(Asking):
    application: Exchange

    @rpc
    def issue_letter(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.IssueLetter, self.application.issue_letter, call, fields)

    @rpc
    def revoke_letter(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.RevokeLetter, self.application.revoke_letter, call, fields)

    @rpc
    def letters(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskLetters, self.application.letters, call, fields)

    @rpc
    def letter_pdf(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskLetter, self.application.letter_pdf, call, fields)

    @rpc
    def check_letter(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.CheckLetter, self.application.check_letter, call, fields)
