"""What is known of a person changes."""

from chassis.commands import Change
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.exchange.application.commands.person_parts import Particulars, departments_of
from services.exchange.application.ports.directory import People, Sites
from services.exchange.domain import person as people_domain
from services.exchange.domain.permissions.directory import may_change_person


class ChangePerson(Particulars, Change):
    """All of it, as it is to stand: what is left out is empty from then on. The passport stays as it is."""

    person_id: PersonId


def change_person(command: ChangePerson, context: Context, people: People, sites: Sites) -> Receipt:
    """Replaces the particulars; everybody who keeps copies is told."""
    person = people.load(command.person_id)
    may_change_person(context.actor, person.state, command.sites)
    if answer := person.answered(context):
        return answer
    departments = departments_of(command.sites, sites)
    state = command.state()
    decision = people_domain.change(person.state, departments=departments, today=context.now.date(), **state)
    return people.save(person, decision, context)
