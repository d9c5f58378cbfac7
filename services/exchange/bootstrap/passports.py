"""Passport numbers."""

import structlog

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed
from chassis.kernel.seals import Seals
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores

_log = structlog.get_logger()


class Passports:
    """What can be asked about passports."""

    stores: Stores
    seals: Seals

    @decided_again_on_conflict
    def set_passport(self, command: commands.SetPassport, context: Context) -> Receipt:
        return commands.set_passport(command, context, self.stores.people, self.seals)

    @decided_again_on_conflict
    def remove_passport(self, command: commands.RemovePassport, context: Context) -> Receipt:
        return commands.remove_passport(command, context, self.stores.people)

    @decided_again_on_conflict
    def reveal_passport(self, command: commands.RevealPassport, context: Context) -> View:
        try:
            return commands.reveal_passport(command, context, self.stores.people, self.stores.visits, self.seals)
        except NotAllowed:
            # A number that was shown stands in the history; an attempt at one changes nothing, so it stands here.
            _log.warning("passport not revealed", person=command.person_id, by=context.actor.person)
            raise

    @decided_again_on_conflict
    def rotate_passport_keys(self, command: commands.RotatePassportKeys, context: Context) -> View:
        stores = self.stores
        return commands.rotate_passport_keys(command, context, stores.people, stores.letters, self.seals)

    def passport_keys(self, asked: queries.AskPassportKeys, actor: Actor) -> View:
        return queries.passport_keys(asked, actor, self.stores.people, self.stores.letters, self.seals)
