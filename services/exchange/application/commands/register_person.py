"""A person joins the exchange."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, EmailAddress, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from contracts.words import Language, SiteId
from services.exchange.application.ports import People
from services.exchange.domain.permissions import may_register
from services.exchange.domain.person import Person, register


class RegisterPerson(Command):
    """A person, with the name as in the passport and the name in their own script."""

    passport_name: Line
    local_name: Line
    language: Language
    zone: Line
    email: EmailAddress
    sites: Annotated[tuple[SiteId, ...], Field(min_length=1, max_length=20)]


def register_person(command: RegisterPerson, context: Context, people: People) -> Receipt:
    """Keeps a new person; everybody who keeps copies is told."""
    may_register(context.actor)
    person = Person(id=document_id("per", context.command_id), **command.model_dump())
    return people.add(person.id, register(person), context)
