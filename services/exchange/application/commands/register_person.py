"""A person joins the exchange."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from services.exchange.application.commands.person_parts import Particulars, departments_of
from services.exchange.application.ports.directory import People, Sites
from services.exchange.domain.permissions.directory import may_register
from services.exchange.domain.person import Person, register


class RegisterPerson(Particulars):
    """Everything that is known of them; the passport comes by a command of its own."""


def register_person(command: RegisterPerson, context: Context, people: People, sites: Sites) -> Receipt:
    """Keeps a new person; everybody who keeps copies is told."""
    may_register(context.actor)
    person = Person(id=document_id("per", context.command_id), **command.state())
    departments = departments_of(person.sites, sites)
    return people.add(person.id, register(person, departments=departments, today=context.now.date()), context)
