"""Somebody is named who stands in for a person."""

from chassis.commands import Command, Day
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import PersonId
from services.notify.application.deputies import Deputies, today_of
from services.notify.application.ports import People
from services.notify.domain.deputy import NAMED, Deputation, deputation_id, name
from services.notify.domain.permissions import may_name_deputy


class NameDeputy(Command):
    """`first` and `last`: the days on which the person is away, as their own calendar has them.

    Named again, the later holds.
    """

    person_id: PersonId
    deputy_id: PersonId
    first: Day | None = None
    last: Day | None = None


def name_deputy(command: NameDeputy, context: Context, deputies: Deputies, people: People) -> Receipt:
    """From now on the deputy is told what waits for the person's answer too long, or while they are away."""
    made = deputation_id(command.person_id)
    if answer := deputies.made(made, context):
        return answer
    known = people.named([command.person_id, command.deputy_id])
    for each in (command.person_id, command.deputy_id):
        if each not in known:
            raise Unknown(kind="person", id=each)
    person, deputy = known[command.person_id], known[command.deputy_id]
    may_name_deputy(context.actor, person)
    wished = Deputation(made, NAMED, person.id, deputy.id, command.first, command.last)
    today = today_of(person, context.now)
    decision = name(wished, persons_sites=person.sites, deputys_sites=deputy.sites, today=today)
    if deputies.named([made]):
        return deputies.save(deputies.load(made), decision, context)
    return deputies.add(made, decision, context)
