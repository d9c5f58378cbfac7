"""A person's passport is forgotten."""

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.exchange.application.ports.directory import People
from services.exchange.domain import person as people_domain
from services.exchange.domain.permissions.directory import may_keep_passport


class RemovePassport(Change):
    """Whose."""

    person_id: PersonId


def remove_passport(command: RemovePassport, context: Context, people: People) -> Receipt:
    """Keeps the number no more."""
    person = people.load(command.person_id)
    may_keep_passport(context.actor, person.state, "remove_passport")
    if answer := person.answered(context):
        return answer
    return people.save(person, people_domain.remove_passport(person.state), context)
