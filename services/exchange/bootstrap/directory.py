"""Sites and people."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.stores import Stores


class Directory:
    """What can be asked about sites and people."""

    stores: Stores
    clock: Clock

    def register_site(self, command: commands.RegisterSite, context: Context) -> Receipt:
        return commands.register_site(command, context, self.stores.sites)

    @decided_again_on_conflict
    def change_site(self, command: commands.ChangeSite, context: Context) -> Receipt:
        return commands.change_site(command, context, self.stores.sites)

    @decided_again_on_conflict
    def set_hours(self, command: commands.SetHours, context: Context) -> Receipt:
        return commands.set_hours(command, context, self.stores.sites)

    @decided_again_on_conflict
    def set_factsheet(self, command: commands.SetFactsheet, context: Context) -> Receipt:
        return commands.set_factsheet(command, context, self.stores.sites)

    @decided_again_on_conflict
    def add_holiday(self, command: commands.AddHoliday, context: Context) -> Receipt:
        return commands.add_holiday(command, context, self.stores.sites)

    @decided_again_on_conflict
    def remove_holiday(self, command: commands.RemoveHoliday, context: Context) -> Receipt:
        return commands.remove_holiday(command, context, self.stores.sites)

    @decided_again_on_conflict
    def add_department(self, command: commands.AddDepartment, context: Context) -> Receipt:
        return commands.add_department(command, context, self.stores.sites)

    @decided_again_on_conflict
    def change_department(self, command: commands.ChangeDepartment, context: Context) -> Receipt:
        return commands.change_department(command, context, self.stores.sites, self.stores.visits)

    @decided_again_on_conflict
    def close_department(self, command: commands.CloseDepartment, context: Context) -> Receipt:
        stores = self.stores
        return commands.close_department(command, context, stores.sites, stores.visits, stores.closed_places)

    @decided_again_on_conflict
    def reopen_department(self, command: commands.ReopenDepartment, context: Context) -> Receipt:
        return commands.reopen_department(command, context, self.stores.sites, self.stores.closed_places)

    @decided_again_on_conflict
    def add_room(self, command: commands.AddRoom, context: Context) -> Receipt:
        return commands.add_room(command, context, self.stores.sites)

    @decided_again_on_conflict
    def change_room(self, command: commands.ChangeRoom, context: Context) -> Receipt:
        return commands.change_room(command, context, self.stores.sites)

    @decided_again_on_conflict
    def remove_room(self, command: commands.RemoveRoom, context: Context) -> Receipt:
        return commands.remove_room(command, context, self.stores.sites)

    def register_person(self, command: commands.RegisterPerson, context: Context) -> Receipt:
        return commands.register_person(command, context, self.stores.people, self.stores.sites)

    @decided_again_on_conflict
    def change_person(self, command: commands.ChangePerson, context: Context) -> Receipt:
        return commands.change_person(command, context, self.stores.people, self.stores.sites)

    def sites(self, actor: Actor) -> View:
        return queries.sites(actor, self.stores.sites)

    def site(self, asked: queries.AskSite, actor: Actor) -> View:
        return queries.site(asked, actor, self.stores.sites, self.stores.people)

    def department(self, asked: queries.AskDepartment, actor: Actor) -> View:
        stores = self.stores
        return queries.department(asked, actor, stores.sites, stores.visits, self.clock)

    def person(self, asked: queries.AskPerson, actor: Actor) -> View:
        return queries.person(asked, actor, self.stores.people, self.stores.visits)

    def people(self, actor: Actor) -> View:
        return queries.people(actor, self.stores.people)
