"""Sites and people."""

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Directory:
    """What can be asked about sites and people."""

    stores: Stores

    def register_site(self, command: commands.RegisterSite, context: Context) -> Receipt:
        return commands.register_site(command, context, self.stores.sites)

    def register_person(self, command: commands.RegisterPerson, context: Context) -> Receipt:
        return commands.register_person(command, context, self.stores.people)

    def sites(self, actor: Actor) -> View:
        return queries.sites(actor, self.stores.sites)

    def people(self, actor: Actor) -> View:
        return queries.people(actor, self.stores.people)
